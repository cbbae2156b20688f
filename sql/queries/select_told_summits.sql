-- One row per summit that a current reading speaks of, dated since $since, or undated and spoken of since $lately.
with latest as (
    select *
    from meeting_facts
    qualify row_number() over (partition by day, meeting_id order by revision desc) = 1
),

told as (
    select *
    from latest
    where
        kind = 'summit'
        and (
            coalesce(to_day, from_day) >= $since
            or (from_day is null and to_day is null and last_seen >= $lately)
        )
),

-- The sentence that says what the ledger says: of its status, then of its window, then the newest. One look at the
-- claims gives it and the wires behind it, since that look is nearly all that this costs.
proven as (
    select
        c.meeting_id, c.day, c.article_id, c.version, c.wire_id, c.sentence,
        count(distinct c.wire_id) over (partition by c.meeting_id) as wires,
        count(distinct c.origin) over (partition by c.meeting_id) as origins
    from meeting_claims as c
    inner join told as t on t.meeting_id = c.meeting_id
    qualify row_number() over (
        partition by c.meeting_id
        order by
            (c.status = t.status) desc,
            (c.from_day is not distinct from t.from_day and c.to_day is not distinct from t.to_day) desc,
            c.published_at desc, c.article_id, c.seq, c.start_char
    ) = 1
)

select
    t.meeting_id, t.revision, t.changed_at, t.name, t.organisation, t.parties, t.place, t.place_region,
    t.place_country, t.place_precision, t.from_day, t.to_day, t.status, t.needs_review, p.wires, p.origins,
    p.sentence, a.title, a.url, coalesce(w.name, p.wire_id) as wire
from told as t
inner join proven as p on p.meeting_id = t.meeting_id
left join article_facts as a on a.day = p.day and a.article_id = p.article_id and a.version = p.version
left join wires as w on w.wire_id = p.wire_id
order by t.meeting_id
