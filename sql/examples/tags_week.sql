-- Which tags did the stories of the last 14 days gain or lose in the last 7, for another reason than that they are new?
select change, because, topic, day, wire, title, score, rules_before, rules_version
from tags_between(current_date - 7, current_date, since := current_date - 14)
where because <> 'new article';
