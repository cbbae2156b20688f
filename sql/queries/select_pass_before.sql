-- One row: when the pass of the monitor before $run_id began; empty where there is none since $since.
-- Those over other shards that began after it do not count.
select max(happened_at) as began_at
from run_facts
where day >= $since and flow = 'monitor' and event = 'started' and run_id <> $run_id
    and (happened_at < $now or (happened_at = $now and run_id < $run_id))
