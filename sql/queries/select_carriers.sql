-- One row per wire and origin behind each meeting of $meeting_ids.
select distinct meeting_id, wire_id, origin
from meeting_claims
where list_contains($meeting_ids, meeting_id)
