-- One row per day of the archive whose current reading was switched to a version of the rules.
create table activation_facts (
    day date not null,            -- day of the archive
    rules_version varchar not null, -- the version that is current from then on
    activated_at timestamptz not null -- when it was switched
);
