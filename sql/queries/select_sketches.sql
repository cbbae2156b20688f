-- One row per version of an article first seen since $since (and fetched after $after, where given), with its marks.
select article_id, version, day, wire_id, origin, published_at, published_source, first_seen_at, sketch
from article_facts
where day >= $since and len(sketch) > 0 and ($after::timestamptz is null or fetched_at >= $after::timestamptz)
order by first_seen_at, article_id, version
