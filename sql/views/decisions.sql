-- One row per claim on which the ledger decided: to which meeting it belongs, by its own resolution and analysts' rulings.
create or replace view decisions as
with merged as (
    select meeting_id, into_id
    from rulings
    where action = 'merge'
),

split as (
    select meeting_id, article_id, into_id
    from rulings
    where action = 'split'
)

select
    d.day,                        -- day of the article
    d.article_id,                 -- the article
    d.version,                    -- its version
    d.rules_version,              -- rules that read it
    d.seq,                        -- which meeting of the article, from 0
    coalesce(m2.into_id, s.into_id, m.into_id, d.meeting_id) as meeting_id, -- the meeting that it belongs to now
    d.meeting_id as first_meeting_id, -- the meeting that the ledger chose
    d.action,                     -- what the ledger did: open, attach or review
    d.score,                      -- how well it fitted
    d.reason,                     -- why
    d.decided_at                  -- when
from decision_facts as d
left join merged as m on m.meeting_id = d.meeting_id
left join split as s on s.meeting_id = coalesce(m.into_id, d.meeting_id) and s.article_id = d.article_id
left join merged as m2 on m2.meeting_id = s.into_id;
