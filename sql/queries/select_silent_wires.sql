-- One row per wire of the catalog that was asked and has brought nothing new since $since, the longest silent first.
with asked as (
    select wire_id, max(new_at) as new_at, coalesce(max(cause), max(trouble)) as cause
    from feeds
    where is_enabled and polled_at is not null
    group by wire_id
)

select coalesce(w.name, a.wire_id) as wire, a.new_at, a.cause
from asked as a
left join wires as w on w.wire_id = a.wire_id
where a.new_at is null or a.new_at < $since
order by a.new_at nulls first, wire
