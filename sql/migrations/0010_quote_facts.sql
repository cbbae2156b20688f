-- One row per quotation in a reading.
create table quote_facts (
    day date not null,            -- day of the article
    article_id varchar not null,  -- the article
    version integer not null,     -- its version
    rules_version varchar not null, -- the rules that read it
    kind varchar not null,        -- direct, indirect or mixed
    text varchar not null,        -- the words said or reported
    start_char integer not null,  -- first character
    end_char integer not null,    -- character after the last
    speaker varchar,              -- who said it
    speaker_text varchar,         -- the words that name the speaker
    verb varchar,                 -- verb of saying
    about varchar[]               -- persons and countries named in it
);
alter table quote_facts set partitioned by (day);
