-- One row per article: its current reading, that is of its latest version by the rules active for its day.
create or replace view readings as
with active as (
    select day, arg_max(rules_version, activated_at) as rules_version
    from activation_facts
    group by day
)
select
    r.day,                        -- day of the article
    r.article_id,                 -- the article
    r.version,                    -- its latest version
    r.rules_version,              -- rules that read it
    r.read_at,                    -- when it was read
    r.lang,                       -- language of the text
    r.is_read,                    -- false where no rules know the language: topics are unknown, not absent
    r.cities,                     -- dateline: cities
    r.region,                     -- dateline: region
    r.country,                    -- dateline: country
    r.filed_on,                   -- dateline: day
    r.agency,                     -- dateline: agency
    r.start_char,                 -- dateline: first character
    r.end_char,                   -- dateline: character after the last
    r.body_start,                 -- where the prose begins
    r.inferred                    -- parts of the dateline that the text does not say
from reading_facts as r
left join active as x on x.day = r.day
qualify row_number() over (
    partition by r.day, r.article_id
    order by r.version desc, (r.rules_version is not distinct from x.rules_version) desc, r.read_at desc
) = 1;
