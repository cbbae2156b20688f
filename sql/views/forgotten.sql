-- One row per article that an operator removed with `dateline forget`: no word of it is kept, and it is not stored again.
create or replace view forgotten as
select
    f.day,                        -- day of the article
    f.article_id,                 -- id it had; its items in `items` have it still
    f.wire_id,                    -- its wire
    w.name as wire,               -- name of the wire
    f.versions,                   -- versions that were removed
    f.items,                      -- items that told of it
    f.reason,                     -- why, in the operator's words
    f.forgotten_at                -- when
from forget_facts as f
left join wires as w on w.wire_id = f.wire_id;
