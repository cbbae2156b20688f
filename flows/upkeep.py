"""The nightly job: compact --> publish --> report."""

from __future__ import annotations

from prefect import flow

from tasks.core.stages import Parcel
from tasks.edge.passes import open_pass
from tasks.store import compact, publish, report_health


@flow(name="upkeep", flow_run_name="upkeep", persist_result=False)
async def upkeep(home: str | None = None) -> str:
    """Compact and clean the lake, publish, and report the feeds' health. Waits for a pass's transactions."""
    with open_pass("upkeep", home=home, is_alone=False) as opened:
        run = Parcel(opened)
        kept = await compact(run)
        published = await publish(run, kept)
        await report_health(run, published)
    return opened.run_id
