-- One row per key that stands twice in a table. Fault: something wrote past the lock; please report it.
with held as (
    select 'article' as kind, article_id as key, version::varchar as part, run_id
    from article_facts
    where day >= $since
    union all
    select 'reading', article_id, version || ' ' || rules_version, run_id
    from reading_facts
    where day >= $since
    union all
    select 'item', item_id, null, run_id
    from item_facts
    where day >= $since
    union all
    select 'meeting', meeting_id, revision::varchar, run_id
    from meeting_facts
    where day >= $since
    union all
    select 'alert', alert_id, null, run_id
    from alert_facts
    where day >= $since
    union all
    select 'commit', seq::varchar, null, null -- twice: `changes_since` may have left out the later one
    from commit_facts
    where committed_at >= $since
)

select concat_ws(' ', kind, key, part) as fault
from held
where
    $run_id::varchar is null
    or kind = 'commit'
    or (kind, key) in (select (o.kind, o.key) from held as o where o.run_id = $run_id)
group by kind, key, part
having count(*) > 1
order by fault
