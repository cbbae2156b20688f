-- One row per change of a meeting in the ledger: the whole row as it stood after the change.
create table meeting_facts (
    day date not null,            -- day on which the meeting was opened
    meeting_id varchar not null,  -- the meeting
    revision integer not null,    -- 1, 2, ... ; the highest is the meeting as it stands
    changed_at timestamptz not null, -- when it changed
    run_id varchar not null,      -- the pass that changed it
    kind varchar not null,        -- summit, ministerial, talks, visit, call or conference
    format varchar not null,      -- bilateral, trilateral, multilateral or organisation
    name varchar,                 -- proper name
    aliases varchar[],            -- other names that wires give it
    organisation varchar,         -- organisation whose meeting it is
    edition varchar,              -- ordinal or year, as written
    parties varchar[],            -- countries that take part
    host varchar,                 -- country that hosts or chairs
    actors varchar[],             -- persons who take part
    place varchar,                -- place
    place_region varchar,         -- region of the place
    place_country varchar,        -- country of the place
    place_precision varchar,      -- city, region or country
    from_day date,                -- first day of the window
    to_day date,                  -- last day of the window
    date_precision varchar,       -- precision of the window
    status varchar not null,      -- status by the latest word
    confidence varchar not null,  -- of its best claim
    needs_review boolean not null, -- true where an analyst must decide
    first_seen timestamptz not null, -- publication of its first claim
    last_seen timestamptz not null, -- publication of its latest claim
    status_at timestamptz not null, -- publication of the claim that set the status
    window_at timestamptz,        -- publication of the claim that set the window
    is_told boolean not null      -- true once summit.new was raised
);
alter table meeting_facts set partitioned by (day);
