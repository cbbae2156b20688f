-- One row per article that tells of the meeting $meeting_id, in order of publication: its first sentence and what it says.
select
    c.published_at, c.wire_id, coalesce(w.name, c.wire_id) as wire, c.origin, c.status, c.place, a.place_country,
    c.from_day, c.to_day, c.confidence, c.action, c.reason, c.sentence, c.article_id, v.title, v.url
from meeting_claims as c
inner join claim_facts as a
    on a.day = c.day and a.article_id = c.article_id and a.version = c.version and a.rules_version = c.rules_version
    and a.seq = c.seq and a.start_char = c.start_char
left join articles as v on v.day = c.day and v.article_id = c.article_id
left join wires as w on w.wire_id = c.wire_id
where c.meeting_id = $meeting_id
qualify row_number() over (partition by c.day, c.article_id, c.seq order by c.start_char) = 1
order by c.published_at, c.article_id, c.seq
