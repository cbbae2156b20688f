-- One row per sentence of a current reading that tells of a meeting of $meeting_ids, with all that its article says of it.
select c.*, m.meeting_id
from claim_facts as c
inner join meeting_claims as m
    on m.day = c.day and m.article_id = c.article_id and m.version = c.version and m.rules_version = c.rules_version
    and m.seq = c.seq and m.start_char = c.start_char
where list_contains($meeting_ids, m.meeting_id)
order by c.published_at, c.article_id, c.seq, c.start_char
