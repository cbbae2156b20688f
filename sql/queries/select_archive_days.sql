-- One row per day between $since and $until that holds an article.
select distinct day
from article_facts
where day between $since and $until
order by day
