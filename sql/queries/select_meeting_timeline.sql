-- One row per article that tells of the meeting $meeting_id, in order of publication: its first sentence and what it says.
select
    c.published_at, c.wire_id, coalesce(w.name, c.wire_id) as wire, c.origin, c.status, c.place, c.place_country,
    c.from_day, c.to_day, c.confidence, c.action, c.reason, c.sentence, c.article_id, v.title, v.url
from meeting_claims as c
left join articles as v on v.day = c.day and v.article_id = c.article_id
left join wires as w on w.wire_id = c.wire_id
where c.meeting_id = $meeting_id
qualify row_number() over (partition by c.day, c.article_id, c.seq order by c.start_char) = 1
order by c.published_at, c.article_id, c.seq
