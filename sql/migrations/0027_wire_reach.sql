-- What is added to wire_facts: where a wire reports from, how close it is to the source, and how much it says a day.
alter table wire_facts
    add column region varchar;                -- part of the world that it reports on first
alter table wire_facts
    add column tier integer;                  -- 1 an agency's own copy, 2 broadcasters and organisations, 3 who carries it
alter table wire_facts
    add column floor integer;                 -- stories a day under which it is silent; empty where none is proved
