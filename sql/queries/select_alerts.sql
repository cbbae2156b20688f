-- One row per alert since $since, of one kind where $kind names it; $day bounds the days read.
select *
from alerts
where day >= $day and ($since is null or raised_at >= $since) and ($kind is null or kind = $kind)
order by raised_at, step, alert_id
