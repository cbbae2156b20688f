-- On whose word do the stories of the last 7 days lean?
select
    c.source,
    c.kind,
    count(distinct a.article_id) as articles,
    count(distinct a.wire_id) as wires
from citations as c
inner join articles as a on a.day = c.day and a.article_id = c.article_id
where c.day >= current_date - 7
group by c.source, c.kind
order by articles desc, c.source
limit 50;
