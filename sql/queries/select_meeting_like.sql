-- One row per meeting that $given names: by its id or the beginning of it, by the id of one merged into it, or by a name.
with merged as (
    select into_id
    from rulings
    where action = 'merge' and starts_with(meeting_id, lower($given))
)

select *
from meetings
where
    starts_with(meeting_id, lower($given))
    or meeting_id in (select into_id from merged)
    or lower(name) = lower($given)
    or list_contains(list_transform(aliases, lambda alias: lower(alias)), lower($given))
order by last_seen desc, meeting_id
limit $most
