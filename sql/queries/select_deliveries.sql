-- One row per attempt to deliver since $since.
select alert_id, channel_id, attempt, outcome, next_try_at
from delivery_facts
where day >= $since
order by attempted_at, attempt
