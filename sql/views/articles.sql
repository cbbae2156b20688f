-- One row per article: its latest version with its dateline.
create or replace view articles as
with latest as (
    select *
    from article_versions
    qualify row_number() over (partition by day, article_id order by version desc) = 1
),

visited as (
    select
        day,
        article_id,
        min(visited_at) filter (where result = 'withdrawn') as withdrawn_at,
        arg_max(coalesce(cause, reason), visited_at) filter (where result = 'withdrawn') as withdrawn_reason,
        -- A page that failed to answer says nothing; one that answers again is not withdrawn any more.
        arg_max(result, visited_at) filter (where result not in ('failed', 'waiting', 'rejected')) as latest_result,
        bool_or(result = 'noisy') as is_noisy,
        arg_max(tdm_reservation, visited_at) filter (where tdm_reservation is not null) as tdm_reservation,
        arg_max(tdm_policy, visited_at) filter (where tdm_policy is not null) as tdm_policy
    from visit_facts
    group by day, article_id
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
    a.is_silent,                  -- true where it raises no alert
    case when v.latest_result = 'withdrawn' then v.withdrawn_at end as withdrawn_at, -- since when it is taken back
    case when v.latest_result = 'withdrawn' then v.withdrawn_reason end as withdrawn_reason, -- why, in words
    coalesce(v.is_noisy, false) as is_noisy, -- true where it changed so often that changes were left out
    v.tdm_reservation,            -- text and data mining: 1 reserved, 0 free, empty where the site says nothing
    v.tdm_policy                  -- address of the site's terms for it
from latest as a
left join readings as r on r.day = a.day and r.article_id = a.article_id and r.version = a.version
left join visited as v on v.day = a.day and v.article_id = a.article_id;
