-- One row per feed in the catalog, with its health by the polls of the last 60 days.
create or replace view feeds as
with latest as (
    select *
    from feed_facts
    qualify row_number() over (partition by feed_id order by recorded_at desc) = 1
),

state as (
    select
        feed_id,
        max(polled_at) as polled_at,
        max(polled_at) filter (where outcome <> 'failed') as answered_at,
        max(polled_at) filter (where new > 0) as new_at,
        arg_max(outcome, polled_at) as outcome,
        arg_max(coalesce(failure, ''), polled_at) as failure,
        arg_max(coalesce(cause, ''), polled_at) as cause,
        arg_max(failures, polled_at) as failures,
        arg_max(next_poll_at, polled_at) as next_poll_at,
        arg_max(coalesce(etag, ''), polled_at) filter (where outcome <> 'failed') as etag,
        arg_max(coalesce(last_modified, ''), polled_at) filter (where outcome <> 'failed') as last_modified,
        arg_max(coalesce(body_hash, ''), polled_at) filter (where outcome <> 'failed') as body_hash,
        arg_max(found, polled_at) filter (where outcome <> 'failed') as found,
        arg_max(repeated, polled_at) filter (where outcome <> 'failed') as repeated,
        sum(new) as new_items
    from poll_facts
    where day >= current_date - 60
    group by feed_id
)

select
    f.feed_id,                    -- id in the catalog
    f.wire_id,                    -- its wire
    f.url,                        -- its address
    f.lang,                       -- language of its entries
    f.every_s,                    -- seconds between polls
    f.is_enabled,                 -- false once it left the catalog
    case
        when s.feed_id is null then 'never asked'
        when s.failures = 0 then 'ok'
        when s.failures < 3 then 'ok, last poll failed'
        when s.failures < 10 then 'degraded'
        when s.failures < 30 then 'failing'
        else 'dead'
    end as health,                -- ok, degraded (3 failures in a row), failing (10), dead (30) or never asked
    s.polled_at,                  -- last poll
    s.answered_at,                -- last usable answer
    s.new_at,                     -- last poll with a new item
    s.outcome,                    -- read, unchanged or failed
    nullif(s.failure, '') as failure, -- class of the last failure
    nullif(s.cause, '') as cause, -- the last failure in words
    coalesce(s.failures, 0) as failures, -- failures in a row
    s.next_poll_at,               -- not asked again before
    nullif(s.etag, '') as etag,   -- validator for the next poll
    nullif(s.last_modified, '') as last_modified, -- validator for the next poll
    nullif(s.body_hash, '') as body_hash, -- SHA-256 of the last body
    coalesce(s.found, 0) as found, -- entries in the last body
    coalesce(s.repeated, 0) as repeated, -- of these, given twice
    coalesce(s.new_items, 0) as new_items -- new items in 60 days
from latest as f
left join state as s on s.feed_id = f.feed_id;
