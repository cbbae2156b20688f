-- One row per meeting that was merged into $meeting_id before.
select meeting_id
from rulings
where action = 'merge' and into_id = $meeting_id
order by meeting_id
