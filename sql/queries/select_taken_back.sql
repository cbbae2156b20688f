-- One row per meeting of $meeting_ids of which no current reading speaks any more.
with latest as (
    select *
    from meeting_facts
    where list_contains($meeting_ids, meeting_id)
    qualify row_number() over (partition by day, meeting_id order by revision desc) = 1
)

select *
from latest
where meeting_id not in (select meeting_id from meeting_claims)
order by meeting_id
