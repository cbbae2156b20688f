-- Which wires tell of the summits of the last 30 days first, where several carry them?
with told as (
    select c.meeting_id, c.wire_id, min(c.published_at) as first_at
    from meeting_claims as c
    inner join summits as s on s.meeting_id = c.meeting_id
    where s.wires > 1 and s.last_seen >= current_date - 30
    group by c.meeting_id, c.wire_id
),

ranked as (
    select
        wire_id,
        rank() over (partition by meeting_id order by first_at) as place,
        date_diff('minute', min(first_at) over (partition by meeting_id), first_at) as minutes_behind
    from told
)

select
    coalesce(w.name, r.wire_id) as wire,
    count(*) as summits,
    count(*) filter (where r.place = 1) as told_first,
    median(r.minutes_behind) as median_minutes_behind
from ranked as r
left join wires as w on w.wire_id = r.wire_id
group by all
order by told_first desc, summits desc, wire;
