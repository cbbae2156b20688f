-- One row per alert raised about the meetings $meeting_ids, in order; none is older than $since.
select
    coalesce(m.into_id, a.meeting_id) as meeting_id, a.kind, a.value, a.status, a.place, a.place_region, a.place_country,
    a.place_precision, a.from_day, a.to_day, a.sentence
from alert_facts as a
left join rulings as m on m.meeting_id = a.meeting_id and m.action = 'merge'
where a.day >= $since and list_contains($meeting_ids, coalesce(m.into_id, a.meeting_id))
order by meeting_id, a.raised_at, coalesce(a.step, 1)
