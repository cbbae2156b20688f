-- One row per meeting in the ledger that a story of today could still speak of.
with latest as (
    select *
    from meeting_facts
    where meeting_id not in (select meeting_id from rulings where action = 'merge')
    qualify row_number() over (partition by day, meeting_id order by revision desc) = 1
)

select *
from latest
where last_seen >= $since or to_day >= $since
