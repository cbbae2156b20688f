-- One row per article that has to do with a country, with the reasons, the newest first.
create or replace macro coverage_of(
    nation,                       -- its code or its name: 'EGY' or 'Egypt'
    since := ''                   -- first day; left out: 7 days ago
) as table
with found as (
    select d.day, d.article_id, 'dateline' as reason
    from readings as d
    where d.day >= coalesce(nullif(since::varchar, '')::date, current_date - 7) and d.country = country_code(nation)
    union all
    select p.day, p.article_id, 'person'
    from actors as p
    where p.day >= coalesce(nullif(since::varchar, '')::date, current_date - 7) and p.country = country_code(nation)
    union all
    select q.day, q.article_id, 'quote'
    from quotes as q
    where q.day >= coalesce(nullif(since::varchar, '')::date, current_date - 7) and list_contains(q.about, country_code(nation))
    union all
    select c.day, c.article_id, 'meeting'
    from meeting_claims as c
    where c.day >= coalesce(nullif(since::varchar, '')::date, current_date - 7) and list_contains(c.parties, country_code(nation))
),

grouped as (
    select f.day as of_day, f.article_id, list(distinct f.reason order by f.reason) as reasons
    from found as f
    group by f.day, f.article_id
)

select
    a.day,                        -- day of the article
    a.published_at,               -- time of its publication
    a.wire,                       -- name of its wire
    a.title,                      -- headline
    g.reasons,                    -- dateline (filed there), person (of it), quote (names it), meeting (it takes part)
    a.url,                        -- address of the story
    a.article_id                  -- the article
from grouped as g
inner join articles as a on a.day = g.of_day and a.article_id = g.article_id
where a.day >= coalesce(nullif(since::varchar, '')::date, current_date - 7)
order by a.day desc, a.published_at desc, a.article_id;
