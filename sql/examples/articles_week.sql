-- How many stories came, were corrected, taken back or forgotten in the last 7 days, wire by wire?
select wire, change, count(*) as stories, min(changed_at) as first_at, max(changed_at) as last_at
from articles_between(current_date - 7, current_date)
group by wire, change
order by wire nulls last, change;
