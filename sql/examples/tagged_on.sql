-- Which tags did the articles since $since have at the end of the day $on (UTC), by the text and the rules of that day?
select day, left(article_id, 8) as article, title, topic, score, confidence, rules_version
from as_tagged($on, since := $since);
