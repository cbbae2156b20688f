-- One row per article: its reading as it stood at the end of a day, that is of its text and by the rules of that day.
create or replace macro readings_on(
    on_day,                       -- the day whose end is asked (UTC)
    since := ''                   -- first day of the articles; left out: 7 days before that day
) as table
with active as (
    select x.day as of_day, arg_max(x.rules_version, x.activated_at) as rules_version
    from activation_facts as x
    where x.activated_at < on_day::date + interval 1 day
    group by x.day
)

select
    r.day,                        -- day of the article
    r.article_id,                 -- the article
    r.version,                    -- its latest version then
    r.rules_version,              -- rules whose reading stood then
    r.read_at,                    -- when it was read
    r.lang,                       -- language of the text
    r.is_read                     -- false where no rules knew the language: topics were unknown, not absent
from reading_facts as r
left join active as x on x.of_day = r.day
where
    r.day >= coalesce(nullif(since::varchar, '')::date, on_day::date - 7)
    and r.day <= on_day::date
    and r.read_at < on_day::date + interval 1 day
qualify row_number() over (
    partition by r.day, r.article_id
    order by r.version desc, (r.rules_version is not distinct from x.rules_version) desc, r.read_at desc
) = 1;
