-- One row per wire of which the pass $run_id read a page and whose layout broke or was broken, with a page that shows it.
with read as (
    select distinct wire_id
    from visit_facts
    where run_id = $run_id and day >= $since and look = 'first' and wire_id is not null
),

before as (
    select wire_id, count(*) as times
    from layout_facts
    where state = 'broken'
    group by wire_id
)

select
    l.*, coalesce(b.times, 0) as times, i.url as example_url, i.day as example_day, i.article_id as example_article_id
from wire_layout as l
inner join read as r on r.wire_id = l.wire_id
left join before as b on b.wire_id = l.wire_id
left join items as i on i.item_id = l.example_item_id and i.day >= $since
where l.trouble is not null or l.state = 'broken'
order by l.wire_id
