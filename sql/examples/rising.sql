-- Which topics are told of more this week than in the three weeks before?
select
    topic,
    count(*) filter (where day > current_date - 7) as this_week,
    round(count(*) filter (where day <= current_date - 7) / 3.0, 1) as a_week_before,
    round(this_week - a_week_before, 1) as more
from topics
where day > current_date - 28
group by topic
having more > 0
order by more desc, topic
limit 25;
