-- One row per thing added to the public relations since a cursor, for a load downstream: the next cursor is the greatest.
-- Exact, whatever a clock says and whoever commits late. Each commit takes the next number under the write lock, which it
-- holds until it is committed, and writes it into its rows: no row can come to be seen behind a number that was seen. (The
-- times in the lake are those of a pass's begin, and are no order of commits; DuckLake's snapshots go after 14 days.) The
-- files keep the bounds of the numbers in them, so that only those with newer rows are opened, and upkeep changes no number.
-- Take all rows of an answer, and keep its greatest cursor once they are loaded. Then no row is missed; after a load that
-- failed half-way rows come again, so load by id. A cursor that is not of this lake, as after a restore, is refused.
create or replace macro changes_since(
    cursor := ''                  -- the greatest cursor of the answer before; left out: from the beginning
) as table
with newer as (
    select
        g.kind, g.day, g.article_id, g.version, g.rules_version, g.meeting_id, g.revision, g.alert_id, g.recorded_at,
        g.cursor as place
    from changes as g
    where
        g.commit_seq > coalesce(try_cast(split_part(cursor, '-', 1) as bigint), -1)
        or (g.commit_seq is null and cursor = '')
    union all
    select null, null, null, null, null, null, null, null, null, null
    from (select count(*) as known from commits as k where k.cursor = cursor) as u
    where
        cursor not in ('', '000000000000')
        and case
            when u.known = 0
                then error(
                    'The cursor ' || left(cursor, 50 + u.known::integer) || ' is not of this lake, which was restored or made '
                    || 'anew; load everything again, from changes_since() on'
                ) is null
            else false
        end
)

select
    n.kind,                       -- article, version, reading, rules, copy, withdrawal, return, meeting, ruling, alert, forgotten
    n.day,                        -- partition of the row: day of the article, meeting, ruling or alert
    n.article_id,                 -- the article
    n.version,                    -- its version
    n.rules_version,              -- reading: rules that read it; rules: those whose readings are the day's from here on
    n.meeting_id,                 -- the meeting; of a ruling, the one that was merged away or split
    n.revision,                   -- meeting: 1, 2, ... ; the highest is the meeting as it stands
    n.alert_id,                   -- the alert
    n.recorded_at,                -- when it was committed; empty for what is older than the numbers of commits
    n.place as cursor             -- the place behind its commit
from newer as n
order by n.place, n.kind, n.day, n.article_id, n.version, n.meeting_id, n.revision, n.alert_id;
