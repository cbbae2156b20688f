-- One row per commit that added to what `changes` lists, in the order in which commits can be seen.
create or replace view commits as
select
    seq,                          -- 1, 2, ...
    lpad(seq::varchar, 12, '0') || '-' || mark as cursor, -- the place behind it in `changes`; a greater one is later
    committed_at,                 -- wall clock of the commit; for people, since clocks may be set back
    message                       -- what was done, with the pass
from commit_facts;
