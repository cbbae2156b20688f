-- One row per change of a feed in the catalog.
create table feed_facts (
    feed_id varchar not null,     -- the feed
    recorded_at timestamptz not null, -- when the catalog was seen to say so
    wire_id varchar not null,     -- its wire
    url varchar not null,         -- its address, secrets cut
    lang varchar,                 -- language of its entries
    every_s integer not null,     -- seconds between polls
    is_enabled boolean not null   -- false once it left the catalog
);
