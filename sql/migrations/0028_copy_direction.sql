-- What is added to copy_facts: which of the two was there first, and how that is known.
alter table copy_facts
    add column basis varchar;                 -- credit (it credits the other's wire), published (first) or seen (first by us)
alter table copy_facts
    add column share_of_copy double;          -- share of the copy's sentences that the original has, 0 to 1
alter table copy_facts
    add column share_of_original double;      -- share of the original's sentences that the copy has, 0 to 1
