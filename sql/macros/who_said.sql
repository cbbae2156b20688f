-- One row per quotation that has these words, by this speaker, about this person or country: what is left out is not asked.
create or replace macro who_said(
    words := '',                  -- whole words of the quotation
    speaker := '',                -- whole words of the speaker's name
    about := '',                  -- a person or country that it names
    since := ''                   -- first day; left out: 7 days ago
) as table
select
    q.day,                        -- day of the article
    a.published_at,               -- time of its publication
    a.wire,                       -- name of its wire
    q.speaker,                    -- who said it
    q.kind,                       -- direct, indirect or mixed
    q.text,                       -- the words said or reported
    q.about,                      -- persons and countries named in it
    a.title,                      -- headline
    a.url,                        -- address of the story
    q.article_id                  -- the article
from quotes as q
inner join articles as a on a.day = q.day and a.article_id = q.article_id
where
    q.day >= coalesce(nullif(since::varchar, '')::date, current_date - 7)
    and (words = '' or has_words(q.text, words))
    and (speaker = '' or has_words(q.speaker, speaker))
    and (
        about = ''
        or has_words(array_to_string(q.about, ' | '), about)
        or list_contains(q.about, country_code(about))
    )
order by q.day desc, a.published_at desc, q.article_id, q.start_char;
