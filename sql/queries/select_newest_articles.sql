-- One row per article, the newest first, at most $most; $day bounds the days read.
with tagged as (
    select day, article_id, list(topic order by score desc, topic) as topics
    from topics
    where day >= $day
    group by day, article_id
)

select
    a.article_id, coalesce(a.published_at, a.first_seen_at) as told_at, a.published_at, a.first_seen_at, a.wire_id,
    coalesce(a.wire, a.wire_id) as wire, a.title, a.url, a.lang, a.quality, a.country, a.version,
    case when a.is_read then coalesce(t.topics, []) end as topics
from articles as a
left join tagged as t on t.day = a.day and t.article_id = a.article_id
where
    a.day >= $day
    and ($since is null or coalesce(a.published_at, a.first_seen_at) >= $since)
    and ($wire is null or lower(a.wire_id) = $wire or lower(a.wire) = $wire)
    and ($topic is null or list_contains(t.topics, $topic))
order by told_at desc, a.article_id
limit $most
