-- One row per sentence of a current reading that tells of a meeting of $meeting_ids, with all that its article says of it.
select c.*, d.meeting_id
from claim_facts as c
inner join readings as r
    on r.day = c.day and r.article_id = c.article_id and r.version = c.version and r.rules_version = c.rules_version
inner join decisions as d
    on d.day = c.day and d.article_id = c.article_id and d.version = c.version
    and d.rules_version = c.rules_version and d.seq = c.seq
where
    list_contains($meeting_ids, d.meeting_id)
    and not exists (select 1 from retractions as t where t.day = c.day and t.article_id = c.article_id)
order by c.published_at, c.article_id, c.seq, c.start_char
