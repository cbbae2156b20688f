-- One row per alert and channel: its latest attempt.
create or replace view deliveries as
select
    day,                          -- UTC day of the latest attempt
    alert_id,                     -- the alert
    channel_id,                   -- hash of the channel's address
    channel,                      -- the channel, secrets cut
    attempt as attempts,          -- attempts so far
    attempted_at,                       -- time of the latest
    outcome,                      -- sent, failed (to be tried again) or dead (given up)
    error,                        -- what the channel answered
    next_try_at                   -- a failed one is not tried before
from delivery_facts
qualify row_number() over (partition by alert_id, channel_id order by attempt desc) = 1;
