-- One row per item with words left: of the articles $article_ids, of the addresses $urls, or of the wire $wire_id.
with told as (
    select item_id, article_id
    from article_facts
    where article_id in (select unnest($article_ids::varchar[]))
    union
    select item_id, article_id
    from outcome_facts
    where article_id in (select unnest($article_ids::varchar[]))
    union
    select item_id, article_id
    from visit_facts
    where article_id in (select unnest($article_ids::varchar[]))
),

ended as (
    select item_id, max(attempt) as attempt, bool_or(reason = 'forgotten') as is_forgotten
    from outcome_facts
    group by item_id
)

select i.day, i.item_id, i.url, i.title, any_value(t.article_id) as article_id, coalesce(any_value(e.attempt), 0) as attempt
from item_facts as i
left join told as t on t.item_id = i.item_id
left join ended as e on e.item_id = i.item_id
where
    not coalesce(e.is_forgotten, false)
    and (t.item_id is not null or i.url in (select unnest($urls::varchar[])) or i.wire_id = $wire_id)
group by i.day, i.item_id, i.url, i.title
order by i.day, i.item_id
