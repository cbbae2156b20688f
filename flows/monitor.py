"""The main job, every few minutes:

poll --> fetch --> extract --> read --> store --> alert
           ^                              |
           +--------- next chunk ---------+
"""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from tasks.alert import alert, conclude
from tasks.core.errors import PassRunning
from tasks.core.stages import Parcel
from tasks.edge.passes import open_pass
from tasks.extract import extract
from tasks.fetch import fetch, plan_fetching
from tasks.poll import poll
from tasks.read import read
from tasks.store import publish_pass, store


@flow(name="monitor", flow_run_name="monitor", persist_result=False)
async def monitor(
    home: str | None = None, feeds_file: str | None = None, all_feeds: bool = False, shard: str | None = None
) -> State | str:
    """One pass over the feeds that are due; its id. Where another pass runs, this one ends at once and says so.

    With a `shard` such as `2/3`, over the feeds of its share of the wires, beside the passes over the others.
    """
    try:
        with open_pass("monitor", home=home, feeds_file=feeds_file, with_all_feeds=all_feeds, shard=shard) as opened:
            run, budget = Parcel(opened), plan_fetching()
            polled = await poll(run)
            stored: Parcel[object] = polled
            is_last = False
            while not is_last:
                fetched = await fetch(run, budget, stored)
                extracted = await extract(run, fetched)
                chunk = await read(run, extracted)
                stored = await store(run, chunk)
                is_last = fetched.content.is_last
            told = await alert(run, stored)
    except PassRunning as busy:
        return Completed(name="Skipped", message=str(busy))
    await publish_pass(run)
    await conclude(run, polled, told)
    return opened.run_id
