-- One row per feed in the catalog with its health, of one wire where $wire names it.
select
    f.feed_id, f.wire_id, coalesce(w.name, f.wire_id) as wire, f.url, f.effective_url, f.lang, f.health, f.trouble,
    f.polled_at, f.answered_at, f.new_at, f.outcome, f.failure, f.cause, f.failed_at, f.last_cause, f.failures, f.weight,
    f.failing_since, f.next_poll_at, f.host_paused_until, f.interval_s, f.longest_delay_s, f.window_n, f.overlap, f.gaps,
    f.has_lying_etag, f.moved_to, f.held_since, f.gone_since, f.found, f.new_items
from feeds as f
left join wires as w on w.wire_id = f.wire_id
where f.is_enabled and ($wire is null or lower(f.wire_id) = $wire or lower(w.name) = $wire)
order by f.wire_id, f.feed_id
