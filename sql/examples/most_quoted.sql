-- Who was quoted most in the last 7 days, and by how many wires?
select
    q.speaker,
    count(*) as quotes,
    count(*) filter (where q.kind = 'direct') as direct,
    count(distinct a.wire_id) as wires,
    count(distinct a.article_id) as articles
from quotes as q
inner join articles as a on a.day = q.day and a.article_id = q.article_id
where q.day >= current_date - 7 and q.speaker is not null
group by q.speaker
order by quotes desc, q.speaker
limit 25;
