-- One row per alert raised about the meetings $meeting_ids, in order; none is older than $since.
select
    meeting_id, kind, value, status, place, place_region, place_country, place_precision, from_day, to_day, sentence
from alert_facts
where day >= $since and list_contains($meeting_ids, meeting_id)
order by meeting_id, coalesce(step, 1)
