-- One row per item of $item_ids, none older than $since, that still waits, with its tries; another pass may have ended others.
select
    item_id,
    arg_max(attempt, (decided_at, attempt, (outcome <> 'waiting')::integer)) as attempts
from outcome_facts
where day >= $since and item_id in (select unnest($item_ids::varchar[]))
group by day, item_id
having arg_max(outcome, (decided_at, attempt, (outcome <> 'waiting')::integer)) = 'waiting'
