-- One row per source that a reading leans on.
create table citation_facts (
    day date not null,            -- day of the article
    article_id varchar not null,  -- the article
    version integer not null,     -- its version
    rules_version varchar not null, -- the rules that read it
    source varchar not null,      -- the source
    kind varchar not null,        -- outlet, agency, official or document
    text varchar not null,        -- the words that credit it
    start_char integer not null,  -- first character
    end_char integer not null     -- character after the last
);
alter table citation_facts set partitioned by (day);
