-- One row per language of the articles of the pass $run_id that no rules could read.
select coalesce(r.lang, 'unknown') as lang, count(*) as articles
from article_versions as a
inner join readings as r on r.day = a.day and r.article_id = a.article_id and r.version = a.version
where a.run_id = $run_id and a.day between $from_day and $to_day and not r.is_read
group by all
order by articles desc, lang
