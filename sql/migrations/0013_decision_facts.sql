-- One row per decision of the ledger: to which meeting the claim of an article belongs, and why.
create table decision_facts (
    day date not null,            -- day of the article
    article_id varchar not null,  -- the article
    version integer not null,     -- its version
    rules_version varchar not null, -- the rules that read it
    seq integer not null,         -- which meeting of the article, from 0
    meeting_id varchar not null,  -- the meeting of the ledger
    action varchar not null,      -- open, attach or review
    score double not null,        -- how well it fitted
    reason varchar not null,      -- why
    decided_at timestamptz not null, -- when
    run_id varchar not null       -- the pass that decided
);
alter table decision_facts set partitioned by (day);
