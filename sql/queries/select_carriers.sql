-- One row per meeting of $meeting_ids: how many wires and origins are behind it; its claims are not older than $since.
select
    meeting_id,
    count(distinct wire_id) as wires,
    count(distinct origin) as origins
from meeting_claims
where day >= $since and list_contains($meeting_ids, meeting_id)
group by meeting_id
