-- One row per wire that is polled: its stories of the 24 hours before $now, its usual day, its answers; $since bounds all.
with asked as (
    select
        wire_id,
        feed_id,
        polled_at,
        outcome,
        cause,
        case when seq is distinct from 1 then new else 0 end as new,
        cast(floor(date_diff('second', polled_at, $now::timestamptz) / 86400) as integer) as back
    from poll_facts
    where day >= $since and polled_at <= $now::timestamptz
),

-- What a day brought counts where the wire answered in that day.
days as (
    select wire_id, back, sum(new) as new
    from asked
    where back between 1 and 28 and outcome <> 'failed'
    group by wire_id, back
),

usual as (
    select wire_id, median(new) as usual, count(*) as days
    from days
    group by wire_id
),

lately as (
    select
        wire_id,
        sum(new) as new_items,
        count(*) filter (where outcome <> 'failed') as answers,
        arg_max(cause, polled_at) filter (where outcome = 'failed') as cause
    from asked
    where back = 0
    group by wire_id
),

watch as (
    select count(distinct date_trunc('hour', polled_at)) as hours
    from asked
    where back = 0
),

state as (
    select
        wire_id,
        arg_max(state, noticed_at) as state,
        count(*) filter (where state = 'silent') as times
    from silence_facts
    group by wire_id
)

select
    w.wire_id,
    w.name as wire,
    w.floor,
    l.new_items,
    l.answers,
    l.cause,
    u.usual,
    coalesce(u.days, 0) as days,
    h.hours,
    s.state,
    coalesce(s.times, 0) as times,
    (select max(polled_at) from asked as a where a.wire_id = w.wire_id and a.new > 0) as new_at
from lately as l
inner join wires as w on w.wire_id = l.wire_id
cross join watch as h
left join usual as u on u.wire_id = l.wire_id
left join state as s on s.wire_id = l.wire_id
where w.is_enabled
order by w.wire_id
