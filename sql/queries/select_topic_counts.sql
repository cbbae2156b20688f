-- One row per topic that is watched, with the articles that carry it, in all and since $day.
with counted as (
    select topic, count(*) as articles, count(*) filter (where day >= $day) as recent
    from topics
    group by topic
)

select d.topic, d.label, d.definition, d.iptc, d.plover, coalesce(c.recent, 0) as recent_articles,
    coalesce(c.articles, 0) as articles
from topic_definitions as d
left join counted as c on c.topic = d.topic
order by d.topic
