-- One row per item: the first sight of an entry of a feed.
create table item_facts (
    day date not null,            -- UTC day of the first sight; every fact of the story carries it
    item_id varchar not null,     -- hash of feed and entry key
    feed_id varchar not null,     -- the feed that listed it
    wire_id varchar not null,     -- its wire
    run_id varchar not null,      -- the pass that saw it
    entry_key varchar not null,   -- the feed's own id of the entry, or what stands for it
    url varchar,                  -- address of the story, canonical form
    title varchar,                -- title in the feed
    summary varchar,              -- summary in the feed, as plain text
    content varchar,              -- full text in the feed, where it gives one
    author varchar,               -- author in the feed
    published_at timestamptz,     -- time of publication by the feed
    published_source varchar,     -- where that time comes from: feed, feed_updated, feed_future or none
    first_seen_at timestamptz not null, -- when we first saw it
    is_silent boolean not null,   -- true where it must raise no alert
    is_first_load boolean not null -- true where it came with the feed's first poll
);
alter table item_facts set partitioned by (day);
