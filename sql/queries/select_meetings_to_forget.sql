-- One row per meeting that the articles $article_ids tell of, or ever told of: by the ledger's choice, and on by each ruling.
with recursive told as (
    select meeting_id, article_id
    from decision_facts
    where article_id in (select unnest($article_ids::varchar[]))
    union
    select g.into_id, t.article_id
    from told as t
    inner join ruling_facts as g on g.meeting_id = t.meeting_id and (g.action = 'merge' or g.article_id = t.article_id)
)

select distinct meeting_id
from told
order by meeting_id
