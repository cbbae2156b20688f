-- One row per article of $article_ids, all of the days $days: its latest version, and its corrections since $lately.
with wanted as (
    select unnest($article_ids) as article_id
)

select
    a.article_id, a.day, a.version, a.item_id, a.url, coalesce(a.title, '') as title, a.text, a.content_hash, a.quality,
    count(*) filter (where a.version > 1 and a.fetched_at > $lately) over (partition by a.article_id) as lately
from article_facts as a
inner join wanted as w on w.article_id = a.article_id
where
    a.day between list_min($days) and list_max($days) -- by which files of other days are left out: a list leaves none out
    and list_contains($days, a.day)
qualify row_number() over (partition by a.article_id order by a.version desc) = 1
