-- Which articles stayed just under the threshold of a topic in the last 7 days?
select
    l.day,
    l.topic,
    round(l.score, 2) as score,
    a.wire,
    a.title,
    a.article_id
from topics_low as l
inner join articles as a on a.day = l.day and a.article_id = l.article_id
where l.day >= current_date - 7
order by l.score desc, a.article_id
limit 50;
