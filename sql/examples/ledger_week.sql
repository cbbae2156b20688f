-- What changed in the ledger of meetings in the last 7 days: new ones, and fields before and after?
from ledger_between(current_date - 7, current_date);
