-- One row per article whose day is after its first sight. Fault: see the clock of this machine, or the dates of an import.
select a.article_id || ' of ' || a.wire_id || ', day ' || a.day || ', seen ' || a.first_seen_at::date as fault
from article_facts as a
where a.day >= $run_since and ($run_id::varchar is null or a.run_id = $run_id) and a.day > a.first_seen_at::date
order by fault
