-- One row per alert channel, at its first sight.
select channel_id, channel, first_seen_at
from channel_facts
