-- One row per alert channel, at its first sight.
select channel_id, arg_min(channel, first_seen_at) as channel, min(first_seen_at) as first_seen_at
from channel_facts
group by channel_id
