-- What changed since yesterday: alerts, corrected stories, stories that were taken back?
select changed_at, kind, wire, title, before, now, url
from news_since(current_date - 1);
