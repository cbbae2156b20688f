-- One row per sentence that tells of a meeting, in order of publication; of all days, since the ledger is small.
create or replace macro summit_timeline(
    meeting                       -- the beginning of its id, also of one that was merged into it; or a name of it
) as table
with wanted as (
    select distinct m.meeting_id
    from meeting_names as m
    where starts_with(m.known_id, lower(meeting)) or lower(m.name) = lower(meeting)
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
left join article_versions as a on a.day = c.day and a.article_id = c.article_id and a.version = c.version
left join wires as w on w.wire_id = c.wire_id
order by c.meeting_id, c.published_at, c.article_id, c.start_char;
