-- One row per change of a topic's definition in the catalog.
create table topic_definition_facts (
    topic varchar not null,       -- our id
    recorded_at timestamptz not null, -- when the catalog was seen to say so
    label varchar not null,       -- its name for people
    definition varchar not null,  -- what counts and what does not
    iptc varchar,                 -- IPTC Media Topic
    plover varchar,               -- PLOVER category
    is_enabled boolean not null   -- false once it left the catalog
);
