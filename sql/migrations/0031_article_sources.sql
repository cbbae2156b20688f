-- What is added to article_facts: the part of the site, and where each field comes from.
alter table article_facts
    add column section varchar;               -- part of the site that the page says it belongs to, such as World
alter table article_facts
    add column title_source varchar;          -- feed, import; of the page: json-ld, meta, heading, title or search; none
alter table article_facts
    add column text_source varchar;           -- page (extracted), json-ld, rule (the wire's own), feed or import
alter table article_facts
    add column authors_source varchar;        -- feed; of the page: json-ld, meta or search; none
alter table article_facts
    add column page_published_source varchar; -- of page_published_at: json-ld, meta, time or search; none
alter table article_facts
    add column section_source varchar;        -- json-ld, meta or none
