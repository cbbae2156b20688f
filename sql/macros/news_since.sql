-- One row per change since a day, the newest first: an alert, a story that its wire corrected, or one that it took back.
create or replace macro news_since(
    since                         -- first day of the changes; stories first seen up to 14 days before it are looked at
) as table
with changed as (
    select
        l.raised_at as changed_at, l.kind, l.wire, l.title, l.before,
        case l.value
            when 'new' then l.status
            when 'place' then l.place
            when 'date' then concat_ws(' to ', l.from_day, nullif(l.to_day, l.from_day))
            else l.value
        end as since_then,
        l.article_url as url, l.article_id
    from alerts as l
    where l.day >= since::date
    union all
    select
        c.corrected_at, 'story.corrected', c.wire, c.title,
        coalesce(nullif(c.title_before, c.title), array_to_string(c.removed, ' ')),
        case when c.title_before is distinct from c.title then c.title else array_to_string(c.added, ' ') end,
        c.url, c.article_id
    from corrections as c
    where c.day >= since::date - 14 and c.corrected_at >= since::date
    union all
    select v.withdrawn_at, 'story.withdrawn', v.wire, v.title, null, v.withdrawn_reason, v.url, v.article_id
    from articles as v
    where v.day >= since::date - 14 and v.withdrawn_at >= since::date
)

select
    e.changed_at,                 -- when it was noticed
    e.kind,                       -- kind of the alert, story.corrected or story.withdrawn
    e.wire,                       -- name of the wire
    e.title,                      -- headline of the story
    e.before,                     -- what stood before: status, place, days, headline or paragraphs
    e.since_then as now,          -- what stands now, or why it was taken back
    e.url,                        -- address of the story
    e.article_id                  -- the article
from changed as e
order by e.changed_at desc, e.kind, e.url;
