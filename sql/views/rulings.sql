-- One row per meeting that an analyst merged into another, and per article that was split from one: the ruling in force.
create or replace view rulings as
select
    action,                       -- merge or split
    meeting_id,                   -- the meeting that was merged away, or from which the article was taken
    article_id,                   -- split: the article; merge: empty
    into_id,                      -- the meeting that stands for it, or that the article now tells of
    reason,                       -- why, in the analyst's words
    ruled_at                      -- when
from ruling_facts
qualify row_number() over (partition by action, meeting_id, article_id order by ruled_at desc) = 1;
