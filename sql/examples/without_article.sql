-- Which items of the last 14 days have no article of their own, and why?
select day, feed_id, outcome, why, title, url
from items
where day >= current_date - 14 and outcome is distinct from 'stored'
order by day desc, outcome, feed_id, title;
