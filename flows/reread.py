"""After a change of rules: read the stored archive again, day by day.

days --> read again in chunks --> store each --> switch that day with its last
"""

from __future__ import annotations

from datetime import date

from prefect import flow

from tasks.core.stages import Parcel
from tasks.edge.passes import open_pass
from tasks.edge.rereading import open_reread
from tasks.read import read_again


@flow(name="reread", flow_run_name="reread", persist_result=False)
async def reread(home: str | None = None, since: date | None = None, until: date | None = None) -> int:
    """Read every stored article of these days with today's rules; the number of articles read. Raises no alert."""
    with open_pass("reread", home=home, is_alone=False) as opened, open_reread(opened, since, until) as under_way:
        return sum([await read_again(Parcel(under_way), day) for day in under_way.days])
