-- Whom do the most wires name this week, and in what role?
select
    c.name,
    mode(c.role) as role,
    count(distinct a.wire_id) as wires,
    count(distinct a.article_id) as articles
from actors as c
inner join articles as a on a.day = c.day and a.article_id = c.article_id
where c.day >= current_date - 7
group by c.name
order by wires desc, articles desc, c.name
limit 25;
