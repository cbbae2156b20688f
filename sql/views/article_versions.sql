-- One row per version of an article: the first text is kept for ever beside its corrections.
create or replace view article_versions as
select
    a.day,                        -- UTC day of the first sight; bound questions by it
    a.article_id,                 -- id; any unambiguous beginning will do in commands
    a.version,                    -- 1, 2, ... when the wire corrected the story
    a.wire_id,                    -- the wire
    w.name as wire,               -- name of the wire
    a.feed_id,                    -- feed through which it came
    a.item_id,                    -- item through which it came
    a.url,                        -- canonical address
    a.title,                      -- headline
    a.text,                       -- clean text; spans count its characters
    a.summary,                    -- summary given by the feed
    a.authors,                    -- by-line
    a.published_at,               -- time of publication
    a.published_source,           -- where that time comes from: feed, feed_updated, feed_future, page, import or none
    a.page_published_at,          -- what the page itself says
    a.first_seen_at,              -- when we first saw it
    a.fetched_at,                 -- when this version was fetched
    a.section,                    -- part of the site that the page says it belongs to, such as World
    a.title_source,               -- feed, import; of the page: json-ld, meta, heading, title or search; none
    a.text_source,                -- page (extracted), json-ld, rule (the wire's own), feed or import
    a.authors_source,             -- feed; of the page: json-ld, meta or search; none
    a.page_published_source,      -- of page_published_at: json-ld, meta, time or search; none
    a.section_source,             -- json-ld, meta or none
    a.quality,                    -- ok, partial (a stub) or summary (the feed's words only)
    a.quality_reason,             -- why it is not ok
    a.change,                     -- what made this version: new, title, text, both or fuller; `corrections` shows it
    a.content_hash,               -- tells versions apart
    a.origin,                     -- whose reporting it is: the wire, the one it copies, or the outlet it cites
    a.archive_file,               -- raw page: file
    a.archive_offset,             -- raw page: byte in the file
    a.is_silent,                  -- true where it raises no alert (imports, old entries of a first load)
    a.run_id                      -- pass that stored it
from article_facts as a
left join wires as w on w.wire_id = a.wire_id;
