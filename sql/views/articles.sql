-- One row per article: its latest version with its dateline.
create or replace view articles as
with latest as (
    select *
    from article_versions
    qualify row_number() over (partition by day, article_id order by version desc) = 1
)
select
    a.day,                        -- UTC day of the first sight; bound questions by it
    a.article_id,                 -- id; any unambiguous beginning will do in commands
    a.version,                    -- latest version
    a.wire_id,                    -- the wire
    a.wire,                       -- name of the wire
    a.url,                        -- canonical address
    a.title,                      -- headline
    a.text,                       -- clean text; spans count its characters
    a.summary,                    -- summary given by the feed
    a.authors,                    -- by-line
    a.published_at,               -- time of publication
    a.published_source,           -- where that time comes from
    a.first_seen_at,              -- when we first saw it
    a.fetched_at,                 -- when this version was fetched
    a.quality,                    -- ok, partial (a stub) or summary (the feed's words only)
    a.quality_reason,             -- why it is not ok
    a.origin,                     -- whose reporting it is
    r.lang,                       -- language of the text
    r.is_read,                    -- false where no rules know the language
    r.cities,                     -- dateline: cities
    r.country,                    -- dateline: country
    r.filed_on,                   -- dateline: day
    r.agency,                     -- dateline: agency
    r.rules_version,              -- rules of the current reading
    a.feed_id,                    -- feed through which it came
    a.item_id,                    -- item through which it came
    a.archive_file,               -- raw page: file
    a.archive_offset,             -- raw page: byte in the file
    a.is_silent                   -- true where it raises no alert
from latest as a
left join readings as r on r.day = a.day and r.article_id = a.article_id and r.version = a.version;
