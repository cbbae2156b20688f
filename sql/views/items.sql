-- One row per item: the first sight of an entry, with its end.
create or replace view items as
with latest as (
    select *
    from outcome_facts
    qualify row_number() over (partition by day, item_id order by decided_at desc, attempt desc, outcome <> 'waiting' desc) = 1
)
select
    i.day,                        -- UTC day of the first sight
    i.item_id,                    -- hash of feed and entry key
    i.feed_id,                    -- the feed that listed it
    i.wire_id,                    -- its wire
    i.run_id,                     -- pass that saw it first
    i.url,                        -- address of the story
    i.title,                      -- title in the feed
    i.summary,                    -- summary in the feed
    i.author,                     -- author in the feed
    i.published_at,               -- time of publication by the feed
    i.published_source,           -- where that time comes from
    i.first_seen_at,              -- when we first saw it
    o.outcome,                    -- waiting, stored, duplicate or rejected
    o.reason,                     -- why
    o.cause,                      -- the failure in words
    case
        when o.outcome = 'stored' then null
        when o.outcome = 'duplicate' then 'its story is stored already, as article ' || o.article_id
        when o.reason = 'forgotten' then 'an operator removed it: ' || coalesce(o.cause, 'no reason was given')
        when o.outcome = 'rejected'
            then 'given up after ' || o.attempt || case when o.attempt = 1 then ' try: ' else ' tries: ' end
                || coalesce(o.cause, o.reason, 'no reason was recorded')
        when o.reason = 'new' then 'it waits for its first fetch'
        when o.reason = 'revised' then 'its feed entry changed; it waits to be fetched again'
        when o.outcome = 'waiting'
            then coalesce(o.cause, o.reason)
                || '; tried ' || o.attempt || case when o.attempt = 1 then ' time' else ' times' end
                || ', again after ' || strftime(o.next_try_at, '%Y-%m-%d %H:%M UTC')
        else 'nothing was recorded of it: please report this'
    end as why,                   -- why it has no article of its own, in words; empty where it has
    o.attempt as attempts,        -- fetches tried so far
    o.decided_at,                 -- when the outcome was decided
    o.next_try_at,                -- a waiting item is not tried before
    o.article_id,                 -- the article it became or repeats
    o.version,                    -- version of that article
    i.is_silent,                  -- true where it raises no alert
    i.is_first_load               -- true where it came with the feed's first poll
from item_facts as i
left join latest as o on o.day = i.day and o.item_id = i.item_id;
