-- One row per item of $item_ids, none older than $since, that still waits; another pass may have ended the others.
select item_id
from items
where outcome = 'waiting' and day >= $since and list_contains($item_ids, item_id)
