-- One row per quotation in an article's current reading.
create or replace view quotes as
select
    q.day,                        -- day of the article
    q.article_id,                 -- the article
    q.version,                    -- its version
    q.kind,                       -- direct, indirect or mixed
    q.text,                       -- the words said or reported
    q.speaker,                    -- who said it
    q.speaker_text,               -- the words that name the speaker
    q.verb,                       -- verb of saying
    q.about,                      -- persons and countries named in it
    q.start_char,                 -- first character
    q.end_char,                   -- character after the last
    q.rules_version               -- rules that read it
from quote_facts as q
inner join readings as r
    on r.day = q.day and r.article_id = q.article_id and r.version = q.version and r.rules_version = q.rules_version;
