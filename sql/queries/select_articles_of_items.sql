-- One row per item of $item_ids that became an article: its latest version.
select item_id, article_id, max(version) as version
from article_facts
where list_contains($item_ids, item_id)
group by item_id, article_id
