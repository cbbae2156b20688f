"""read: what does each article say?"""

from __future__ import annotations

import asyncio
from datetime import date

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.core.stages import Extracted, Parcel, ReadChunk
from tasks.edge.passes import PassRun
from tasks.edge.reading import read_chunk
from tasks.edge.rereading import reread_stored, select_days


@task(
    name="read",
    task_run_name="read chunk {extracted.content.number}: {extracted.content.size} items",
    cache_policy=NO_CACHE,
    persist_result=False,
)
async def read(run: Parcel[PassRun], extracted: Parcel[Extracted]) -> Parcel[ReadChunk]:
    """Every article of the chunk with its reading."""
    return Parcel(await asyncio.to_thread(read_chunk, run.content, extracted.content))


def list_days(run: Parcel[PassRun], since: date | None, until: date | None) -> list[date]:
    """The days of the archive from `since` to `until`, both included, that hold articles."""
    return select_days(run.content, since, until)


@task(name="reread", task_run_name="read {day} again", cache_policy=NO_CACHE, persist_result=False)
async def reread_day(run: Parcel[PassRun], day: date) -> int:
    """Read one day's articles with today's rules and switch the day to them; the number of articles read."""
    return await asyncio.to_thread(reread_stored, run.content, day)
