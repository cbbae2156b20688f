-- One row per wire in the catalog.
create or replace view wires as
with latest as (
    select *
    from wire_facts
    qualify row_number() over (partition by wire_id order by recorded_at desc) = 1
)
select
    wire_id,                      -- id in the catalog
    name,                         -- name of the agency or newsroom
    country,                      -- its country
    region,                       -- part of the world that it reports on first
    ownership,                    -- who owns it
    tier,                         -- 1 an agency's own copy, 2 broadcasters and organisations, 3 newsrooms that carry it
    lang,                         -- language of its copy
    agency,                       -- its mark in datelines
    gives,                        -- full text, summary or subscription
    checked,                      -- when its feeds were last seen to answer
    floor,                        -- stories a day under which it is silent; empty where none is proved
    is_enabled                    -- false once it left the catalog
from latest;
