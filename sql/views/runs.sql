-- One row per pass, with its sum: found = known + repeated + new; new = stored + duplicate + rejected + waiting.
create or replace view runs as
with folded as (
    select
        day,
        run_id,
        any_value(flow) as flow,
        min(happened_at) filter (where event = 'started') as started_at,
        max(happened_at) filter (where event <> 'started') as ended_at,
        coalesce(any_value(event) filter (where event <> 'started'), 'unfinished') as status,
        any_value(host) as host,
        any_value(version) as version,
        max(found) as found,
        max(known) as known,
        max(repeated) as repeated,
        max(new) as new,
        max(stored) as stored,
        max(duplicate) as duplicate,
        max(rejected) as rejected,
        max(waiting) as waiting,
        max(alerts) as alerts,
        max(feeds_asked) as feeds_asked,
        max(feeds_failed) as feeds_failed,
        any_value(error) as error
    from run_facts
    group by day, run_id
)
select
    day,                          -- UTC day on which it started
    run_id,                       -- the pass
    flow,                         -- monitor, upkeep, reread or import
    started_at,                   -- when it started
    ended_at,                     -- when it ended
    status,                       -- finished, failed or unfinished
    host,                         -- machine and process
    version,                      -- version of Dateline
    found,                        -- entries in the bodies polled
    known,                        -- of these, seen in an earlier poll
    repeated,                     -- of these, given twice by one feed
    new,                          -- of these, seen for the first time
    stored,                       -- new items that ended as an article
    duplicate,                    -- new items whose story was there already
    rejected,                     -- new items that ended without a text
    waiting,                      -- new items still to be fetched
    abs(found - known - repeated - new) + abs(new - stored - duplicate - rejected - waiting) as unexplained, -- always 0
    alerts,                       -- alerts raised
    feeds_asked,                  -- feeds that were due
    feeds_failed,                 -- of these, without a usable answer
    error                         -- why it failed
from folded;
