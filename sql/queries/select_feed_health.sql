-- One row per feed in the catalog with its health, the worst first.
select feed_id, health, trouble, failures, weight, cause, answered_at, new_items, gaps, next_poll_at
from feeds
where is_enabled
order by weight desc, trouble nulls last, answered_at nulls first, feed_id
