-- One row per event of a feed, such as a possible gap between two polls.
create or replace view feed_events as
with happened as (
    select *, unnest(events) as event
    from poll_facts
    where events is not null
)

select
    day,                          -- UTC day of the poll that saw it
    feed_id,                      -- the feed
    wire_id,                      -- its wire
    run_id,                       -- the pass that asked
    event,                        -- possible_gap, empty_feed, identity_changed, identity_accepted, lying_etag, moved, gone, back
    case
        when event = 'possible_gap' then gap_from
        else polled_at
    end as from_at,               -- begin: for a gap, the last poll before it that was answered
    polled_at as to_at            -- end: the poll that saw it
from happened;
