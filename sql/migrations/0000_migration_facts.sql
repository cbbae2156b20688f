-- One row per change of the lake's own layout.
create table migration_facts (
    number integer not null,      -- number of the migration; the highest is the layout of this lake
    name varchar not null,        -- its file, or `views` where the views were made anew
    checksum varchar not null,    -- SHA-256 of what was run
    applied_at timestamptz not null, -- when
    version varchar not null      -- version of Dateline that ran it
);
