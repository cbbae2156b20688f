-- One row per meeting in the ledger, whatever the wires call it, as it stands now.
create or replace view meetings as
with latest as (
    select *
    from meeting_facts
    qualify row_number() over (partition by day, meeting_id order by revision desc) = 1
),

behind as (
    select
        meeting_id,
        count(*) as claims,
        count(distinct wire_id) as wires,
        count(distinct origin) as origins
    from meeting_claims
    group by meeting_id
)

select
    m.day,                        -- UTC day on which it was opened
    m.meeting_id,                 -- id; survives corrections, rereads and new rules
    m.kind,                       -- summit, ministerial, talks, visit, call or conference
    m.format,                     -- bilateral, trilateral, multilateral or organisation
    m.name,                       -- proper name, where a wire gives one
    m.aliases,                    -- other names
    m.organisation,               -- organisation whose meeting it is
    m.edition,                    -- ordinal or year, as written
    m.parties,                    -- countries that take part; empty at an organisation's meeting
    m.host,                       -- country that hosts or chairs, where a text says so
    m.actors,                     -- persons who take part
    m.place,                      -- place, as precisely as the texts say
    m.place_region,               -- region of the place
    m.place_country,              -- country of the place
    m.place_precision,            -- city, region or country
    m.from_day,                   -- first day of the window
    m.to_day,                     -- last day of the window
    m.date_precision,             -- day, week, part of month, month, season or year
    case when b.claims is null then 'withdrawn' else m.status end as status, -- by the latest word; withdrawn without claims
    m.confidence,                 -- of its best claim
    m.needs_review,               -- true where an analyst must decide
    m.first_seen,                 -- publication of its first claim
    m.last_seen,                  -- publication of its latest claim
    coalesce(b.wires, 0) as wires, -- wires that carry it
    coalesce(b.origins, 0) as origins, -- independent origins among them
    coalesce(b.claims, 0) as claims -- sentences behind it; see meeting_claims
from latest as m
left join behind as b on b.meeting_id = m.meeting_id;
