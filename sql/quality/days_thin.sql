-- One row per wire that brought far less yesterday than it does. Note: see its feeds with `dateline feeds check WIRE`.
with watched as (
    select r.day
    from run_facts as r
    where r.day >= $now::date - 28 and r.day < $now::date and r.flow = 'monitor' and r.event = 'finished'
    group by r.day
    having count(distinct hour(r.happened_at)) >= 12 -- as for `wire.silent`: only what was watched counts
),

filed as (
    select i.wire_id, i.day, count(*) as stories
    from item_facts as i
    where i.day >= $now::date - 28 and i.day < $now::date and not i.is_first_load
    group by i.wire_id, i.day
),

known as (
    select f.wire_id, min(f.day) as first_day
    from filed as f
    group by f.wire_id
),

counted as (
    select k.wire_id, w.day, coalesce(f.stories, 0) as stories
    from known as k
    inner join watched as w on w.day >= k.first_day
    left join filed as f on f.wire_id = k.wire_id and f.day = w.day
),

judged as (
    select
        c.wire_id,
        max(c.stories) filter (where c.day = $now::date - 1) as yesterday,
        median(c.stories) filter (where c.day < $now::date - 1) as usual,
        count(*) filter (where c.day < $now::date - 1) as days,
        min(c.stories) filter (where c.day < $now::date - 1 and dayofweek(c.day) = dayofweek($now::date - 1)) as least
    from counted as c
    group by c.wire_id
)

select coalesce(w.name, j.wire_id) || ': ' || j.yesterday || ' stories, usually ' || round(j.usual)::integer as fault
from judged as j
left join wires as w on w.wire_id = j.wire_id
where
    j.days >= 7
    and j.usual >= 8 -- of less, a thin day is no news
    and j.yesterday < j.usual / 4
    and j.yesterday < j.least -- on this day of the week, too
order by fault
