-- One row per change of status, place or window of the meeting $meeting_id, as the ledger had it, in order.
with steps as (
    select
        revision, changed_at, status, place, place_country, from_day, to_day,
        lag([status, coalesce(place, ''), coalesce(from_day::varchar, ''), coalesce(to_day::varchar, '')])
            over (order by revision) as before,
        [status, coalesce(place, ''), coalesce(from_day::varchar, ''), coalesce(to_day::varchar, '')] as now
    from meeting_facts
    where meeting_id = $meeting_id
)

select changed_at, status, place, place_country, from_day, to_day
from steps
where before is distinct from now
order by revision
