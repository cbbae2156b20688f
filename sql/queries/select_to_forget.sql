-- One row per version of the articles $article_ids, or of all articles of the wire $wire_id.
select day, article_id, version, wire_id, url, archive_file, archive_offset
from article_facts
where article_id in (select unnest($article_ids::varchar[])) or wire_id = $wire_id
order by day, article_id, version
