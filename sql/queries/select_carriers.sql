-- One row per wire and origin that tell of a meeting of $meeting_ids; its claims are not older than $since.
select distinct meeting_id, wire_id, origin
from meeting_claims
where day >= $since and list_contains($meeting_ids, meeting_id)
order by meeting_id, wire_id, origin
