-- One row per day, days without any too: how many articles carry a topic or one below it.
create or replace macro topic_volume(
    topic,                        -- id of the topic; 'conflict' counts 'conflict.attack' and the others below it
    since := '',                  -- first day; left out: 30 days before the last
    until := ''                   -- last day; left out: today (UTC)
) as table
with bounds as (
    select
        coalesce(nullif(until::varchar, '')::date, current_date) as last_day,
        coalesce(nullif(since::varchar, '')::date, last_day - 30) as first_day
),

days as (
    select unnest(generate_series(b.first_day, b.last_day, interval 1 day))::date as on_day
    from bounds as b
),

read_by_day as (
    select r.day as on_day, count(*) as articles
    from readings as r
    where
        r.day >= coalesce(nullif(since::varchar, '')::date, coalesce(nullif(until::varchar, '')::date, current_date) - 30)
        and r.day <= coalesce(nullif(until::varchar, '')::date, current_date)
        and r.is_read
    group by r.day
),

tagged as (
    select t.day as on_day, count(distinct t.article_id) as articles, count(distinct a.wire_id) as wires
    from topics as t
    inner join articles as a on a.day = t.day and a.article_id = t.article_id
    where
        t.day >= coalesce(nullif(since::varchar, '')::date, coalesce(nullif(until::varchar, '')::date, current_date) - 30)
        and t.day <= coalesce(nullif(until::varchar, '')::date, current_date)
        and (t.topic = topic or starts_with(t.topic, topic || '.'))
    group by t.day
)

select
    d.on_day as day,              -- the day (UTC)
    coalesce(t.articles, 0) as articles, -- articles that carry the topic
    coalesce(t.wires, 0) as wires, -- wires that filed them
    coalesce(r.articles, 0) as articles_read, -- all articles of the day in a language that is read
    round(100.0 * coalesce(t.articles, 0) / nullif(r.articles, 0), 1) as percent -- share of these; empty on a day without any
from days as d
left join tagged as t on t.on_day = d.on_day
left join read_by_day as r on r.on_day = d.on_day
order by d.on_day;
