-- One row per mention of a person in a reading.
create table actor_facts (
    day date not null,            -- day of the article
    article_id varchar not null,  -- the article
    version integer not null,     -- its version
    rules_version varchar not null, -- the rules that read it
    name varchar not null,        -- the person
    role varchar,                 -- role as the text gives it
    country varchar,              -- country of the role
    organisation varchar,         -- organisation of the role
    inferred varchar[],           -- fields that a lexicon supplied
    start_char integer not null,  -- first character of the mention
    end_char integer not null,    -- character after the last
    text varchar not null         -- the words
);
alter table actor_facts set partitioned by (day);
