-- One row per meeting in the ledger, whatever the wires call it, as it stands now.
create or replace view meetings as
with latest as (
    select *
    from meeting_facts
    where meeting_id not in (select meeting_id from rulings where action = 'merge')
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
),

-- The latest word of each origin, where two independent ones contradict each other within a day.
words as (
    select *
    from meeting_claims
    qualify row_number() over (partition by meeting_id, origin order by published_at desc, seq) = 1
),

contradicted as (
    select
        a.meeting_id,
        bool_or(a.place_precision = 'city' and b.place_precision = 'city' and a.place <> b.place) as place,
        bool_or(
            a.date_precision = 'day' and b.date_precision = 'day'
            and (a.from_day > b.to_day or b.from_day > a.to_day)
        ) as date,
        bool_or(
            a.status in ('held', 'ongoing') and b.status in ('cancelled', 'postponed', 'ruled_out')
            or b.status in ('held', 'ongoing') and a.status in ('cancelled', 'postponed', 'ruled_out')
        ) as status
    from words as a
    inner join words as b on b.meeting_id = a.meeting_id and b.origin > a.origin
    where b.published_at between a.published_at - interval 1 day and a.published_at + interval 1 day
    group by a.meeting_id
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
    list_filter(
        [
            case when c.place then 'place' end,
            case when c.date then 'date' end,
            case when c.status then 'status' end
        ],
        lambda field: field is not null
    ) as disputed,                -- fields on which the latest words of two independent origins contradict each other
    m.first_seen,                 -- publication of its first claim
    m.last_seen,                  -- publication of its latest claim
    coalesce(b.wires, 0) as wires, -- wires that carry it
    coalesce(b.origins, 0) as origins, -- independent origins among them
    coalesce(b.claims, 0) as claims -- sentences behind it; see meeting_claims
from latest as m
left join behind as b on b.meeting_id = m.meeting_id
left join contradicted as c on c.meeting_id = m.meeting_id;
