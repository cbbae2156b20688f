-- One row per article of $day: the version that is to be found by its words.
select article_id, max(version) as version
from article_facts
where day = $day::date
group by article_id
order by article_id
