-- One row per wire that the catalog ever held, also those that are switched off: items of theirs may still wait.
select distinct wire_id
from wire_facts
