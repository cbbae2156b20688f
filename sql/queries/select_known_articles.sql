-- One row per article of $article_ids that the lake holds: its latest version.
with wanted as (
    select unnest($article_ids) as article_id
)

select
    a.article_id, a.day, a.version, a.item_id, coalesce(a.title, '') as title, a.content_hash, a.quality,
    length(a.text) as length
from article_facts as a
inner join wanted as w on w.article_id = a.article_id
qualify row_number() over (partition by a.article_id order by a.version desc) = 1
