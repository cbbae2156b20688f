-- One row per meeting that came into the ledger between the ends of two days, and per field of one that changed.
create or replace macro ledger_between(
    from_day,                     -- the day after whose end the changes begin (UTC)
    to_day                        -- the last day of the changes
) as table
with former as (
    select * from ledger_on(from_day)
),

latter as (
    select * from ledger_on(to_day)
),

told as (
    select
        l.meeting_id,
        unnest([
            {'field': 'kind', 'before': f.kind, 'after': l.kind},
            {'field': 'name', 'before': f.name, 'after': l.name},
            {'field': 'organisation', 'before': f.organisation, 'after': l.organisation},
            {
                'field': 'parties',
                'before': array_to_string(list_sort(f.parties), ', '),
                'after': array_to_string(list_sort(l.parties), ', ')
            },
            {'field': 'host', 'before': f.host, 'after': l.host},
            {
                'field': 'place',
                'before': concat_ws(', ', f.place, nullif(f.place_country, f.place)),
                'after': concat_ws(', ', l.place, nullif(l.place_country, l.place))
            },
            {
                'field': 'days',
                'before': concat_ws(' to ', f.from_day, nullif(f.to_day, f.from_day)),
                'after': concat_ws(' to ', l.from_day, nullif(l.to_day, l.from_day))
            },
            {'field': 'status', 'before': f.status, 'after': l.status},
            {
                'field': 'disputed',
                'before': array_to_string(f.disputed, ', '),
                'after': array_to_string(l.disputed, ', ')
            }
        ]) as one
    from latter as l
    inner join former as f on f.meeting_id = l.meeting_id
),

changed as (
    select 'new' as change, l.meeting_id, null as field, null as before, l.status as since_then
    from latter as l
    where l.meeting_id not in (select f.meeting_id from former as f)
    union all
    select 'changed', t.meeting_id, t.one.field, nullif(t.one.before, ''), nullif(t.one.after, '')
    from told as t
    where coalesce(t.one.before, '') <> coalesce(t.one.after, '')
    union all
    select 'merged', f.meeting_id, null, f.status, r.into_id
    from former as f
    inner join rulings as r on r.action = 'merge' and r.meeting_id = f.meeting_id
    where f.meeting_id not in (select l.meeting_id from latter as l)
)

select
    c.change,                     -- new, changed, or merged (into another)
    coalesce(m.name, m.organisation, nullif(array_to_string(m.parties, ' - '), '')) as meeting, -- its name, else who meets
    m.kind,                       -- summit, ministerial, talks, visit, call or conference
    c.field,                      -- changed: kind, name, organisation, parties, host, place, days, status or disputed
    c.before,                     -- what stood at the end of from_day
    c.since_then as after,        -- what stands at the end of to_day; new: its status; merged: the id of the other
    m.day,                        -- UTC day on which it was opened
    c.meeting_id                  -- the meeting
from changed as c
inner join (select * from latter union all by name select * from former) as m on m.meeting_id = c.meeting_id
qualify row_number() over (partition by c.meeting_id, c.change, c.field order by m.last_seen desc) = 1
order by c.change desc, meeting, c.meeting_id, c.field;
