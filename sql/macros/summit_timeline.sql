-- One row per sentence that tells of a meeting, in order of publication; of all days, since the ledger is small.
create or replace macro summit_timeline(
    meeting                       -- the beginning of its id, also of one that was merged into it; or its name
) as table
with wanted as (
    select m.meeting_id
    from meetings as m
    where starts_with(m.meeting_id, lower(meeting)) or lower(m.name) = lower(meeting)
    union
    select r.into_id
    from rulings as r
    where r.action = 'merge' and starts_with(r.meeting_id, lower(meeting))
)

select
    c.published_at,               -- when the story was published
    coalesce(w.name, c.wire_id) as wire, -- name of its wire
    c.origin,                     -- whose reporting it is
    c.status,                     -- status by this story
    c.place,                      -- place by this story
    c.from_day,                   -- first day by this story
    c.to_day,                     -- last day by this story
    c.sentence,                   -- the sentence
    a.title,                      -- headline
    a.url,                        -- address of the story
    c.action,                     -- what the ledger did: open, attach or review
    c.day,                        -- day of the article
    c.article_id,                 -- the article
    c.meeting_id                  -- the meeting
from meeting_claims as c
inner join wanted as m on m.meeting_id = c.meeting_id
left join articles as a on a.day = c.day and a.article_id = c.article_id
left join wires as w on w.wire_id = c.wire_id
order by c.meeting_id, c.published_at, c.article_id, c.start_char;
