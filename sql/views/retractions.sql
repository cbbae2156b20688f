-- One row per article that its wire took back: a notice stands in its place, and its claims count no more.
create or replace view retractions as
with noticed as (
    select day, article_id, max(visited_at) as retracted_at, arg_max(cause, visited_at) as notice
    from visit_facts
    where result = 'withdrawn' and reason = 'notice'
    group by day, article_id
),

back as (
    select n.day, n.article_id
    from noticed as n
    inner join visit_facts as v on v.day = n.day and v.article_id = n.article_id
    where v.visited_at > n.retracted_at and v.result in ('stored', 'changed', 'same')
)

select
    day,                          -- day of the article
    article_id,                   -- the article; its text is kept
    retracted_at,                 -- when the notice was seen
    notice                        -- its words
from noticed
where (day, article_id) not in (select (day, article_id) from back);
