-- One row per meeting of $meeting_ids, as it stands now.
select *
from meeting_facts
where list_contains($meeting_ids, meeting_id)
qualify row_number() over (partition by day, meeting_id order by revision desc) = 1
order by meeting_id
