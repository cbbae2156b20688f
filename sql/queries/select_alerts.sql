-- One row per alert since $since, of one kind where $kind names it, the latest $most where it is given; $day bounds the days.
select *
from alerts
where day >= $day and ($since is null or raised_at >= $since) and ($kind is null or kind = $kind)
qualify $most is null or row_number() over (order by raised_at desc, step desc, alert_id desc) <= $most
order by raised_at, step, alert_id
