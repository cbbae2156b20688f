-- One row: the sum of idea 1 for the pass $run_id, whose items carry the days $from_day to $to_day.
with polled as (
    select
        coalesce(sum(found), 0) as found,
        coalesce(sum(known), 0) as known,
        coalesce(sum(repeated), 0) as repeated,
        coalesce(sum(new), 0) as new,
        count(*) as feeds_asked,
        count(*) filter (where outcome = 'failed') as feeds_failed
    from poll_facts
    where run_id = $run_id and day between $from_day and $to_day
),

ended as (
    select
        count(*) filter (where outcome = 'stored') as stored,
        count(*) filter (where outcome = 'duplicate') as duplicate,
        count(*) filter (where outcome = 'rejected') as rejected,
        count(*) filter (where outcome = 'waiting') as waiting
    from items
    where run_id = $run_id and day between $from_day and $to_day
),

raised as (
    select count(*) as alerts
    from alert_facts
    where run_id = $run_id and day between $from_day and $to_day
)

select p.*, e.*, r.*
from polled as p
cross join ended as e
cross join raised as r
