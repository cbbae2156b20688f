-- One row per topic that a reading found, low ones included.
create table topic_facts (
    day date not null,            -- day of the article
    article_id varchar not null,  -- the article
    version integer not null,     -- its version
    rules_version varchar not null, -- the rules that tagged it
    topic varchar not null,       -- our id of the topic
    iptc varchar,                 -- IPTC Media Topic
    plover varchar,               -- PLOVER category
    score double not null,        -- sum of the evidence after context
    confidence varchar not null   -- high or medium; low is under the threshold and no tag
);
alter table topic_facts set partitioned by (day);
