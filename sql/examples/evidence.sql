-- Which words made the tags of the last 7 days, the most frequent first?
select
    topic,
    lower(text) as words,
    rule,
    count(*) as times,
    count(distinct article_id) as articles
from topic_evidence
where day >= current_date - 7
group by topic, words, rule
order by articles desc, topic, words
limit 50;
