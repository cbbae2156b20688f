-- One row per commit that added rows which `changes` lists, written in the same transaction.
create table commit_facts (
    seq bigint not null,          -- 1, 2, ... in the order in which commits could be seen, whatever a pass's clock said
    mark varchar not null,        -- drawn by lot: tells the commit from another of this number in another or a restored lake
    committed_at timestamptz not null, -- the wall clock just before the commit
    message varchar not null      -- what was done, as in the lake's own snapshots
);
