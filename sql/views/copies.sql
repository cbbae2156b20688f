-- One row per pair of articles of two wires of which one repeats the other's text: the copy, and the original it repeats.
create or replace view copies as
select
    day,                          -- day of the copy
    article_id,                   -- the copy: the article that repeats
    version,                      -- its version
    wire_id,                      -- its wire
    of_article_id,                -- the original: the article whose text it repeats, which may have been stored after it
    of_day,                       -- day of that article
    of_wire_id,                   -- wire of that article, which carried it first or is credited
    similarity,                   -- share of the shorter text's sentences that both have, 0 to 1
    share_of_copy,                -- share of the copy's sentences that the original has: low where the copy adds its own
    share_of_original,            -- share of the original's sentences that the copy has: low where it was cut
    coalesce(basis, 'seen') as basis, -- how the order is known: credit, published or seen
    found_at                      -- when it was noticed
from copy_facts;
