-- One row per id of $ids that a forgotten article is known by, with the reason.
with known as (
    select unnest(also_ids) as id, reason
    from forget_facts
)

select id, min(reason) as reason
from known
where id in (select unnest($ids::varchar[]))
group by id
