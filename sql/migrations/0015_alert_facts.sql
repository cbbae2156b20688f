-- One row per alert raised, with its proof.
create table alert_facts (
    day date not null,            -- UTC day on which it was raised
    alert_id varchar not null,    -- hash of kind, subject, value and n
    kind varchar not null,        -- summit.new and others
    meeting_id varchar,           -- the meeting it is about
    wire_id varchar,              -- the wire of the story, or the wire it is about
    value varchar not null,       -- what the subject entered
    article_id varchar not null,  -- the story that proves it
    article_day date not null,    -- day of that story
    version integer not null,     -- version of that story
    article_url varchar,          -- its address
    wire varchar not null,        -- name of the wire
    title varchar,                -- headline of the story
    sentence varchar not null,    -- the sentence that proves it
    start_char integer not null,  -- first character of the sentence
    end_char integer not null,    -- character after the last
    name varchar,                 -- name of the meeting, else of the organisation whose summit it is
    parties varchar[],            -- its parties when the alert was raised
    place varchar,                -- its place then
    place_region varchar,         -- region of the place
    place_country varchar,        -- country of the place
    place_precision varchar,      -- city, region or country
    from_day date,                -- first day of its window then
    to_day date,                  -- last day of its window then
    status varchar not null,      -- its status then
    wires integer not null,       -- wires that carried it then
    origins integer not null,     -- independent origins among them
    raised_at timestamptz not null, -- when it was raised
    run_id varchar not null,      -- the pass that raised it
    is_first_load boolean not null -- true where it came with a feed's first poll
);
alter table alert_facts set partitioned by (day);
