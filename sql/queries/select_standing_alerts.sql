-- One row per alert about a meeting that still stands.
select
    alert_id, kind, meeting_id, name, parties, place, place_country, from_day, to_day, status, wire, article_url,
    sentence, raised_at, delivered_to
from alerts
where stands and meeting_id is not null
order by raised_at, alert_id
