-- One row per item of $item_ids that became an article: its latest headline, and the latest one that its page bore.
with own as (
    select distinct day, article_id, item_id
    from article_facts
    where day >= $since and list_contains($item_ids, item_id)
),

told as (
    select
        o.item_id, o.day, o.article_id, max(a.version) as version,
        arg_max(coalesce(a.title, ''), a.version) as title
    from own as o
    inner join article_facts as a on a.day = o.day and a.article_id = o.article_id
    where a.day >= $since
    group by all
),

bore as (
    select v.day, v.article_id, arg_max(v.page_title, v.visited_at) filter (where v.page_title <> '') as page_title
    from visit_facts as v
    inner join own as o on o.day = v.day and o.article_id = v.article_id
    where v.day >= $since
    group by all
)

select t.item_id, t.article_id, t.day, t.version, t.title, coalesce(b.page_title, '') as page_title
from told as t
left join bore as b on b.day = t.day and b.article_id = t.article_id
