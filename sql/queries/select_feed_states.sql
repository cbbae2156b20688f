-- One row per feed in the catalog: what the next poll needs to know of it, with the new items of each hour since $since.
with hourly as (
    select feed_id, date_trunc('hour', polled_at) as hour, sum(new)::integer as new
    from poll_facts
    where day >= $since and overlap is not null
    group by feed_id, hour
),

rates as (
    select feed_id, list(new order by hour) as hours
    from hourly
    group by feed_id
)

select
    f.feed_id, f.etag, f.last_modified, f.body_hash, f.found, f.repeated, f.asked_url, f.final_url, f.title,
    f.polled_at, f.answered_at, f.next_poll_at, f.host_paused_until, r.hours,
    f.seq, f.failures, f.weight, f.failing_since, f.health, f.interval_s, f.window_n, f.easy_polls, f.empty_polls,
    f.unseen_polls, f.body_at, f.has_lying_etag, f.identity, f.identity_host, f.held_since, f.moved_to, f.moved_polls,
    f.moved_since, f.effective_url, f.moved_from, f.gone_polls, f.gone_since
from feeds as f
left join rates as r on r.feed_id = f.feed_id
where f.is_enabled
