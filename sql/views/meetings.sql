-- One row per meeting in the ledger, whatever the wires call it, as it stands now.
create or replace view meetings as
select
    day,                          -- UTC day on which it was opened
    meeting_id,                   -- id; survives corrections, rereads and new rules
    kind,                         -- summit, ministerial, talks, visit, call or conference
    format,                       -- bilateral, trilateral, multilateral or organisation
    name,                         -- proper name, where a wire gives one
    aliases,                      -- other names
    organisation,                 -- organisation whose meeting it is
    edition,                      -- ordinal or year, as written
    parties,                      -- countries that take part; empty at an organisation's meeting
    host,                         -- country that hosts or chairs, where a text says so
    actors,                       -- persons who take part
    place,                        -- place, as precisely as the texts say
    place_region,                 -- region of the place
    place_country,                -- country of the place
    place_precision,              -- city, region or country
    from_day,                     -- first day of the window
    to_day,                       -- last day of the window
    date_precision,               -- day, week, part of month, month, season or year
    status,                       -- by the latest word; withdrawn without claims
    confidence,                   -- of its best claim
    needs_review,                 -- true where an analyst must decide
    disputed,                     -- fields on which the latest words of two independent origins contradict each other
    first_seen,                   -- publication of its first claim
    last_seen,                    -- publication of its latest claim
    wires,                        -- wires that carry it
    origins,                      -- independent origins among them
    claims                        -- sentences behind it; see meeting_claims
from ledger_on('9999-12-30');
