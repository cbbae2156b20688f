-- One row per mention of a person whose name has these words, the newest first.
create or replace macro mentions_of(
    person,                       -- whole words of the name, whatever their case and accents
    since := ''                   -- first day; left out: 7 days ago
) as table
select
    a.day,                        -- day of the article
    v.published_at,               -- time of its publication
    v.wire,                       -- name of its wire
    a.name,                       -- the person
    a.role,                       -- role as the text gives it
    a.country,                    -- country of the role
    regexp_replace(regexp_replace(
        case when a.start_char < 80 then ' ' else '' end -- before the first word of the text nothing is cut
        || substring(v.text, greatest(a.start_char - 79, 1), least(a.start_char, 80) + a.end_char - a.start_char + 80)
        || case when a.end_char + 80 >= length(v.text) then ' ' else '' end,
        '^\S*\s+|\s+\S*$', '', 'g'
    ), '\s+', ' ', 'g') as context,                 -- the words around the mention, 80 characters on either side
    v.title,                      -- headline
    v.url,                        -- address of the story
    a.article_id                  -- the article
from actors as a
inner join article_versions as v on v.day = a.day and v.article_id = a.article_id and v.version = a.version
where a.day >= coalesce(nullif(since::varchar, '')::date, current_date - 7) and has_words(a.name, person)
order by a.day desc, v.published_at desc, a.article_id, a.start_char;
