-- One row per alert, with the sentence that proves it and where it went.
create or replace view alerts as
with went as (
    select
        alert_id,
        list(distinct channel order by channel) filter (where outcome = 'sent') as delivered_to,
        bool_or(outcome = 'sent') as is_delivered
    from deliveries
    group by alert_id
),

behind as (
    select distinct meeting_id
    from meeting_claims
)

select
    a.day,                        -- UTC day on which it was raised
    a.alert_id,                   -- id, and idempotency key of its deliveries
    a.kind,                       -- summit.new and others
    coalesce(m.into_id, a.meeting_id) as meeting_id, -- the meeting it is about; one that was merged, the survivor
    a.wire_id,                    -- wire of the story, or the wire it is about
    a.value,                      -- what the subject entered: new, a status, place, date, withdrawn, broken, silent
    a.before,                     -- what stood before: the former status, place or window, or the words taken back
    a.article_id,                 -- the story that proves it
    a.article_day,                -- day of that story
    a.article_url,                -- its address
    a.wire,                       -- name of its wire
    a.title,                      -- its headline
    a.sentence,                   -- the sentence that proves it
    a.start_char,                 -- first character of the sentence
    a.end_char,                   -- character after the last
    a.name,                       -- name of the meeting, else of the organisation whose summit it is
    a.organisation,               -- organisation whose meeting it is
    a.parties,                    -- its parties when the alert was raised
    a.place,                      -- its place then
    a.place_region,               -- region of the place
    a.place_country,              -- country of the place
    a.place_precision,            -- city, region or country
    a.from_day,                   -- first day of its window then
    a.to_day,                     -- last day of its window then
    a.status,                     -- its status then; withdrawn where a correction took back the last story that told of it
    a.confidence,                 -- of its best claim then: high, medium or low
    a.wires,                      -- wires that carried it then
    a.origins,                    -- independent origins among them
    a.sources,                    -- these in words, as "Norvik Press" or "Lumen citing Axios"
    a.sides,                      -- parties whose own wires carried it then
    coalesce(a.step, 1) as step,  -- which alert about its meeting or wire it is: 1, 2, ...
    a.raised_at,                  -- when it was raised
    a.is_first_load,              -- true where it came with a feed's first poll
    a.version,                    -- version of the story
    (
        a.meeting_id is null or a.kind = 'summit.retracted' or b.meeting_id is not null
    ) as stands,                  -- false once no current reading speaks of it
    coalesce(w.is_delivered, false) as is_delivered, -- true once a channel took it
    coalesce(w.delivered_to, []) as delivered_to -- channels that took it
from alert_facts as a
left join rulings as m on m.meeting_id = a.meeting_id and m.action = 'merge'
left join behind as b on b.meeting_id = coalesce(m.into_id, a.meeting_id)
left join went as w on w.alert_id = a.alert_id;
