-- One row per pair of articles of which one repeats the other's text.
create table copy_facts (
    day date not null,            -- day of the later article
    article_id varchar not null,  -- the later article
    version integer not null,     -- its version
    wire_id varchar not null,     -- its wire
    of_article_id varchar not null, -- the article whose text it repeats
    of_day date not null,         -- day of that article
    of_wire_id varchar not null,  -- wire of that article
    similarity double not null,   -- share of the smaller text that both have, 0 to 1
    found_at timestamptz not null -- when it was noticed
);
alter table copy_facts set partitioned by (day);
