"""After a change of rules: read the stored archive again, day by day.

days --> read again --> store --> activate that day
"""

from __future__ import annotations

from datetime import date

from prefect import flow

from tasks.core.stages import Parcel
from tasks.edge.passes import open_pass
from tasks.read import list_days, reread_day


@flow(name="reread", flow_run_name="reread", persist_result=False)
async def reread(home: str | None = None, since: date | None = None, until: date | None = None) -> int:
    """Read every stored article of these days with today's rules; the number of articles read. Raises no alert."""
    with open_pass("reread", home=home, is_alone=False) as opened:
        run = Parcel(opened)
        days = list_days(run, since, until)
        return sum([await reread_day(run, day) for day in days])
