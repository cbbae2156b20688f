-- One row per sentence of a current reading that tells of a meeting in the ledger.
create or replace view meeting_claims as
-- The current reading of each article, as in `readings`; only articles that tell of meetings are folded, which are a third.
with active as (
    select day, arg_max(rules_version, activated_at) as rules_version
    from activation_facts
    group by day
),

current as (
    select r.day, r.article_id, r.version, r.rules_version
    from reading_facts as r
    left join active as x on x.day = r.day
    inner join (select distinct day, article_id from claim_facts) as c on c.day = r.day and c.article_id = r.article_id
    qualify row_number() over (
        partition by r.day, r.article_id
        order by r.version desc, (r.rules_version is not distinct from x.rules_version) desc, r.read_at desc
    ) = 1
)

select
    c.day,                        -- day of the article
    d.meeting_id,                 -- the meeting
    c.article_id,                 -- the article
    c.version,                    -- its version
    c.seq,                        -- which meeting of the article, from 0
    c.wire_id,                    -- the wire
    c.origin,                     -- whose reporting it is
    c.published_at,               -- when the story was published
    c.sentence,                   -- the sentence
    c.start_char,                 -- first character
    c.end_char,                   -- character after the last
    c.kind,                       -- kind by this article
    c.name,                       -- name by this article
    c.parties,                    -- parties by this article
    c.place,                      -- place by this article
    c.place_country,              -- country of the place
    c.place_precision,            -- city, region or country
    c.from_day,                   -- first day by this article
    c.to_day,                     -- last day by this article
    c.date_precision,             -- precision of these days
    c.status,                     -- status by this article
    c.confidence,                 -- high, medium or low
    c.inferred,                   -- fields that no words of the text say
    d.action,                     -- what the ledger did: open, attach or review
    d.score,                      -- how well it fitted
    d.reason,                     -- why
    c.rules_version               -- rules that read it
from claim_facts as c
inner join current as r
    on r.day = c.day and r.article_id = c.article_id and r.version = c.version and r.rules_version = c.rules_version
inner join decisions as d
    on d.day = c.day and d.article_id = c.article_id and d.version = c.version
    and d.rules_version = c.rules_version and d.seq = c.seq
anti join retractions as t on t.day = c.day and t.article_id = c.article_id;
