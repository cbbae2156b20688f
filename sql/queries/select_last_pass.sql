-- One row: the latest pass of the monitor that has ended, with its sum; empty where none began since $since.
select
    run_id, status, ended_at, found, known, repeated, new, stored, duplicate, rejected, waiting, alerts, feeds_asked,
    feeds_failed
from runs
where day >= $since and flow = 'monitor' and ended_at is not null
order by started_at desc
limit 1
