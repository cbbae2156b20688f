-- Which stories did their wires correct in the last 14 days, and what changed?
select day, wire, version, change, title_before, title, removed, added, characters_added, url
from corrections
where day >= current_date - 14
order by corrected_at desc, url;
