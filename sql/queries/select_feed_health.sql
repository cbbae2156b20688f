-- One row per feed in the catalog with its health, the worst first.
select feed_id, health, failures, cause, answered_at, new_items, next_poll_at
from feeds
where is_enabled
order by failures desc, answered_at nulls first, feed_id
