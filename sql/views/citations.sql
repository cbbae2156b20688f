-- One row per source that an article's current reading leans on.
create or replace view citations as
select
    c.day,                        -- day of the article
    c.article_id,                 -- the article
    c.version,                    -- its version
    c.source,                     -- the source
    c.kind,                       -- outlet, agency, official or document
    c.text,                       -- the words that credit it
    c.start_char,                 -- first character
    c.end_char,                   -- character after the last
    c.rules_version               -- rules that read it
from citation_facts as c
inner join readings as r
    on r.day = c.day and r.article_id = c.article_id and r.version = c.version and r.rules_version = c.rules_version;
