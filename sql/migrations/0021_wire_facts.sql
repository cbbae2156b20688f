-- One row per change of a wire in the catalog.
create table wire_facts (
    wire_id varchar not null,     -- the wire
    recorded_at timestamptz not null, -- when the catalog was seen to say so
    name varchar not null,        -- name of the agency or newsroom
    country varchar,              -- its country
    ownership varchar,            -- who owns it
    lang varchar,                 -- language of its copy
    agency varchar,               -- its mark in datelines
    gives varchar not null,       -- full text, summary or subscription
    checked date,                 -- when its feeds were last seen to answer
    is_enabled boolean not null   -- false once it left the catalog
);
