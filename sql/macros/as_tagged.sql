-- One row per tag that an article had at the end of a day, by the text and the rules of that day.
create or replace macro as_tagged(
    on_day,                       -- the day whose end is asked (UTC)
    since := ''                   -- first day of the articles; left out: 7 days before that day
) as table
select
    t.day,                        -- day of the article
    t.article_id,                 -- the article
    v.wire,                       -- name of its wire
    v.title,                      -- its headline then
    t.topic,                      -- id of the topic
    round(t.score, 2) as score,   -- sum of the evidence after context
    t.confidence,                 -- high or medium
    t.rules_version               -- rules that tagged it
from readings_on(on_day, since := since) as r
inner join topic_facts as t
    on t.day = r.day and t.article_id = r.article_id and t.version = r.version and t.rules_version = r.rules_version
inner join article_versions as v on v.day = r.day and v.article_id = r.article_id and v.version = r.version
where
    t.confidence <> 'low'
    and t.day >= coalesce(nullif(since::varchar, '')::date, on_day::date - 7)
    and t.day <= on_day::date
    and v.day >= coalesce(nullif(since::varchar, '')::date, on_day::date - 7)
    and v.day <= on_day::date
order by t.day, v.title, t.article_id, t.score desc, t.topic;
