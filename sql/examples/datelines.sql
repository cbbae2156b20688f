-- From which cities did the wires file in the last 7 days?
select
    city,
    country,
    count(*) as articles,
    count(distinct wire_id) as wires
from (
    select unnest(cities) as city, country, wire_id
    from articles
    where day >= current_date - 7
)
group by city, country
order by articles desc, city
limit 50;
