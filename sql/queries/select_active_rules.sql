-- One row: the version of the rules that $day was last switched to; none where it never was.
select arg_max(rules_version, activated_at) as rules_version
from activation_facts
where day = $day
having count(*) > 0
