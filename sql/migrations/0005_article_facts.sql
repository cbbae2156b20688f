-- One row per version of an article's text.
create table article_facts (
    day date not null,            -- day of the first sight; the same for all versions
    article_id varchar not null,  -- hash of the canonical address
    version integer not null,     -- 1, 2, ... when the wire corrects the story
    item_id varchar not null,     -- the item through which this version came
    feed_id varchar not null,     -- its feed
    wire_id varchar not null,     -- its wire
    run_id varchar not null,      -- the pass that stored it
    url varchar,                  -- canonical address
    title varchar,                -- headline
    text varchar not null,        -- clean text; every span counts its characters
    summary varchar,              -- the feed's summary
    authors varchar[],            -- by-line
    published_at timestamptz,     -- time of publication; the feed's word comes before the page's
    published_source varchar,     -- where that time comes from
    page_published_at timestamptz, -- what the page itself says
    fetched_at timestamptz not null, -- when the text was fetched
    first_seen_at timestamptz not null, -- when the item was first seen
    quality varchar not null,     -- ok, partial (a stub), or summary (the feed's words only)
    quality_reason varchar,       -- why it is not ok
    content_hash varchar not null, -- tells versions apart
    change varchar not null,      -- what made this version: new, title, text or fuller
    sketch ubigint[],             -- sample of hashed word shingles, to find copies
    origin varchar not null,      -- whose reporting it is: the wire, the wire it copies, or the outlet it cites
    archive_file varchar,         -- where the raw page is kept
    archive_offset bigint,        -- and at which byte
    is_silent boolean not null,   -- true where it must raise no alert
    is_first_load boolean not null -- true where it came with its feed's first poll
);
alter table article_facts set partitioned by (day);
