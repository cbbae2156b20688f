-- On which meetings do independent origins contradict each other, on what, and what does each say last?
select
    coalesce(m.name, array_to_string(m.parties, ' - ')) as meeting,
    m.disputed,
    c.origin,
    c.status,
    c.place,
    c.from_day,
    c.sentence,
    m.meeting_id
from meetings as m
inner join meeting_claims as c on c.meeting_id = m.meeting_id
where len(m.disputed) > 0
qualify row_number() over (partition by m.meeting_id, c.origin order by c.published_at desc, c.seq) = 1
order by m.last_seen desc, m.meeting_id, c.published_at;
