-- From which countries come this week's stories of conflict, and how many of them tell of dead or wounded?
select
    a.country,
    count(distinct a.article_id) as articles,
    count(distinct a.article_id) filter (where t.topic = 'conflict.casualties') as with_casualties,
    count(distinct a.wire_id) as wires
from topics as t
inner join articles as a on a.day = t.day and a.article_id = t.article_id
where t.day >= current_date - 7 and t.root = 'conflict'
group by a.country
order by articles desc, a.country nulls last;
