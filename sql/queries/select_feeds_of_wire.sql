-- One row per feed in the catalog with its health, of one wire where $wire names it.
select
    f.feed_id, f.wire_id, coalesce(w.name, f.wire_id) as wire, f.url, f.lang, f.health, f.polled_at, f.answered_at,
    f.new_at, f.outcome, f.failure, f.cause, f.failures, f.next_poll_at, f.found, f.new_items
from feeds as f
left join wires as w on w.wire_id = f.wire_id
where f.is_enabled and ($wire is null or lower(f.wire_id) = $wire or lower(w.name) = $wire)
order by f.wire_id, f.feed_id
