-- One row per alert that the pass $run_id raised.
select
    alert_id, kind, meeting_id, wire_id, value, before, article_id, article_url, wire, title, sentence, name, parties, place,
    place_region, place_country, place_precision, from_day, to_day, status, wires, origins, raised_at
from alert_facts
where run_id = $run_id and day between $from_day and $to_day
order by raised_at, coalesce(step, 1), alert_id
