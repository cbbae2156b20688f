-- One row per wire that carries a meeting, the first one first; of all days, since the ledger is small.
create or replace macro wires_on(
    meeting                       -- the beginning of its id, also of one that was merged into it; or a name of it
) as table
with wanted as (
    select distinct m.meeting_id
    from meeting_names as m
    where starts_with(m.known_id, lower(meeting)) or lower(m.name) = lower(meeting)
),

told as (
    select
        c.meeting_id,
        c.wire_id,
        min(c.published_at) as first_at,
        count(distinct c.article_id) as stories,
        list(distinct c.origin order by c.origin) as origins,
        arg_max(c, (c.published_at, -c.start_char)) as latest
    from meeting_claims as c
    inner join wanted as m on m.meeting_id = c.meeting_id
    group by c.meeting_id, c.wire_id
)

select
    coalesce(w.name, t.wire_id) as wire, -- the wire
    w.country,                    -- its country
    t.first_at,                   -- publication of its first story
    date_diff('minute', min(t.first_at) over (partition by t.meeting_id), t.first_at) as minutes_behind, -- after the first wire
    t.stories,                    -- stories of it that tell of the meeting
    t.origins,                    -- whose reporting these are
    t.latest.status as status,    -- status by its latest story
    t.latest.place as place,      -- place by its latest story
    t.latest.from_day as from_day, -- first day by its latest story
    t.latest.sentence as sentence, -- the sentence of its latest story
    t.meeting_id                  -- the meeting
from told as t
left join wires as w on w.wire_id = t.wire_id
order by t.meeting_id, t.first_at, t.wire_id;
