-- One row per change of a wire's layout: its pages broke, or are well again.
create table layout_facts (
    day date not null,            -- UTC day on which it was noticed
    wire_id varchar not null,     -- the wire
    state varchar not null,       -- broken or well
    noticed_at timestamptz not null, -- the moment of the pass that noticed it
    since timestamptz not null,   -- first of the pages that show it
    trouble varchar,              -- what broke, in words
    run_id varchar not null       -- the pass
);
alter table layout_facts set partitioned by (day);
