-- Which wires repeat whose texts, over the last 14 days?
select
    coalesce(later.name, c.wire_id) as wire,
    coalesce(earlier.name, c.of_wire_id) as repeats,
    count(*) as articles,
    round(avg(c.similarity), 2) as mean_similarity
from copies as c
left join wires as later on later.wire_id = c.wire_id
left join wires as earlier on earlier.wire_id = c.of_wire_id
where c.day >= current_date - 14
group by all
order by articles desc, wire, repeats;
