-- One row per wire: what its latest pages gave (20 at most, of 3 days), against its own pages of the 5 weeks before them.
create or replace view wire_layout as
with state as (
    select wire_id, arg_max(l, noticed_at) as last
    from layout_facts as l
    group by wire_id
),

-- An item counts once, by the best that its visits gave. A page that could not be fetched says nothing of its layout.
visited as (
    select
        wire_id,
        item_id,
        max(visited_at) as visited_at,
        bool_or(is_first_load) as is_first_load,
        coalesce(bool_or(quality = 'ok'), false) as is_ok,
        mode(coalesce(quality_reason, reason) order by coalesce(quality_reason, reason))
            filter (where quality is distinct from 'ok') as reason,
        max(text_length) as text_length,
        bool_or(coalesce(page_title, '') <> '') filter (where quality is not null) as has_title,
        bool_or(has_day) as has_day,
        bool_or(has_authors) as has_authors
    from visit_facts
    where day >= current_date - 40 and look = 'first' and wire_id is not null
        and (quality is not null or starts_with(reason, 'extract_'))
    group by wire_id, item_id
),

-- What a feed lists at its first poll is old, and may be of another section: it is past, never news.
numbered as (
    select
        *,
        row_number() over (partition by wire_id, is_first_load order by visited_at desc, item_id) as back,
        max(visited_at) over (partition by wire_id) as latest_at
    from visited
),

-- While a layout is broken, its past is what was before.
sides as (
    select
        n.*,
        not n.is_first_load and n.back <= 20 and n.visited_at > n.latest_at - interval 3 days as is_recent,
        not is_recent and (s.last.state is distinct from 'broken' or n.visited_at < s.last.since) as is_past
    from numbered as n
    left join state as s on s.wire_id = n.wire_id
),

-- The shares of pages that gave a whole story, and of texts with a title, a day and authors.
signs as (
    select
        wire_id,
        is_recent,
        is_past,
        unnest([
            {'gave': 'a whole story', 'has': is_ok},
            {'gave': 'a title', 'has': has_title},
            {'gave': 'a day of publication', 'has': has_day},
            {'gave': 'authors', 'has': has_authors}
        ], recursive := true)
    from sides
),

counted as (
    select
        wire_id,
        gave,
        count(*) filter (where is_recent) as n,
        count(*) filter (where is_recent and has) as hits,
        count(*) filter (where is_past) as past_n,
        count(*) filter (where is_past and has) as past_hits,
        hits / nullif(n, 0) as share,
        past_hits / nullif(past_n, 0) as past_share
    from signs
    where has is not null
    group by wire_id, gave
),

-- Broken: half of what was usual or less, and by more than three standard errors, so that few pages prove nothing.
judged as (
    select
        *,
        n >= 8 and past_n >= 20 and past_share >= 0.5 and share <= past_share / 2
        and past_share - share > 3 * sqrt(greatest(past_share * (1 - past_share), 0.05) / n) as is_broken,
        past_n < 20 or share >= 0.8 * past_share as is_usual,
        format('{} of the last {} pages gave {}, where {} of {} did before', hits, n, gave, past_hits, past_n) as words
    from counted
),

faults as (
    select
        wire_id,
        string_agg(words, '; ' order by gave = 'a whole story' desc, gave) filter (where is_broken) as words,
        bool_and(is_usual) as is_usual
    from judged
    group by wire_id
),

folded as (
    select
        wire_id,
        count(*) filter (where is_recent) as pages,
        avg(is_ok::integer) filter (where is_recent) as ok_share,
        median(text_length) filter (where is_recent) as median_length,
        quantile_cont(text_length, [0.25, 0.75]) filter (where is_recent) as spread,
        count(*) filter (where is_past) as past_pages,
        avg(is_ok::integer) filter (where is_past) as past_ok_share,
        median(text_length) filter (where is_past) as past_median_length,
        quantile_cont(text_length, [0.25, 0.75]) filter (where is_past) as past_spread,
        mode(reason order by reason) filter (where is_recent and not is_ok) as reason,
        min(visited_at) filter (where is_recent) as since,
        arg_max(item_id, (not is_ok, visited_at, item_id)) filter (where is_recent) as example_item_id
    from sides
    group by wire_id
),

-- Three of four texts are shorter, or longer, than three of four were, by half at least.
measured as (
    select
        *,
        coalesce(pages >= 8 and past_pages >= 20 and (
            (median_length <= past_median_length / 2 and spread[2] < past_spread[1])
            or (median_length >= past_median_length * 2 and spread[1] > past_spread[2])
        ), false) as is_other_length
    from folded
)

select
    m.wire_id,                    -- the wire
    w.name as wire,               -- its name
    m.pages,                      -- its latest pages that were fetched and read, those of first polls left out
    round(m.ok_share, 3) as ok_share, -- share of them that gave a whole story, 0 to 1
    m.median_length,              -- characters of their texts
    m.past_pages,                 -- pages before them; while the layout is broken, those before it broke
    round(m.past_ok_share, 3) as past_ok_share, -- share that gave a whole story then
    m.past_median_length,         -- characters of their texts then
    m.reason,                     -- why most of the latest gave none
    nullif(concat_ws('; ',
        f.words,
        case when m.is_other_length
            then format(
                'the median text has {:.0f} characters, where it had {:.0f} before', m.median_length, m.past_median_length
            )
        end
    ), '') as trouble,            -- what broke, in words; empty while all is as usual, or too little is known
    m.pages >= 12 and f.is_usual and not m.is_other_length as is_usual, -- true once enough pages are as they were
    s.last.state as state,        -- broken or well, as last noticed; empty where nothing ever was
    case when s.last.state = 'broken' then s.last.since end as broken_since, -- since when it is broken
    m.since,                      -- first of the latest pages
    m.example_item_id             -- the latest item whose page gave no whole story, else the latest
from measured as m
left join faults as f on f.wire_id = m.wire_id
left join state as s on s.wire_id = m.wire_id
left join wires as w on w.wire_id = m.wire_id;
