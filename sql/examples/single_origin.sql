-- Which meetings of the last 30 days rest on the word of one origin alone?
select
    m.kind,
    coalesce(m.name, array_to_string(m.parties, ' - ')) as meeting,
    m.place,
    m.from_day,
    m.status,
    m.wires,
    any_value(c.origin) as origin,
    any_value(c.sentence) as sentence
from meetings as m
inner join meeting_claims as c on c.meeting_id = m.meeting_id
where m.origins = 1 and m.last_seen >= current_date - 30
group by all
order by m.wires desc, m.from_day nulls last, meeting;
