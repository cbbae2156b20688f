-- One row per pair of articles of which the later repeats the other's text.
create or replace view copies as
select
    day,                          -- day of the later article
    article_id,                   -- the later article
    version,                      -- its version
    wire_id,                      -- its wire
    of_article_id,                -- the article whose text it repeats
    of_day,                       -- day of that article
    of_wire_id,                   -- wire of that article
    similarity,                   -- share of the smaller text that both have, 0 to 1
    found_at                      -- when it was noticed
from copy_facts;
