-- One row per version of the rules that ever read an article here.
create table rule_facts (
    rules_version varchar not null, -- hash of the catalog files and of the reader's version
    recorded_at timestamptz not null, -- first use
    reading_version integer not null, -- version of the reading code
    files varchar not null        -- JSON: catalog file to SHA-256
);
