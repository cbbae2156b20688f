-- One row per topic tag of an article's current reading; low confidence is no tag and is left out.
create or replace view topics as
select
    t.day,                        -- day of the article
    t.article_id,                 -- the article
    t.version,                    -- its version
    t.topic,                      -- id of the topic; see topic_definitions
    split_part(t.topic, '.', 1) as root, -- conflict or diplomacy
    t.iptc,                       -- IPTC Media Topic
    t.plover,                     -- PLOVER category
    t.score,                      -- sum of the evidence after context
    t.confidence,                 -- high or medium
    t.rules_version               -- rules that tagged it
from topic_facts as t
inner join readings as r
    on r.day = t.day and r.article_id = t.article_id and r.version = t.version and r.rules_version = t.rules_version
where t.confidence <> 'low';
