-- One row per item of $item_ids, or of an address of $urls since day $since: its end so far and the last wording seen.
with wanted as (
    select unnest($item_ids::varchar[]) as item_id
),

addresses as (
    select distinct unnest($urls::varchar[]) as url
),

known as (
    select i.day, i.item_id, i.feed_id, i.url, i.title
    from item_facts as i
    inner join wanted as w on w.item_id = i.item_id
    union
    select i.day, i.item_id, i.feed_id, i.url, i.title
    from item_facts as i
    inner join addresses as a on a.url = i.url
    where i.day >= $since
)

select
    k.item_id,
    k.day,
    arg_max(o.outcome, (o.decided_at, o.attempt, (o.outcome <> 'waiting')::integer)) as outcome,
    max(o.attempt) as attempts,
    arg_max(o.fingerprint, o.decided_at) filter (where o.fingerprint is not null) as fingerprint,
    count(*) filter (where o.reason = 'revised') as revisits,
    any_value(k.feed_id) as feed_id,
    any_value(k.url) as url,
    coalesce(any_value(k.title), '') as title
from known as k
left join outcome_facts as o on o.day = k.day and o.item_id = k.item_id
group by k.item_id, k.day
