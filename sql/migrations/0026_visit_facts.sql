-- One row per visit to the page of an item: what was allowed, what it reserves, and what came of it.
create table visit_facts (
    day date not null,            -- day of the article, or of the item where there is none
    item_id varchar not null,     -- the item
    visited_at timestamptz not null, -- the moment of the pass that went there
    run_id varchar not null,      -- the pass
    look varchar not null,        -- why: first, edited (its feed entry changed), 1 h or 1 d (after the first text)
    attempt integer not null,     -- 1, 2, ... for this look
    result varchar not null,      -- stored, changed, same, poorer, noisy, withdrawn, duplicate, waiting, failed or rejected
    reason varchar,               -- a failure's class, or what changed
    cause varchar,                -- the failure in words, or the words of a withdrawal
    next_try_at timestamptz,      -- when this look is tried again; empty once it is done
    article_id varchar,           -- the article
    version integer,              -- its version afterwards
    status integer,               -- HTTP status
    robots varchar,               -- robots.txt: allowed, disallowed, unreachable or ignored; empty where no page was asked
    tdm_reservation integer,      -- text and data mining: 1 reserved, 0 free, empty where the site says nothing
    tdm_policy varchar,           -- address of the site's terms for it
    page_title varchar,           -- the headline on the page, to notice another one
    archive_file varchar,         -- raw page: file, also of a page that gave no text
    archive_offset bigint         -- raw page: byte in the file
);
alter table visit_facts set partitioned by (day);
