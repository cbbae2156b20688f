-- One row per poll of a feed.
create or replace view polls as
select
    day,                          -- UTC day of the poll
    run_id,                       -- the pass that asked
    feed_id,                      -- the feed
    wire_id,                      -- its wire
    polled_at,                    -- when the answer was there
    url,                          -- address asked
    final_url,                    -- address that answered
    outcome,                      -- read, unchanged or failed
    status,                       -- HTTP status
    failure,                      -- class of the failure
    cause,                        -- the failure in words
    found,                        -- entries in the body = known + repeated + new
    known,                        -- seen before
    repeated,                     -- given twice in this body
    new,                          -- seen for the first time
    revised,                      -- known entries whose wording changed
    remarks,                      -- what had to be mended in the body
    failures,                     -- failures in a row, this poll included
    weight,                       -- the same, weighted by kind: 0.25, 0.5 or 1 each
    is_ours,                      -- true where the failure was our own network's, and counts nothing
    health,                       -- ok, degraded, failing, dead or gone, after this poll
    overlap,                      -- share of the entries that were known, 0 to 1; null on a first load and where it failed
    gap_from,                     -- where no known entry was left: the poll before, from which on items may be missing
    events,                       -- what happened to the feed (view feed_events)
    is_full,                      -- true where the body was asked for whatever the validator says
    moved_to,                     -- address to which the server says that the feed has moved for good
    retry_until,                  -- the server asked that its host is left alone until then
    interval_s,                   -- seconds between polls from here on, while all is well
    next_poll_at,                 -- not asked again before
    took_ms                       -- from the request to the end of the body
from poll_facts;
