-- Which tags did the rules $rules_version (or that begin so) give the articles since $since, and does each stand today?
with under as (
    select day, article_id, version, rules_version
    from reading_facts
    where day >= $since::date and starts_with(rules_version, $rules_version)
    qualify row_number() over (partition by day, article_id order by version desc, read_at desc) = 1
)

select
    t.day,
    left(t.article_id, 8) as article,
    a.title,
    t.topic,
    round(t.score, 2) as score,
    t.confidence,
    t.rules_version,
    now.topic is not null as stands_today
from under as u
inner join topic_facts as t
    on t.day = u.day and t.article_id = u.article_id and t.version = u.version and t.rules_version = u.rules_version
inner join articles as a on a.day = t.day and a.article_id = t.article_id
left join topics as now on now.day = t.day and now.article_id = t.article_id and now.topic = t.topic
where t.confidence <> 'low'
order by t.day, a.title, t.article_id, t.score desc, t.topic;
