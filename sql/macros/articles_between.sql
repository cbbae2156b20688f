-- One row per article that was new, corrected, taken back or forgotten between the ends of two days; each version is a row.
create or replace macro articles_between(
    from_day,                     -- the day after whose end the changes begin (UTC)
    to_day,                       -- the last day of the changes
    since := ''                   -- first day of the articles; left out: 14 days before from_day
) as table
with versions as (
    select v.day, v.article_id, v.version, v.wire_id, v.title, v.url, v.fetched_at
    from article_facts as v
    where
        v.day >= coalesce(nullif(since::varchar, '')::date, from_day::date - 14)
        and v.day <= to_day::date
        and v.fetched_at < to_day::date + interval 1 day
),

seen as (
    select t.day, t.article_id, t.visited_at, t.result, coalesce(t.cause, t.reason) as why
    from visit_facts as t
    where
        t.day >= coalesce(nullif(since::varchar, '')::date, from_day::date - 14)
        and t.day <= to_day::date
        and t.visited_at < to_day::date + interval 1 day
        and t.result not in ('failed', 'waiting', 'rejected')
),

taken as (
    select
        s.day, s.article_id, min(s.visited_at) filter (where s.result = 'withdrawn') as withdrawn_at,
        arg_max(s.why, s.visited_at) filter (where s.result = 'withdrawn') as why
    from seen as s
    group by s.day, s.article_id
    having arg_max(s.result, s.visited_at) = 'withdrawn'
),

changed as (
    select
        case when v.version = 1 then 'new' else 'corrected' end as change, v.fetched_at as changed_at,
        v.day as of_day, v.article_id, v.version, v.wire_id, v.title, b.title as was, v.url
    from versions as v
    left join versions as b on b.day = v.day and b.article_id = v.article_id and b.version = v.version - 1
    where v.fetched_at >= from_day::date + interval 1 day
    union all
    select 'withdrawn', t.withdrawn_at, t.day, t.article_id, v.version, v.wire_id, v.title, t.why, v.url
    from taken as t
    inner join versions as v on v.day = t.day and v.article_id = t.article_id
    where t.withdrawn_at >= from_day::date + interval 1 day
    qualify row_number() over (partition by v.day, v.article_id order by v.version desc) = 1
    union all
    select 'forgotten', f.forgotten_at, f.day, f.article_id, null, f.wire_id, null, f.reason, null
    from forget_facts as f
    where f.forgotten_at >= from_day::date + interval 1 day and f.forgotten_at < to_day::date + interval 1 day
)

select
    c.change,                     -- new, corrected, withdrawn (and not back by the end of to_day) or forgotten
    c.changed_at,                 -- when it was stored, found gone, or removed
    c.of_day as day,              -- day of the article
    c.article_id,                 -- the article
    c.version,                    -- the version that came; of a withdrawn one, its latest
    w.name as wire,               -- name of its wire
    c.title,                      -- headline
    c.was as before,              -- corrected: headline before; withdrawn and forgotten: why
    c.url                         -- address of the story
from changed as c
left join wires as w on w.wire_id = c.wire_id
order by c.changed_at, c.change, c.article_id, c.version;
