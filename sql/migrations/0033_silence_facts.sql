-- One row per change of a wire's voice: it fell silent, or is heard again.
create table silence_facts (
    day date not null,            -- UTC day on which it was noticed
    wire_id varchar not null,     -- the wire
    state varchar not null,       -- silent or heard
    noticed_at timestamptz not null, -- the moment of the pass that noticed it
    new_items integer not null,   -- stories of the 24 hours before
    usual double,                 -- median of the days before, up to 28 of them
    why varchar,                  -- what its feeds answer, in words
    run_id varchar not null       -- the pass
);
alter table silence_facts set partitioned by (day);
