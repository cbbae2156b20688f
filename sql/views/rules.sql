-- One row per version of the rules that read articles here.
create or replace view rules as
with used as (
    select rules_version, count(*) as readings, min(read_at) as first_read_at, max(read_at) as last_read_at
    from reading_facts
    group by rules_version
)
select
    r.rules_version,              -- hash of the catalog files and of the reader's version
    r.recorded_at,                -- first use
    r.reading_version,            -- version of the reading code
    r.files,                      -- JSON: catalog file to SHA-256
    coalesce(u.readings, 0) as readings, -- readings made with it
    u.first_read_at,              -- first of them
    u.last_read_at                -- last of them
from rule_facts as r
left join used as u on u.rules_version = r.rules_version;
