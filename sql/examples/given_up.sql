-- Which items of the last 14 days ended without a text, or still wait, and why?
select
    outcome,
    reason,
    count(*) as items,
    count(distinct feed_id) as feeds,
    any_value(cause) as example,
    min(next_try_at) as next_try_at
from items
where day >= current_date - 14 and outcome in ('rejected', 'waiting')
group by outcome, reason
order by items desc, reason;
