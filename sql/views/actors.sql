-- One row per mention of a person in an article's current reading.
create or replace view actors as
select
    a.day,                        -- day of the article
    a.article_id,                 -- the article
    a.version,                    -- its version
    a.name,                       -- the person
    a.role,                       -- role as the text gives it
    a.country,                    -- country of the role
    a.organisation,               -- organisation of the role
    a.inferred,                   -- fields that a lexicon supplied
    a.text,                       -- the words of this mention
    a.start_char,                 -- first character
    a.end_char,                   -- character after the last
    a.rules_version               -- rules that read it
from actor_facts as a
inner join readings as r
    on r.day = a.day and r.article_id = a.article_id and r.version = a.version and r.rules_version = a.rules_version;
