-- One row per alert and channel since $day: its latest attempt.
select alert_id, channel, outcome, attempts, attempted_at, error, next_try_at
from deliveries
where day >= $day
order by alert_id, channel
