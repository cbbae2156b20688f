-- One row per topic that is watched, with its meaning and its codes elsewhere.
create or replace view topic_definitions as
with latest as (
    select *
    from topic_definition_facts
    qualify row_number() over (partition by topic order by recorded_at desc) = 1
)
select
    topic,                        -- our id; the part before the dot is its root
    label,                        -- name for people
    definition,                   -- what counts and what does not
    iptc,                         -- IPTC Media Topic (CC BY 4.0)
    plover                        -- PLOVER category (CC BY-SA 4.0)
from latest
where is_enabled;
