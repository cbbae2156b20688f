-- What is added to poll_facts: the state of the feed after the poll; the latest poll of a feed has its state.
alter table poll_facts
    add column seq integer;                   -- the how-manieth poll of the feed; null for polls before this layout
alter table poll_facts
    add column host varchar;                  -- host that was asked
alter table poll_facts
    add column is_full boolean;               -- true where the body was asked for whatever the validator says
alter table poll_facts
    add column is_ours boolean;               -- true where the failure was our own network's, and counts nothing
alter table poll_facts
    add column weight double;                 -- weighted failures in a row, this poll included: 0.25, 0.5 or 1 each, by kind
alter table poll_facts
    add column failing_since timestamptz;     -- first failure of that row
alter table poll_facts
    add column health varchar;                -- ok, degraded, failing, dead or gone, after this poll
alter table poll_facts
    add column interval_s integer;            -- seconds between polls from here on, while all is well
alter table poll_facts
    add column window_n integer;              -- entries that the last body with entries listed
alter table poll_facts
    add column overlap double;                -- share of the entries listed that were known, 0 to 1; null where there is none
alter table poll_facts
    add column easy_polls integer;            -- polls in a row of which more than 90 % was known
alter table poll_facts
    add column empty_polls integer;           -- polls in a row without any entry, of a feed that has had some
alter table poll_facts
    add column unseen_polls integer;          -- answers without a body (304) in a row
alter table poll_facts
    add column body_at timestamptz;           -- when a body last came
alter table poll_facts
    add column has_lying_etag boolean;        -- true once its validator was seen to hide a change; then it is used no more
alter table poll_facts
    add column identity varchar;              -- what the feed calls itself, as accepted
alter table poll_facts
    add column identity_host varchar;         -- host that answers for it, as accepted
alter table poll_facts
    add column held_since timestamptz;        -- since when its title or host is another, so that its items raise no alert
alter table poll_facts
    add column moved_to varchar;              -- address to which the server says that the feed has moved for good
alter table poll_facts
    add column moved_polls integer;           -- answers in a row that said so
alter table poll_facts
    add column moved_since timestamptz;       -- first of these
alter table poll_facts
    add column effective_url varchar;         -- address that is asked in place of the catalog's from here on
alter table poll_facts
    add column moved_from varchar;            -- address in the catalog that this replaces; another one there ends it
alter table poll_facts
    add column gone_polls integer;            -- answers 410 Gone in a row
alter table poll_facts
    add column gone_since timestamptz;        -- first of these
alter table poll_facts
    add column retry_until timestamptz;       -- the server asked that its host is left alone until then
alter table poll_facts
    add column gap_from timestamptz;          -- with the event possible_gap: the last poll before it that was answered
alter table poll_facts
    add column events varchar[];              -- what happened to the feed at this poll, such as possible_gap (view feed_events)
