-- One row per meeting that $given names: by its id or the beginning of it, by the id of one merged into it, or by a name.
select *
from meetings
where meeting_id in (
    select meeting_id from meeting_names where starts_with(known_id, lower($given)) or lower(name) = lower($given)
)
order by last_seen desc, meeting_id
limit $most
