-- One row per ruling of an analyst on the ledger: a meeting merged into another, or an article of it moved to one of its own.
create table ruling_facts (
    day date not null,            -- UTC day of the ruling
    action varchar not null,      -- merge or split
    meeting_id varchar not null,  -- the meeting that was merged away, or from which the article was taken
    into_id varchar not null,     -- the meeting that stands for it, or that the article now tells of
    article_id varchar not null,  -- split: the article; merge: empty
    reason varchar,               -- why, in the analyst's words
    ruled_at timestamptz not null, -- when
    run_id varchar not null       -- the command that ruled
);
alter table ruling_facts set partitioned by (day);
