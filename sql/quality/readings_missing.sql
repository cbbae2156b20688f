-- One row per version of an article that no rules ever read. Fault: run `dateline reread`, and report it.
select a.article_id || ' version ' || a.version as fault
from article_facts as a
where
    a.day >= $run_since
    and ($run_id::varchar is null or a.run_id = $run_id)
    and not exists (
        select 1
        from reading_facts as r
        where r.day >= $run_since and r.day = a.day and r.article_id = a.article_id and r.version = a.version
    )
order by fault
