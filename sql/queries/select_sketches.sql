-- One row per article first seen since $since, with the sample of its shingles.
select article_id, day, wire_id, origin, sketch
from article_facts
where day >= $since and version = 1 and len(sketch) > 0
order by first_seen_at, article_id
