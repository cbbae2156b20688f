-- One row per article of $day among $ids: its latest version, as it is searched.
select article_id, version, wire_id, coalesce(title, '') as title, text, coalesce(published_at, first_seen_at) as told_at
from article_facts
where day = $day::date and article_id in (select unnest($ids::varchar[]))
qualify row_number() over (partition by article_id order by version desc) = 1
order by article_id
