-- One row per stored article with a meeting or an alert whose page is to be seen again: 1 h and 1 d after its first text.
with first_texts as (
    select
        day, item_id, article_id, visited_at,
        case when visited_at <= $a_day_ago then '1 d' else '1 h' end as look,
        visited_at + case when visited_at <= $a_day_ago then interval 1 day else interval 1 hour end as due_at
    from visit_facts
    where day >= $since and look = 'first' and result = 'stored' and archive_file is not null
        and visited_at <= $an_hour_ago and visited_at > $too_late
),

telling as (
    select day, article_id
    from claim_facts
    where day >= $since
    union
    select article_day as day, article_id
    from alert_facts
    where article_day >= $since
),

due as (
    select f.*
    from first_texts as f
    semi join telling as t on t.day = f.day and t.article_id = f.article_id
),

seen as (
    select
        v.day,
        v.item_id,
        count(*) filter (where v.visited_at >= d.due_at) as attempts,
        coalesce(bool_or(v.next_try_at is null) filter (where v.visited_at >= d.due_at), false) as is_done,
        max(v.next_try_at) filter (where v.visited_at >= d.due_at) as next_try_at,
        bool_or(v.result = 'noisy') as is_noisy
    from due as d
    inner join visit_facts as v on v.day = d.day and v.item_id = d.item_id
    where v.day >= $since
    group by v.day, v.item_id
)

select
    i.item_id, i.feed_id, i.wire_id, i.day, i.first_seen_at, i.url, i.title, i.summary, i.content, i.author,
    i.published_at, i.published_source, i.is_silent, i.is_first_load, s.attempts, d.look
from due as d
inner join seen as s on s.day = d.day and s.item_id = d.item_id
inner join item_facts as i on i.day = d.day and i.item_id = d.item_id
where
    i.day >= $since
    and not s.is_done
    and not s.is_noisy
    and (s.next_try_at is null or s.next_try_at <= $now)
    and not list_contains($skip, i.item_id)
    and ($wires::varchar[] is null or list_contains($wires::varchar[], i.wire_id))
order by d.visited_at desc, i.item_id
limit $most
