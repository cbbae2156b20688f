-- What is added to visit_facts: what was read off the page, by which a wire's new layout is noticed.
alter table visit_facts
    add column wire_id varchar;               -- the wire of the item
alter table visit_facts
    add column is_first_load boolean;         -- true where the item came with its feed's first poll
alter table visit_facts
    add column quality varchar;               -- of the text on the page: ok or partial; empty where none was read
alter table visit_facts
    add column quality_reason varchar;        -- why it is partial
alter table visit_facts
    add column text_length integer;           -- characters of the text on the page
alter table visit_facts
    add column has_day boolean;               -- true where the page itself says when it was published
alter table visit_facts
    add column has_authors boolean;           -- true where it names an author
