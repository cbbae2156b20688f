-- One row per day from $since to $until with articles of which $rules_version read not all, or that it is not active for.
with latest as (
    select day, article_id, max(version) as version
    from article_facts
    where day between $since and $until
    group by day, article_id
),

done as (
    select day, article_id, version
    from reading_facts
    where day between $since and $until and rules_version = $rules_version
),

active as (
    select day, arg_max(rules_version, activated_at) as rules_version
    from activation_facts
    where day between $since and $until
    group by day
)

select l.day, count(*) filter (where d.article_id is null) as articles
from latest as l
left join done as d on d.day = l.day and d.article_id = l.article_id and d.version = l.version
left join active as a on a.day = l.day
group by l.day, a.rules_version
having articles > 0 or a.rules_version is distinct from $rules_version
order by l.day
