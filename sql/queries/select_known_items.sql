-- One row per item of $item_ids that the lake holds: its day, its end so far and the last wording seen.
with wanted as (
    select unnest($item_ids) as item_id
),

known as (
    select i.day, i.item_id
    from item_facts as i
    inner join wanted as w on w.item_id = i.item_id
)

select
    k.item_id,
    k.day,
    arg_max(o.outcome, (o.decided_at, o.attempt, (o.outcome <> 'waiting')::integer)) as outcome,
    max(o.attempt) as attempts,
    arg_max(o.fingerprint, o.decided_at) filter (where o.fingerprint is not null) as fingerprint,
    count(*) filter (where o.reason = 'revised') as revisits
from known as k
inner join outcome_facts as o on o.day = k.day and o.item_id = k.item_id
group by k.item_id, k.day
