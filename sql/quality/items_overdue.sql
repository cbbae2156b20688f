-- One row per item that waits longer than 14 days. Fault: see that passes run; `dateline sql given_up` says what hinders it.
select o.item_id || ' since ' || o.day as fault
from outcome_facts as o
where o.day >= $since - 15 and o.day < $now::date - 15 -- the day after the last on which a pass may end it
group by o.day, o.item_id
having arg_max(o.outcome, (o.decided_at, o.attempt, o.outcome <> 'waiting')) = 'waiting'
order by fault
