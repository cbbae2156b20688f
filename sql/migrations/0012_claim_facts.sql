-- One row per sentence of an article that tells of a meeting, with what the article says of that meeting.
create table claim_facts (
    day date not null,            -- day of the article
    article_id varchar not null,  -- the article
    version integer not null,     -- its version
    rules_version varchar not null, -- the rules that read it
    seq integer not null,         -- which meeting of the article, from 0
    wire_id varchar not null,     -- the wire
    origin varchar not null,      -- whose reporting it is
    published_at timestamptz not null, -- when the story was published
    kind varchar not null,        -- summit, ministerial, talks, visit, call or conference
    format varchar not null,      -- bilateral, trilateral, multilateral or organisation
    name varchar,                 -- proper name, as written
    organisation varchar,         -- organisation whose meeting it is
    edition varchar,              -- ordinal or year, as written
    parties varchar[],            -- countries that take part
    host varchar,                 -- country that hosts or chairs
    actors varchar[],             -- persons who take part
    place varchar,                -- place, as precisely as the text says
    place_region varchar,         -- region of the place
    place_country varchar,        -- country of the place
    place_precision varchar,      -- city, region or country
    from_day date,                -- first day of the window
    to_day date,                  -- last day of the window
    date_precision varchar,       -- day, week, part of month, month, season or year
    status varchar not null,      -- proposed, planned, ongoing, held, postponed, cancelled or ruled_out
    confidence varchar not null,  -- high, medium or low
    inferred varchar[],           -- fields that no words of the text say
    start_char integer not null,  -- first character of the sentence
    end_char integer not null,    -- character after the last
    sentence varchar not null     -- the sentence
);
alter table claim_facts set partitioned by (day);
