-- One row per article behind each of the meetings $meeting_ids; its claims are not older than $since.
select distinct meeting_id, article_id
from decisions
where day >= $since and list_contains($meeting_ids, meeting_id)
