-- What is added to alert_facts: what stood before the change, who tells of it, and its place among the alerts of its subject.
alter table alert_facts
    add column before varchar;                -- what stood before: the former status, place or window, or the words taken back
alter table alert_facts
    add column organisation varchar;          -- organisation whose meeting it is
alter table alert_facts
    add column confidence varchar;            -- high, medium or low: of the meeting's best claim then
alter table alert_facts
    add column sources varchar[];             -- its independent origins in words, as Norvik Press or Lumen citing Axios
alter table alert_facts
    add column sides varchar[];               -- parties whose own wires carried it then
alter table alert_facts
    add column step integer;                  -- 1, 2, ...: which alert about this meeting or wire it is
