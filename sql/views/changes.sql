-- One row per thing that was added to the public relations: which, in which partition, by which commit.
create or replace view changes as
with added as (
    select
        case when version = 1 then 'article' else 'version' end as kind,
        day, article_id, version, null as rules_version, null as meeting_id, null as revision, null as alert_id, commit_seq
    from article_facts
    union all by name
    select 'reading' as kind, day, article_id, version, rules_version, commit_seq from reading_facts
    union all by name
    select 'rules' as kind, day, rules_version, commit_seq from activation_facts
    union all by name
    select 'copy' as kind, day, article_id, version, commit_seq from copy_facts
    union all by name
    select 'withdrawal' as kind, day, article_id, version, commit_seq
    from visit_facts
    where result = 'withdrawn'
    union all by name
    select 'return' as kind, v.day, v.article_id, v.version, v.commit_seq
    from visit_facts as v
    where
        v.result in ('stored', 'changed', 'same')
        and exists (
            select 1
            from visit_facts as w
            where w.day = v.day and w.article_id = v.article_id and w.result = 'withdrawn' and w.visited_at < v.visited_at
        )
    union all by name
    select 'meeting' as kind, day, meeting_id, revision, commit_seq from meeting_facts
    union all by name
    select 'ruling' as kind, day, meeting_id, nullif(article_id, '') as article_id, commit_seq from ruling_facts
    union all by name
    select 'alert' as kind, day, alert_id, meeting_id, article_id, version, commit_seq from alert_facts
    union all by name
    select 'forgotten' as kind, day, article_id, commit_seq from forget_facts
)

select
    a.kind,                       -- article, version, reading, rules, copy, withdrawal, return, meeting, ruling, alert, forgotten
    a.day,                        -- partition of the row: day of the article, meeting, ruling or alert
    a.article_id,                 -- the article
    a.version,                    -- its version
    a.rules_version,              -- reading: rules that read it; rules: those whose readings are the day's from here on
    a.meeting_id,                 -- the meeting; of a ruling, the one that was merged away or split
    a.revision,                   -- meeting: 1, 2, ... ; the highest is the meeting as it stands
    a.alert_id,                   -- the alert
    c.committed_at as recorded_at, -- when it was committed; empty for what is older than the numbers of commits
    coalesce(c.cursor, '000000000000') as cursor, -- the place behind its commit; ask `changes_since` with the greatest
    a.commit_seq                  -- number of its commit; bound questions by it, or by day
from added as a
left join commits as c on c.seq = a.commit_seq;
