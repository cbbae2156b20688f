-- One row per name of a meeting in the ledger, with each id that it has or had; of one without a name, per id.
create or replace view meeting_names as
with named as (
    select meeting_id, list_filter(list_append(aliases, name), lambda one: one is not null) as names
    from meeting_facts
),

called as (
    select meeting_id, unnest(case when len(names) > 0 then names else [null] end) as name
    from named
)

select distinct
    coalesce(r.into_id, c.meeting_id) as meeting_id, -- the meeting
    c.meeting_id as known_id,     -- an id of it: its own, or that of one which was merged into it
    c.name                        -- a name that wires gave it
from called as c
left join rulings as r on r.action = 'merge' and r.meeting_id = c.meeting_id;
