-- One row per item that waits and is due at $now, the newest first; an item is given up within 14 days.
select
    i.item_id, i.feed_id, i.wire_id, i.day, i.first_seen_at, i.url, i.title, i.summary, f.content, i.author,
    i.published_at, i.published_source, i.is_silent, i.is_first_load, i.attempts,
    case when i.reason = 'revised' then 'edited' else 'first' end as look
from items as i
inner join item_facts as f on f.day = i.day and f.item_id = i.item_id
where
    i.outcome = 'waiting'
    and i.day >= $since
    and f.day >= $since
    and (i.next_try_at is null or i.next_try_at <= $now)
    and not list_contains($skip, i.item_id)
    and ($wires::varchar[] is null or list_contains($wires::varchar[], i.wire_id))
order by i.is_silent, i.published_at desc nulls last, i.item_id
limit $most
