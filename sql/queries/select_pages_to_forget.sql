-- One row per raw page of the items $item_ids.
select distinct archive_file, archive_offset
from visit_facts
where archive_file is not null and item_id in (select unnest($item_ids::varchar[]))
order by archive_file, archive_offset
