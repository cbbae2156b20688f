-- One row per visit to the page of an item: what was allowed, what it reserves, and what came of it.
create or replace view visits as
select
    day,                          -- day of the article, or of the item where there is none
    item_id,                      -- the item
    visited_at,                   -- when a pass went there
    run_id,                       -- the pass
    look,                         -- why: first, edited (its feed entry changed), 1 h or 1 d (after the first text)
    attempt,                      -- 1, 2, ... for this look
    result,                       -- stored, changed, same, poorer, noisy, withdrawn, duplicate, waiting, failed, rejected
    reason,                       -- a failure's class, or what changed
    cause,                        -- the failure in words, or the words of a withdrawal
    next_try_at,                  -- when this look is tried again; empty once it is done
    article_id,                   -- the article
    version,                      -- its version afterwards
    status,                       -- HTTP status
    robots,                       -- robots.txt: allowed, disallowed, unreachable, ignored; empty where no page was asked
    tdm_reservation,              -- text and data mining: 1 reserved, 0 free, empty where the site says nothing
    tdm_policy,                   -- address of the site's terms for it
    archive_file,                 -- raw page: file, also of a page that gave no text
    archive_offset                -- raw page: byte in the file
from visit_facts;
