"""alert: deliver what is due, tell Prefect's own listeners, and sum the pass up."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from prefect import get_run_logger, task
from prefect.artifacts import acreate_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.events import emit_event
from prefect.runtime import flow_run

from tasks.core.stages import AlertReport, Parcel, PollReport
from tasks.core.summary import describe_pass, name_pass
from tasks.edge.alerting import call_heartbeat, deliver_alerts
from tasks.edge.lake.quality import list_faults
from tasks.edge.passes import PassRun, read_raised, sum_run


@task(name="alert", task_run_name="deliver the alerts that are due", cache_policy=NO_CACHE, persist_result=False)
async def alert(run: Parcel[PassRun], after: Parcel[object]) -> Parcel[AlertReport]:
    """Deliver what is due to each channel (T3). Prefect's events come on top: delivery does not depend on them."""
    report = await deliver_alerts(run.content)
    for row in await asyncio.to_thread(read_raised, run.content):
        emit_raised(row)
    return Parcel(report)


def emit_raised(row: dict[str, Any]) -> None:
    """One alert as a Prefect event, for automations."""
    subject, family = row["meeting_id"] or row["wire_id"], row["kind"].partition(".")[0]
    emit_event(
        event=row["kind"],
        resource={
            "prefect.resource.id": f"{family}.{subject}",
            "prefect.resource.name": row["title"] or subject,
        },
        payload={name: value if isinstance(value, int | list) else str(value or "") for name, value in row.items()},
    )


async def rename_run(name: str) -> None:
    """Give the run a name that says what it did."""
    if flow_run.id:
        async with get_client() as client:
            await client.update_flow_run(flow_run.id, name=name)


async def conclude(run: Parcel[PassRun], polled: Parcel[PollReport], told: Parcel[AlertReport]) -> None:
    """After the pass: its sum as an artifact, its name, what is amiss in the stored data, and the heartbeat.

    Neither a fault of the data nor of the heartbeat stops anything: each is a sentence in the log.
    """
    opened = run.content
    raised = await asyncio.to_thread(read_raised, opened)
    total = await asyncio.to_thread(sum_run, opened)
    faults = await asyncio.to_thread(list_faults, opened.address, opened.now, opened.run_id)
    amiss = [remark.words for remark in faults]
    words = describe_pass(opened.run_id, total, polled.content, told.content, raised, amiss)
    await acreate_markdown_artifact(key="pass", markdown=words, description="The sum of the pass, and its alerts.")
    await rename_run(name_pass(opened.now, total, polled.content))
    log = get_run_logger()
    for remark in faults:  # what is only to know, as that a wire is silent, stands there after every pass
        log.log(logging.WARNING if remark.state == "fault" else logging.INFO, remark.words)
    if fault := await call_heartbeat(opened.settings):
        log.warning(fault)
