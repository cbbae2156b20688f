-- One row per meeting in the ledger of which a current reading speaks.
select
    meeting_id, kind, name, organisation, parties, place, place_country, from_day, to_day, status, wires, claims
from meetings
where claims > 0
order by first_seen, meeting_id
