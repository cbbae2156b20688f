-- How does each wire tell of the summits of the last 30 days that more than one wire carries?
select
    s.meeting_id,
    coalesce(s.name, array_to_string(s.parties, ' - ')) as summit,
    w.name as wire,
    c.status,
    c.place,
    c.from_day,
    c.to_day,
    c.sentence
from summits as s
inner join meeting_claims as c on c.meeting_id = s.meeting_id
left join wires as w on w.wire_id = c.wire_id
where s.wires > 1 and s.last_seen >= current_date - 30
order by s.last_seen desc, s.meeting_id, c.published_at, c.start_char;
