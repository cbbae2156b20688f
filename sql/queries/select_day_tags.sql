-- One row per topic of a reading of an article of $day, or per reading without one: by $rules_version, else the current.
with latest as (
    select article_id, max(version) as version
    from article_facts
    where day = $day
    group by article_id
),

wanted as (
    select day, article_id, version, rules_version, is_read
    from readings
    where day = $day and $rules_version is null
    union all
    select day, article_id, version, rules_version, is_read
    from reading_facts
    where day = $day and rules_version = $rules_version
)

select
    w.article_id,
    w.version,
    w.rules_version,
    w.is_read,
    t.topic,
    t.iptc,
    t.plover,
    t.score,
    t.confidence
from wanted as w
inner join latest as l on l.article_id = w.article_id and l.version = w.version
left join topic_facts as t
    on t.day = w.day and t.article_id = w.article_id and t.version = w.version and t.rules_version = w.rules_version
order by w.article_id, t.topic
