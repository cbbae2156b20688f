-- One row per alert channel, at its first sight.
create table channel_facts (
    channel_id varchar not null,  -- hash of the channel's address
    channel varchar not null,     -- the channel, secrets cut
    first_seen_at timestamptz not null -- it gets what is raised after this
);
