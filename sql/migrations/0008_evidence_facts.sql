-- One row per phrase that speaks for a topic.
create table evidence_facts (
    day date not null,            -- day of the article
    article_id varchar not null,  -- the article
    version integer not null,     -- its version
    rules_version varchar not null, -- the rules that found it
    topic varchar not null,       -- the topic it speaks for
    field varchar not null,       -- title or text
    zone varchar not null,        -- title, lead or body
    start_char integer not null,  -- first character within the field
    end_char integer not null,    -- character after the last
    text varchar not null,        -- the words
    rule varchar not null,        -- the rule that found them
    weight double not null        -- what they weigh there
);
alter table evidence_facts set partitioned by (day);
