-- How was the meeting $meeting told, sentence by sentence?
select published_at, wire, origin, status, place, from_day, sentence, url
from summit_timeline($meeting);
