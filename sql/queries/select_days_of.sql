-- One row per day that holds a version of an article of $article_ids.
select distinct day
from article_facts
where article_id in (select unnest($article_ids))
order by day
