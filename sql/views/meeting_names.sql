-- One row per name that a meeting in the ledger has now, with each id that leads to it; of one without a name, per id.
create or replace view meeting_names as
with latest as (
    select meeting_id, list_filter(list_append(aliases, name), lambda one: one is not null) as names
    from meeting_facts
    where meeting_id not in (select meeting_id from rulings where action = 'merge')
    qualify row_number() over (partition by day, meeting_id order by revision desc) = 1
),

called as (
    select meeting_id, unnest(case when len(names) > 0 then names else [null] end) as name
    from latest
),

known as (
    select meeting_id, meeting_id as known_id
    from latest
    union
    select into_id, meeting_id
    from rulings
    where action = 'merge'
)

select distinct
    c.meeting_id,                 -- the meeting
    k.known_id,                   -- an id of it: its own, or that of one which was merged into it
    c.name                        -- its name, or another that wires give it
from called as c
inner join known as k on k.meeting_id = c.meeting_id;
