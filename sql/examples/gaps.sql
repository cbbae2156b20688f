-- Between which polls may items have been missed?
select
    feed_id,
    from_at,
    to_at,
    round(epoch(to_at - from_at) / 60) as minutes
from feed_events
where event = 'possible_gap'
order by to_at desc
limit 100;
