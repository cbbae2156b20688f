-- One row per tag that an article had at the end of a day, by the text and the rules of that day.
create or replace macro as_tagged(
    on_day,                       -- the day whose end is asked (UTC)
    since := ''                   -- first day of the articles; left out: 7 days before that day
) as table
with active as (
    select x.day as of_day, arg_max(x.rules_version, x.activated_at) as rules_version
    from activation_facts as x
    where x.activated_at < on_day::date + interval 1 day
    group by x.day
),

reading as (
    select r.day as of_day, r.article_id, r.version, r.rules_version
    from reading_facts as r
    left join active as x on x.of_day = r.day
    where
        r.day >= coalesce(nullif(since::varchar, '')::date, on_day::date - 7)
        and r.day <= on_day::date
        and r.read_at < on_day::date + interval 1 day
    qualify row_number() over (
        partition by r.day, r.article_id
        order by r.version desc, (r.rules_version is not distinct from x.rules_version) desc, r.read_at desc
    ) = 1
)

select
    t.day,                        -- day of the article
    t.article_id,                 -- the article
    v.wire,                       -- name of its wire
    v.title,                      -- its headline then
    t.topic,                      -- id of the topic
    round(t.score, 2) as score,   -- sum of the evidence after context
    t.confidence,                 -- high or medium
    t.rules_version               -- rules that tagged it
from reading as r
inner join topic_facts as t
    on t.day = r.of_day and t.article_id = r.article_id and t.version = r.version and t.rules_version = r.rules_version
inner join article_versions as v on v.day = r.of_day and v.article_id = r.article_id and v.version = r.version
where
    t.confidence <> 'low'
    and t.day >= coalesce(nullif(since::varchar, '')::date, on_day::date - 7)
    and t.day <= on_day::date
order by t.day, v.title, t.article_id, t.score desc, t.topic;
