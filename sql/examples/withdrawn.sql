-- Which stories of the last 14 days did their wires take back?
select day, wire, title, withdrawn_at, withdrawn_reason, version, url
from articles
where day >= current_date - 14 and withdrawn_at is not null
order by withdrawn_at desc, url;
