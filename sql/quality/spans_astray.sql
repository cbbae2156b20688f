-- One row per article whose evidence lies outside its text or is other words. Fault: please report it, then `dateline reread`.
with checked as (
    select r.day, r.article_id, r.version, r.rules_version, a.title, a.text
    from reading_facts as r
    inner join article_facts as a on a.day = r.day and a.article_id = r.article_id and a.version = r.version
    where
        r.day >= $run_since
        and a.day >= $run_since
        and ($run_id::varchar is null or r.run_id = $run_id)
),

spans as (
    select 'evidence' as kind, day, article_id, version, rules_version, field, start_char, end_char, text as words
    from evidence_facts
    where day >= $run_since
    union all
    select 'person', day, article_id, version, rules_version, 'text', start_char, end_char, text
    from actor_facts
    where day >= $run_since
    union all
    select 'quote', day, article_id, version, rules_version, 'text', start_char, end_char, text
    from quote_facts
    where day >= $run_since
    union all
    select 'citation', day, article_id, version, rules_version, 'text', start_char, end_char, text
    from citation_facts
    where day >= $run_since
    union all
    select 'claim', day, article_id, version, rules_version, 'text', start_char, end_char, sentence
    from claim_facts
    where day >= $run_since
)

select c.article_id || ' ' || s.kind || ' at ' || min(s.start_char) as fault
from checked as c
inner join spans as s
    on s.day = c.day and s.article_id = c.article_id and s.version = c.version and s.rules_version = c.rules_version
where
    s.start_char < 0
    or s.end_char <= s.start_char
    or s.end_char - s.start_char <> length(s.words)
    or substring(case s.field when 'title' then c.title else c.text end, s.start_char + 1, s.end_char - s.start_char)
    is distinct from s.words
group by c.article_id, s.kind
order by fault
