-- One row per feed in the catalog, with its state: the fold of its polls, and what they brought in 60 days.
create or replace view feeds as
with latest as (
    select *
    from feed_facts
    qualify row_number() over (partition by feed_id order by recorded_at desc) = 1
),

-- The bounds keep the fold quick: a feed is polled daily, and a year has millions of polls. One that was not polled for
-- three days (gone, off for a season) is folded from all of its polls, however old.
recent as (
    select distinct feed_id
    from poll_facts
    where day >= current_date - 3
),

missing as (
    select l.feed_id
    from latest as l
    anti join recent as r on r.feed_id = l.feed_id
    where l.is_enabled
),

considered as (
    select *
    from poll_facts
    where day >= current_date - 3
    union all
    select p.*
    from poll_facts as p
    inner join missing as m on m.feed_id = p.feed_id
    where p.day < current_date - 3
),

-- By number, since our clock may go back; polls of earlier layouts have none and come first, by time.
numbered as (
    select *, coalesce(seq, epoch_us(polled_at) - 4000000000000000) as place
    from considered
),

state as (
    select
        feed_id,
        arg_max(n, place) as last,
        arg_max(coalesce(etag, ''), place) filter (where outcome <> 'failed') as etag,
        arg_max(coalesce(last_modified, ''), place) filter (where outcome <> 'failed') as last_modified,
        arg_max(coalesce(body_hash, ''), place) filter (where outcome <> 'failed') as body_hash,
        arg_max(coalesce(url, ''), place) filter (where outcome <> 'failed') as asked_url,
        arg_max(coalesce(final_url, ''), place) filter (where outcome <> 'failed') as final_url,
        arg_max(title, place) filter (where title is not null) as title,
        arg_max(found, place) filter (where outcome <> 'failed') as found,
        arg_max(repeated, place) filter (where outcome <> 'failed') as repeated,
        arg_max(overlap, place) filter (where overlap is not null) as overlap
    from numbered as n
    group by feed_id
),

-- What is rarer than a poll is looked for further back.
counted as (
    select feed_id, polled_at, outcome, cause, new, gap_from
    from poll_facts
    where day >= current_date - 60
    union all
    select p.feed_id, p.polled_at, p.outcome, p.cause, p.new, p.gap_from
    from poll_facts as p
    inner join missing as m on m.feed_id = p.feed_id
    where p.day < current_date - 60
),

history as (
    select
        feed_id,
        max(polled_at) filter (where outcome <> 'failed') as answered_at,
        max(polled_at) filter (where new > 0) as new_at,
        max(polled_at) filter (where outcome = 'failed') as failed_at,
        arg_max(cause, polled_at) filter (where cause is not null) as last_cause,
        sum(new) as new_items,
        count(gap_from) as gaps
    from counted
    group by feed_id
),

pauses as (
    select host, max(retry_until) as until
    from considered
    where retry_until is not null
    group by host
),

folded as (
    select
        l.feed_id as ident,
        s.*,
        h.* exclude (feed_id),
        greatest(s.last.next_poll_at, p.until) as next_poll_at,
        p.until as host_paused_until
    from latest as l
    left join state as s on s.feed_id = l.feed_id
    left join history as h on h.feed_id = l.feed_id
    left join pauses as p on p.host = coalesce(s.last.host, lower(regexp_extract(l.url, '^https?://([^/?#]+)', 1)))
)

