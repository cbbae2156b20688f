-- One row per alert since $since, of one kind where $kind names it; $day bounds the days read.
select a.*, f.place_region, f.place_precision
from alerts as a
inner join alert_facts as f on f.day = a.day and f.alert_id = a.alert_id
where a.day >= $day and ($since is null or a.raised_at >= $since) and ($kind is null or a.kind = $kind)
order by a.raised_at, a.alert_id
