-- One row per step of an item towards its end.
create table outcome_facts (
    day date not null,            -- day of the item
    item_id varchar not null,     -- the item
    decided_at timestamptz not null,      -- when it was decided
    run_id varchar not null,      -- the pass that decided
    outcome varchar not null,     -- waiting, stored, duplicate or rejected
    reason varchar,               -- why: new, revised, a failure's class, or the article it repeats
    cause varchar,                -- the failure in words
    attempt integer not null,     -- fetches tried so far
    next_try_at timestamptz,      -- a waiting item is not tried before
    article_id varchar,           -- the article it became or repeats
    version integer,              -- version of that article
    fingerprint varchar           -- wording of the entry, to notice an edit
);
alter table outcome_facts set partitioned by (day);
