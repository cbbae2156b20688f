-- One row per article of $day among $article_ids: its latest version, as it is read again, in order of publication.
select article_id, version, wire_id, title, text, origin, published_at, first_seen_at, is_silent
from article_facts
where day = $day and article_id in (select unnest($article_ids::varchar[]))
qualify row_number() over (partition by article_id order by version desc) = 1
order by coalesce(published_at, first_seen_at), article_id
