-- One row per wire whose pages are not what they were, with a page that shows it.
select
    coalesce(l.wire, l.wire_id) as wire, l.trouble, l.broken_since, l.since, i.url as example_url
from wire_layout as l
left join items as i on i.item_id = l.example_item_id and i.day >= current_date - 40
where l.trouble is not null or l.state = 'broken'
order by l.wire_id
