-- One row per part of a reading without the rows that belong to it. Fault: please report it, then `dateline reread`.
with checked as (
    select r.day, r.article_id, r.version, r.rules_version
    from reading_facts as r
    where r.day >= $run_since and ($run_id::varchar is null or r.run_id = $run_id)
),

tagged as (
    select t.day, t.article_id, t.version, t.rules_version, t.topic
    from topic_facts as t
    inner join checked as c
        on c.day = t.day and c.article_id = t.article_id and c.version = t.version and c.rules_version = t.rules_version
    where t.day >= $run_since and t.confidence <> 'low'
),

claimed as (
    select k.day, k.article_id, k.version, k.rules_version, k.seq
    from claim_facts as k
    inner join checked as c
        on c.day = k.day and c.article_id = k.article_id and c.version = k.version and c.rules_version = k.rules_version
    where k.day >= $run_since
)

select t.article_id || ' has the tag ' || t.topic || ' without evidence' as fault
from tagged as t
where
    t.topic like '%.%' -- a root stands because a child does
    and not exists (
        select 1
        from evidence_facts as e
        where
            e.day >= $run_since and e.day = t.day and e.article_id = t.article_id and e.version = t.version
            and e.rules_version = t.rules_version and e.topic = t.topic
    )
union all
select distinct k.article_id || ' has a claim that the ledger did not decide on'
from claimed as k
where not exists (
    select 1
    from decision_facts as d
    where
        d.day >= $run_since and d.day = k.day and d.article_id = k.article_id and d.version = k.version
        and d.rules_version = k.rules_version and d.seq = k.seq
)
order by fault
