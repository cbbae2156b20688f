"""read: what does each article say?"""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from tasks.core.stages import Extracted, Parcel, ReadChunk
from tasks.edge.passes import PassRun
from tasks.edge.progress import PaceTeller, listen
from tasks.edge.reading import read_chunk
from tasks.edge.rereading import DayToRead, Reread, reread_day


@task(
    name="read",
    task_run_name="read chunk {extracted.content.number}: {extracted.content.size} items",
    cache_policy=NO_CACHE,
    persist_result=False,
)
async def read(run: Parcel[PassRun], extracted: Parcel[Extracted]) -> Parcel[ReadChunk]:
    """Every article of the chunk with its reading."""
    return Parcel(await asyncio.to_thread(read_chunk, run.content, extracted.content))


@task(
    name="reread",
    task_run_name="read {day.day} again: {day.articles} articles",
    cache_policy=NO_CACHE,
    persist_result=False,
)
async def read_again(under_way: Parcel[Reread], day: DayToRead) -> int:
    """Read one day's articles with today's rules and switch the day to them; the number of articles read."""
    return await asyncio.to_thread(_reread, under_way.content, day.day, get_run_logger())


def _reread(under_way: Reread, day: date, log: Any) -> int:
    earlier = set(under_way.failed)
    with listen(PaceTeller("reread", "articles", log.info).hear):
        count = reread_day(under_way, day)
    for key in under_way.failed.keys() - earlier:
        log.warning("%s keeps its earlier reading: %s.", key[0], under_way.failed[key].cause)
    return count
