-- One row per meeting in the ledger that a story of today could still speak of.
with latest as (
    select *
    from meeting_facts
    qualify row_number() over (partition by day, meeting_id order by revision desc) = 1
)

select *
from latest
where last_seen >= $since or to_day >= $since
