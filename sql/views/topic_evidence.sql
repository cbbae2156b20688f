-- One row per phrase that speaks for a topic in an article's current reading.
create or replace view topic_evidence as
select
    e.day,                        -- day of the article
    e.article_id,                 -- the article
    e.version,                    -- its version
    e.topic,                      -- the topic it speaks for
    e.field,                      -- title or text
    e.zone,                       -- title, lead, body or background
    e.start_char,                 -- first character within the field
    e.end_char,                   -- character after the last
    e.text,                       -- the words
    e.rule,                       -- the rule that found them
    e.weight,                     -- what they weigh there
    e.rules_version               -- rules that read it
from evidence_facts as e
inner join readings as r
    on r.day = e.day and r.article_id = e.article_id and r.version = e.version and r.rules_version = e.rules_version;