select
    f.feed_id,                    -- id in the catalog
    f.wire_id,                    -- its wire
    f.url,                        -- its address in the catalog
    f.lang,                       -- language of its entries
    f.every_s,                    -- seconds between polls with which it began
    f.is_enabled,                 -- false once it left the catalog
    case
        when s.feed_id is null then 'never asked'
        when s.last.health is not null then s.last.health
        when s.last.failures < 3 then 'ok'
        when s.last.failures < 10 then 'degraded'
        when s.last.failures < 30 then 'failing'
        else 'dead'
    end as health,                -- ok, degraded (weight 3), failing (10), dead (30: asked daily), gone (monthly), never asked
    case
        when s.last.health = 'gone'
            then 'answers 410 Gone since ' || strftime(s.last.gone_since, '%Y-%m-%d')
                || ' and is asked once a month; take it out of the catalog, or name its new address'
        when s.last.held_since is not null
            then 'its title or host is another since ' || strftime(s.last.held_since, '%Y-%m-%d')
                || ' (now ' || coalesce(nullif(s.title, ''), s.final_url) || '), so its items raise no alert for a week'
        when s.last.empty_polls >= 2 then 'lists nothing, although it has before'
    end as trouble,               -- what is amiss although it may answer, in words: gone, another identity, empty
    s.last.polled_at as polled_at, -- last poll
    s.answered_at,                -- last usable answer
    s.new_at,                     -- last poll with a new item
    s.last.outcome as outcome,    -- read, unchanged or failed
    s.last.failure as failure,    -- class of the last poll's failure
    s.last.cause as cause,        -- that failure in words
    s.failed_at,                  -- last poll that failed
    s.last_cause,                 -- the last failure in words, though it may answer again
    coalesce(s.last.failures, 0) as failures, -- failures in a row
    coalesce(s.last.weight, 0) as weight, -- the same, weighted by kind
    s.last.failing_since as failing_since, -- first of these
    s.next_poll_at,               -- not asked again before
    s.host_paused_until,          -- its host asked to be left alone until then
    s.last.interval_s as interval_s, -- seconds between polls while all is well, by its window and its rate
    ceil(
        epoch(s.next_poll_at - s.last.polled_at) / 300
    ) * 300 as longest_delay_s,   -- from an item's appearance to our seeing it, at worst, by passes every five minutes
    s.last.window_n as window_n,  -- entries that it lists
    s.overlap,                    -- share of its entries that were known at the last poll that could tell, 0 to 1
    coalesce(s.gaps, 0) as gaps,  -- possible gaps in 60 days: polls at which no known entry was left (view feed_events)
    nullif(s.etag, '') as etag,   -- validator for the next poll
    nullif(s.last_modified, '') as last_modified, -- validator for the next poll
    coalesce(s.last.has_lying_etag, false) as has_lying_etag, -- true where the validator hid a change; it is used no more
    nullif(s.body_hash, '') as body_hash, -- SHA-256 of the last body
    nullif(s.asked_url, '') as asked_url, -- address asked for that body
    nullif(s.final_url, '') as final_url, -- address that answered
    s.last.effective_url as effective_url, -- address asked in place of the catalog's, where the feed has moved for good
    s.last.moved_from as moved_from, -- address in the catalog that it moved from
    s.last.moved_to as moved_to,  -- address to which the server says that it moved, not yet often enough
    coalesce(s.last.moved_polls, 0) as moved_polls, -- how often in a row
    s.last.moved_since as moved_since, -- since when
    coalesce(s.last.gone_polls, 0) as gone_polls, -- answers 410 Gone in a row
    s.last.gone_since as gone_since, -- since when
    s.title,                      -- what it calls itself
    s.last.identity as identity,  -- the same, as accepted
    s.last.identity_host as identity_host, -- host that answers for it, as accepted
    s.last.held_since as held_since, -- since when its title or host is another
    coalesce(s.found, 0) as found, -- entries in the last body
    coalesce(s.repeated, 0) as repeated, -- of these, given twice
    coalesce(s.new_items, 0) as new_items, -- new items in 60 days
    coalesce(s.last.seq, 0) as seq, -- polls so far
    coalesce(s.last.easy_polls, 0) as easy_polls, -- polls in a row of which more than 90 % was known
    coalesce(s.last.empty_polls, 0) as empty_polls, -- polls in a row without an entry
    coalesce(s.last.unseen_polls, 0) as unseen_polls, -- answers without a body in a row
    s.last.body_at as body_at     -- when a body last came
from latest as f
left join folded as s on s.ident = f.feed_id;
