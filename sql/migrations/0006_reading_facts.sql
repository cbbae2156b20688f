-- One row per reading: one version of an article under one version of the rules.
create table reading_facts (
    day date not null,            -- day of the article
    article_id varchar not null,  -- the article
    version integer not null,     -- its version
    rules_version varchar not null, -- the rules that read it
    read_at timestamptz not null, -- when it was read
    run_id varchar not null,      -- the pass that read it
    lang varchar,                 -- language of the text
    is_read boolean not null,     -- false where no rules know the language
    cities varchar[],             -- dateline: cities
    region varchar,               -- dateline: region as written
    country varchar,              -- dateline: country
    filed_on date,                -- dateline: day
    agency varchar,               -- dateline: agency
    start_char integer,           -- dateline: first character
    end_char integer,             -- dateline: character after the last
    body_start integer not null,  -- where the prose begins
    inferred varchar[]            -- parts of the dateline that the text does not say
);
alter table reading_facts set partitioned by (day);
