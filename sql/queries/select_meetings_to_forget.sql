-- One row per meeting that the articles $article_ids tell of, under the id that the ledger gave it and the one it has now.
with decided as (
    select meeting_id, first_meeting_id
    from decisions
    where article_id in (select unnest($article_ids::varchar[]))
)

select meeting_id
from decided
union
select first_meeting_id as meeting_id
from decided
order by meeting_id
