-- One row per phrase of a reading of an article of $day, or per reading without one: by $rules_version, else the current.
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
    w.is_read,
    t.topic,
    t.iptc,
    t.plover,
    t.score,
    t.confidence,
    e.text,
    e.start_char,
    e.end_char,
    e.field,
    e.zone,
    e.rule,
    e.weight
from wanted as w
inner join latest as l on l.article_id = w.article_id and l.version = w.version
left join topic_facts as t
    on t.day = w.day and t.article_id = w.article_id and t.version = w.version and t.rules_version = w.rules_version
left join evidence_facts as e
    on e.day = t.day and e.article_id = t.article_id and e.version = t.version
    and e.rules_version = t.rules_version and e.topic = t.topic
order by w.article_id, t.topic, e.field desc, e.start_char, e.end_char, e.rule
