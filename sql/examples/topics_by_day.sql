-- How many articles carry each topic, day by day, over the last 14 days?
select
    day,
    topic,
    count(*) as articles
from topics
where day >= current_date - 14
group by day, topic
order by day desc, articles desc, topic;
