-- One row per version of the rules that read an article here and whose name begins with $prefix.
select rules_version, readings, first_read_at, last_read_at
from rules
where starts_with(rules_version, $prefix) and readings > 0
order by first_read_at desc
