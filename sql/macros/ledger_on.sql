-- One row per meeting in the ledger as it stood at the end of a day, by the texts, rules and rulings of that day.
-- Of all days, since the ledger is small. The columns are those of `meetings`. What was forgotten is not in the past either.
create or replace macro ledger_on(
    on_day                        -- the day whose end is asked (UTC)
) as table
with ruled as (
    select g.action, g.meeting_id, g.article_id, g.into_id
    from ruling_facts as g
    where g.ruled_at < on_day::date + interval 1 day
    qualify row_number() over (partition by g.action, g.meeting_id, g.article_id order by g.ruled_at desc) = 1
),

latest as (
    select f.*
    from meeting_facts as f
    where
        f.changed_at < on_day::date + interval 1 day
        and f.meeting_id not in (select g.meeting_id from ruled as g where g.action = 'merge')
    qualify row_number() over (partition by f.day, f.meeting_id order by f.revision desc) = 1
),

active as (
    select x.day, arg_max(x.rules_version, x.activated_at) as rules_version
    from activation_facts as x
    where x.activated_at < on_day::date + interval 1 day
    group by x.day
),

-- Readings of articles that tell of meetings; the others, which are most, need no fold.
reading as (
    select r.day, r.article_id, r.version, r.rules_version
    from reading_facts as r
    semi join claim_facts as c on c.day = r.day and c.article_id = r.article_id
    left join active as x on x.day = r.day
    where r.read_at < on_day::date + interval 1 day
    qualify row_number() over (
        partition by r.day, r.article_id
        order by r.version desc, (r.rules_version is not distinct from x.rules_version) desc, r.read_at desc
    ) = 1
),

retracted as (
    select v.day, v.article_id
    from visit_facts as v
    where v.visited_at < on_day::date + interval 1 day and v.result in ('stored', 'changed', 'same', 'withdrawn')
    group by v.day, v.article_id
    having
        max(v.visited_at) filter (where v.result = 'withdrawn' and v.reason = 'notice')
        >= coalesce(max(v.visited_at) filter (where v.result <> 'withdrawn'), timestamptz '1970-01-01')
),

claims as (
    select
        coalesce(m2.into_id, s.into_id, m.into_id, d.meeting_id) as meeting_id,
        c.article_id, c.seq, c.wire_id, c.origin, c.published_at, c.place, c.place_precision, c.from_day, c.to_day,
        c.date_precision, c.status
    from claim_facts as c
    inner join reading as r
        on r.day = c.day and r.article_id = c.article_id and r.version = c.version and r.rules_version = c.rules_version
    inner join decision_facts as d
        on d.day = c.day and d.article_id = c.article_id and d.version = c.version
        and d.rules_version = c.rules_version and d.seq = c.seq
    anti join retracted as t on t.day = c.day and t.article_id = c.article_id
    left join ruled as m on m.action = 'merge' and m.meeting_id = d.meeting_id
    left join ruled as s
        on s.action = 'split' and s.meeting_id = coalesce(m.into_id, d.meeting_id) and s.article_id = d.article_id
    left join ruled as m2 on m2.action = 'merge' and m2.meeting_id = s.into_id
    where d.decided_at < on_day::date + interval 1 day
),

behind as (
    select c.meeting_id, count(*) as claims, count(distinct c.wire_id) as wires, count(distinct c.origin) as origins
    from claims as c
    group by c.meeting_id
),

-- Most meetings are told alike, and no two words of theirs need be compared.
differing as (
    select c.meeting_id
    from claims as c
    group by c.meeting_id
    having
        min(c.origin) < max(c.origin)
        and (
            min(c.place) filter (where c.place_precision = 'city') < max(c.place) filter (where c.place_precision = 'city')
            or max(c.from_day) filter (where c.date_precision = 'day') > min(c.to_day) filter (where c.date_precision = 'day')
            or (
                bool_or(c.status in ('held', 'ongoing'))
                and bool_or(c.status in ('cancelled', 'postponed', 'ruled_out'))
            )
        )
),

-- The latest word of each origin; two of a day can contradict each other.
words as (
    select
        c.meeting_id, c.origin, max(c.published_at) as published_at,
        arg_max(
            {
                'place': case when c.place_precision = 'city' then c.place end,
                'from_day': case when c.date_precision = 'day' then c.from_day end,
                'to_day': case when c.date_precision = 'day' then c.to_day end,
                'status': c.status
            },
            (c.published_at, -c.seq)
        ) as told
    from claims as c
    semi join differing as d on d.meeting_id = c.meeting_id
    group by c.meeting_id, c.origin
),

contradicted as (
    select
        a.meeting_id,
        bool_or(a.told.place <> b.told.place) as place,
        bool_or(a.told.from_day > b.told.to_day or b.told.from_day > a.told.to_day) as date,
        bool_or(
            a.told.status in ('held', 'ongoing') and b.told.status in ('cancelled', 'postponed', 'ruled_out')
            or b.told.status in ('held', 'ongoing') and a.told.status in ('cancelled', 'postponed', 'ruled_out')
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
left join contradicted as c on c.meeting_id = m.meeting_id
order by m.last_seen desc, m.meeting_id;
