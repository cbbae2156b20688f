-- One row per outcome and reason of the items of the pass $run_id that have no text.
select outcome, coalesce(reason, 'no reason') as reason, count(*) as items
from items
where run_id = $run_id and day between $from_day and $to_day and outcome in ('rejected', 'waiting')
group by all
order by items desc, reason
