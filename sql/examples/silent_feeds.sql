-- Which feeds answer but have brought nothing new for a day?
select
    f.feed_id,
    w.name as wire,
    f.health,
    f.new_at as last_new_at,
    f.answered_at,
    f.found as entries,
    f.new_items as new_items_in_60_days
from feeds as f
left join wires as w on w.wire_id = f.wire_id
where f.is_enabled and f.answered_at is not null and (f.new_at is null or f.new_at < f.answered_at - interval 1 day)
order by f.new_at nulls first, f.feed_id;
