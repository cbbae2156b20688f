-- One row per attempt to deliver an alert to a channel.
create table delivery_facts (
    day date not null,            -- UTC day of the attempt
    alert_id varchar not null,    -- the alert, and idempotency key
    channel_id varchar not null,  -- hash of the channel's address
    channel varchar not null,     -- the channel, secrets cut
    attempt integer not null,     -- 1, 2, ...
    attempted_at timestamptz not null,      -- when
    outcome varchar not null,     -- sent, failed or dead
    error varchar,                -- what the channel answered
    next_try_at timestamptz       -- a failed one is not tried before
);
alter table delivery_facts set partitioned by (day);
