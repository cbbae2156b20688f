-- One row per event of a pass: it started, it finished with its sum, or it failed.
create table run_facts (
    day date not null,            -- UTC day on which the pass started
    run_id varchar not null,      -- the pass
    flow varchar not null,        -- monitor, upkeep, reread or import
    event varchar not null,       -- started, finished or failed
    happened_at timestamptz not null,      -- when it happened
    host varchar,                 -- machine and process that ran it
    version varchar,              -- version of Dateline
    found integer,                -- entries in the bodies polled
    known integer,                -- of these, seen in an earlier poll
    repeated integer,             -- of these, given twice by one feed
    new integer,                  -- of these, seen for the first time
    stored integer,               -- new items that ended as an article
    duplicate integer,            -- new items whose story was there already
    rejected integer,             -- new items that ended without a text
    waiting integer,              -- new items still to be fetched
    alerts integer,               -- alerts raised in the pass
    feeds_asked integer,          -- feeds that were due
    feeds_failed integer,         -- of these, without a usable answer
    error varchar                 -- why it failed, in one sentence
);
alter table run_facts set partitioned by (day);
