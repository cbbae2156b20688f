-- One row per wire and origin that tell of a meeting of $meeting_ids; its claims are not older than $since.
-- As the view meeting_claims has them, but only the articles that were ever decided to tell of these are folded: the view
-- folds every reading since that day, which at 20,000 articles a day was half a second of each chunk.
with told as (
    select day, article_id, version, rules_version, seq, meeting_id
    from decisions
    where day >= $since and list_contains($meeting_ids, meeting_id)
),

active as (
    select day, arg_max(rules_version, activated_at) as rules_version
    from activation_facts
    group by day
),

current as (
    select r.day, r.article_id, r.version, r.rules_version
    from reading_facts as r
    left join active as x on x.day = r.day
    where r.day >= $since and r.article_id in (select article_id from told)
    qualify row_number() over (
        partition by r.day, r.article_id
        order by r.version desc, (r.rules_version is not distinct from x.rules_version) desc, r.read_at desc
    ) = 1
)

select distinct t.meeting_id, c.wire_id, c.origin
from claim_facts as c
inner join told as t
    on t.day = c.day and t.article_id = c.article_id and t.version = c.version
    and t.rules_version = c.rules_version and t.seq = c.seq
inner join current as r
    on r.day = c.day and r.article_id = c.article_id and r.version = c.version and r.rules_version = c.rules_version
where c.day >= $since and not exists (select 1 from retractions as b where b.day = c.day and b.article_id = c.article_id)
order by t.meeting_id, c.wire_id, c.origin
