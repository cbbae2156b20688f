-- One row per wire that the pass $run_id asked: what its feeds gave, and how their items ended.
with polled as (
    select
        wire_id,
        count(*) as feeds,
        count(*) filter (where outcome <> 'failed') as answered,
        sum(found) as found, sum(known) as known, sum(repeated) as repeated, sum(new) as new,
        list(distinct failure order by failure) filter (where failure is not null) as failures
    from polls
    where run_id = $run_id and day between $from_day and $to_day
    group by wire_id
),

ended as (
    select
        wire_id,
        count(*) filter (where outcome = 'stored') as stored,
        count(*) filter (where outcome = 'duplicate') as duplicate,
        count(*) filter (where outcome = 'rejected') as rejected,
        count(*) filter (where outcome = 'waiting') as waiting
    from items
    where run_id = $run_id and day between $from_day and $to_day
    group by wire_id
)

select
    coalesce(w.name, p.wire_id) as wire, p.*, coalesce(e.stored, 0) as stored, coalesce(e.duplicate, 0) as duplicate,
    coalesce(e.rejected, 0) as rejected, coalesce(e.waiting, 0) as waiting
from polled as p
left join ended as e on e.wire_id = p.wire_id
left join wires as w on w.wire_id = p.wire_id
order by p.new desc, wire
