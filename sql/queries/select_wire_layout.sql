-- One row per wire whose layout broke or was broken, with how often it broke before and a page that shows it.
with before as (
    select wire_id, count(*) as times
    from layout_facts
    where state = 'broken'
    group by wire_id
)

select
    l.*, coalesce(b.times, 0) as times, i.url as example_url, i.day as example_day, i.article_id as example_article_id
from wire_layout as l
left join before as b on b.wire_id = l.wire_id
left join items as i on i.item_id = l.example_item_id and i.day >= $since
where l.trouble is not null or l.state = 'broken'
order by l.wire_id
