-- One row per correction: a version of an article after its first, with what it changed.
create or replace view corrections as
with told as (
    select
        day, article_id, version, wire_id, wire, url, title, text, change, fetched_at,
        lag(title) over versions as title_before,
        lag(text) over versions as text_before,
        string_split(text, chr(10)) as lines,
        string_split(lag(text) over versions, chr(10)) as lines_before
    from article_versions
    window versions as (partition by day, article_id order by version)
)
select
    day,                          -- UTC day of the first sight; bound questions by it
    article_id,                   -- the article
    version,                      -- 2, 3, ...
    wire_id,                      -- the wire
    wire,                         -- name of the wire
    url,                          -- canonical address
    change,                       -- title, text, both, or fuller where a stub became the story
    fetched_at as corrected_at,   -- when the new text was fetched
    title_before,                 -- headline before
    title,                        -- headline since
    list_filter(
        string_split(text_before, chr(10)),
        lambda line: line <> '' and not list_contains(string_split(text, chr(10)), line)
    ) as removed,                 -- paragraphs that are gone, as they were
    list_filter(
        string_split(text, chr(10)),
        lambda line: line <> '' and not list_contains(string_split(text_before, chr(10)), line)
    ) as added,                   -- paragraphs that are new, as they are
    length(text) - length(text_before) as characters_added -- how much longer it became
from told
where version > 1;
