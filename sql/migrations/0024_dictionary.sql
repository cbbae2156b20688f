-- One row per public relation, macro or column, with its meaning.
create table dictionary (
    relation varchar not null,    -- table, view or macro
    kind varchar not null,        -- table, view, macro, or parameter of a macro
    name varchar,                 -- column; null for the relation itself
    position integer not null,    -- order of the column; 0 for the relation itself
    meaning varchar not null      -- what it says
);
