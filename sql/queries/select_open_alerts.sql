-- One row per alert raised since $since: deliveries are planned from these.
select *
from alert_facts
where day >= $since
order by raised_at, coalesce(step, 1), alert_id
