-- One row per feed in the catalog: what the next poll needs to know of it.
select feed_id, etag, last_modified, body_hash, found, repeated, failures, next_poll_at, answered_at is not null as has_answered
from feeds
where is_enabled
