-- One row per article of $ids on the days $days, as a list of what was found shows it.
select
    day, article_id, version, coalesce(published_at, first_seen_at) as told_at, published_at, first_seen_at, wire_id,
    coalesce(wire, wire_id) as wire, title, url
from articles
where day in (select unnest($days::date[])) and article_id in (select unnest($ids::varchar[]))
order by day, article_id
