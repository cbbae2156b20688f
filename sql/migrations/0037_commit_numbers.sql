-- What is added to the facts that `changes` lists: the number of the commit that added the row; null before this layout.
alter table article_facts
    add column commit_seq bigint;             -- number of the commit that added the row; empty before this layout
alter table reading_facts
    add column commit_seq bigint;             -- number of the commit that added the row; empty before this layout
alter table activation_facts
    add column commit_seq bigint;             -- number of the commit that added the row; empty before this layout
alter table visit_facts
    add column commit_seq bigint;             -- number of the commit that added the row; empty before this layout
alter table copy_facts
    add column commit_seq bigint;             -- number of the commit that added the row; empty before this layout
alter table meeting_facts
    add column commit_seq bigint;             -- number of the commit that added the row; empty before this layout
alter table ruling_facts
    add column commit_seq bigint;             -- number of the commit that added the row; empty before this layout
alter table alert_facts
    add column commit_seq bigint;             -- number of the commit that added the row; empty before this layout
alter table forget_facts
    add column commit_seq bigint;             -- number of the commit that added the row; empty before this layout
