-- One row per poll of one feed, with its answer, its validators and when to ask again.
create table poll_facts (
    day date not null,            -- UTC day of the poll
    run_id varchar not null,      -- the pass that asked
    feed_id varchar not null,     -- the feed
    wire_id varchar not null,     -- its wire
    polled_at timestamptz not null, -- when the answer was there
    url varchar,                  -- address asked, secrets cut
    final_url varchar,            -- address that answered after redirects
    outcome varchar not null,     -- read, unchanged or failed
    status integer,               -- HTTP status
    failure varchar,              -- class of the failure
    cause varchar,                -- the failure in words
    etag varchar,                 -- validator for the next poll
    last_modified varchar,        -- validator for the next poll
    body_hash varchar,            -- SHA-256 of the body
    title varchar,                -- what the feed calls itself
    found integer not null,       -- entries in the body
    known integer not null,       -- seen before
    repeated integer not null,    -- given twice in this body
    new integer not null,         -- seen for the first time
    revised integer not null,     -- known entries whose wording changed, to be fetched again
    remarks varchar[],            -- what had to be mended in the body
    failures integer not null,    -- failures in a row, this poll included
    next_poll_at timestamptz not null, -- not asked again before
    took_ms integer               -- from the request to the end of the body
);
alter table poll_facts set partitioned by (day);
