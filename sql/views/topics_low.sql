-- One row per topic that stayed just under its threshold in an article's current reading.
create or replace view topics_low as
select
    t.day,                        -- day of the article
    t.article_id,                 -- the article
    t.version,                    -- its version
    t.topic,                      -- id of the topic
    t.score,                      -- sum of the evidence after context
    t.rules_version               -- rules that read it
from topic_facts as t
inner join readings as r
    on r.day = t.day and r.article_id = t.article_id and r.version = t.version and r.rules_version = t.rules_version
where t.confidence = 'low';
