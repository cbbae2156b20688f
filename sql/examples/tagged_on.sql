-- Which tags did the articles since $since have at the end of the day $on (UTC), by the text and the rules of that day?
with active as (
    select day, arg_max(rules_version, activated_at) as rules_version
    from activation_facts
    where activated_at < $on::date + interval 1 day
    group by day
),

reading as (
    select r.day, r.article_id, r.version, r.rules_version
    from reading_facts as r
    left join active as x on x.day = r.day
    where r.day >= $since::date and r.read_at < $on::date + interval 1 day
    qualify row_number() over (
        partition by r.day, r.article_id
        order by r.version desc, (r.rules_version is not distinct from x.rules_version) desc, r.read_at desc
    ) = 1
)

select
    t.day,
    left(t.article_id, 8) as article,
    v.title,
    t.topic,
    round(t.score, 2) as score,
    t.confidence,
    t.rules_version
from reading as r
inner join topic_facts as t
    on t.day = r.day and t.article_id = r.article_id and t.version = r.version and t.rules_version = r.rules_version
inner join article_versions as v on v.day = r.day and v.article_id = r.article_id and v.version = r.version
where t.confidence <> 'low'
order by t.day, v.title, t.article_id, t.score desc, t.topic;
