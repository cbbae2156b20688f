-- One row per tag that came or went between the ends of two days, and why: a new article, a new text, or other rules.
create or replace macro tags_between(
    from_day,                     -- the day after whose end the changes begin (UTC)
    to_day,                       -- the last day of the changes
    since := ''                   -- first day of the articles; left out: 7 days before from_day
) as table
with former as (
    select r.day, r.article_id, r.version, r.rules_version
    from readings_on(from_day, since := coalesce(nullif(since::varchar, '')::date, from_day::date - 7)) as r
),

latter as (
    select r.day, r.article_id, r.version, r.rules_version
    from readings_on(to_day, since := coalesce(nullif(since::varchar, '')::date, from_day::date - 7)) as r
),

told as (
    select t.day, t.article_id, t.version, t.rules_version, t.topic, t.score
    from topic_facts as t
    where
        t.day >= coalesce(nullif(since::varchar, '')::date, from_day::date - 7)
        and t.day <= to_day::date
        and t.confidence <> 'low'
),

had as (
    select t.*
    from told as t
    inner join former as f
        on f.day = t.day and f.article_id = t.article_id and f.version = t.version and f.rules_version = t.rules_version
),

has as (
    select t.*
    from told as t
    inner join latter as l
        on l.day = t.day and l.article_id = t.article_id and l.version = t.version and l.rules_version = t.rules_version
),

changed as (
    select
        case when h.topic is null then 'went' else 'came' end as change,
        coalesce(h.day, b.day) as of_day,
        coalesce(h.article_id, b.article_id) as article_id,
        coalesce(h.topic, b.topic) as topic,
        coalesce(h.score, b.score) as score
    from had as b
    full join has as h on h.day = b.day and h.article_id = b.article_id and h.topic = b.topic
    where h.topic is null or b.topic is null
)

select
    c.change,                     -- came or went
    case
        when f.article_id is null then 'new article'
        when f.version <> l.version then 'new text'
        else 'other rules'
    end as because,               -- new article, new text or other rules
    c.of_day as day,              -- day of the article
    c.article_id,                 -- the article
    v.wire,                       -- name of its wire
    v.title,                      -- its headline at the end of to_day
    c.topic,                      -- id of the topic
    round(c.score, 2) as score,   -- sum of its evidence, of the reading that has the tag
    f.rules_version as rules_before, -- rules of the reading at the end of from_day
    l.rules_version               -- rules of the reading at the end of to_day
from changed as c
inner join latter as l on l.day = c.of_day and l.article_id = c.article_id
left join former as f on f.day = c.of_day and f.article_id = c.article_id
inner join article_versions as v on v.day = c.of_day and v.article_id = c.article_id and v.version = l.version
where v.day >= coalesce(nullif(since::varchar, '')::date, from_day::date - 7) and v.day <= to_day::date
order by c.change, c.of_day, v.title, c.article_id, c.topic;
