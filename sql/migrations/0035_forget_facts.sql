-- One row per article that an operator removed: no word of it is kept, only its ids, and why it went.
create table forget_facts (
    day date not null,            -- day of the article
    article_id varchar not null,  -- the article
    wire_id varchar not null,     -- its wire
    also_ids varchar[],           -- its id, and those of the addresses under which feeds listed it: hashes, no addresses
    versions integer not null,    -- versions that were removed
    items integer not null,       -- items that told of it
    reason varchar not null,      -- why, in the operator's words
    forgotten_at timestamptz not null, -- when
    run_id varchar not null       -- the command that removed it
);
