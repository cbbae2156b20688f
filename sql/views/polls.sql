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
    next_poll_at,                 -- not asked again before
    took_ms                       -- from the request to the end of the body
from poll_facts;
