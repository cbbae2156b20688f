"""store: commit a chunk, all or nothing; and what upkeep does with the lake."""

from __future__ import annotations

import asyncio
from pathlib import Path

from prefect import get_run_logger, task
from prefect.artifacts import acreate_table_artifact
from prefect.cache_policies import NO_CACHE

from tasks.core.errors import DatelineError
from tasks.core.stages import Parcel, ReadChunk, StoreReport
from tasks.edge.clock import utc_now
from tasks.edge.lake.publish import publish_press
from tasks.edge.lake.sharing import borrow_lake
from tasks.edge.lake.upkeep import UpkeepReport, keep_lake
from tasks.edge.passes import PassRun, read_health
from tasks.edge.publishing import publish_feeds
from tasks.edge.quarantine import Quarantine
from tasks.edge.search import update_index
from tasks.edge.storing import store_chunk

# A chunk is decided on what the lake holds under the write lock, so trying again adds nothing twice. What a retry
# helps against is a metadata server that went away for a moment, or a lock that was held for longer than its wait.
RETRIES, RETRY_DELAY_S = 2, 10


@task(
    name="store",
    task_run_name="store chunk {chunk.content.number}: {chunk.content.size} items",
    cache_policy=NO_CACHE,
    persist_result=False,
    retries=RETRIES,
    retry_delay_seconds=RETRY_DELAY_S,
)
async def store(run: Parcel[PassRun], chunk: Parcel[ReadChunk]) -> Parcel[StoreReport]:
    """Commit one chunk (T2): articles, readings, claims, the ledger's decisions, alerts and the items' ends."""
    return Parcel(await asyncio.to_thread(store_chunk, run.content, chunk.content))


@task(name="compact", task_run_name="compact and clean the lake", cache_policy=NO_CACHE, persist_result=False)
async def compact(run: Parcel[PassRun]) -> Parcel[UpkeepReport]:
    """Flush, merge, expire, clean and sweep, under the write lock; raw pages and kept bodies past their time go."""
    opened = run.content
    report = await asyncio.to_thread(keep_lake, opened.address, opened.now, opened.settings.keep_raw_days)
    await asyncio.to_thread(Quarantine(opened.settings.home).sweep, opened.now)
    return Parcel(report)


@task(name="publish", task_run_name="write what is published", cache_policy=NO_CACHE, persist_result=False)
async def publish(run: Parcel[PassRun], after: Parcel[UpkeepReport]) -> Parcel[Path]:
    """Write press.duckdb, calendar, Atom feed and page anew."""
    opened = run.content
    press = await asyncio.to_thread(publish_press, opened.address, opened.settings.publish_folder, opened.now)
    await asyncio.to_thread(_write_feeds, opened)
    return Parcel(press)


async def publish_pass(run: Parcel[PassRun]) -> None:
    """After a pass: calendar, Atom feed and page anew, the index of words, and press.duckdb before the first night.

    The pass has ended by then, so that what cannot be published is a sentence in the log.
    """
    for write in (_write_feeds, _write_first_press, _index_words):
        try:
            await asyncio.to_thread(write, run.content)
        except DatelineError as fault:
            get_run_logger().warning("The pass is stored, but not all of it is published. %s", fault)


def _write_feeds(run: PassRun) -> None:
    publish_feeds(run.settings, run.address, run.country_names(), utc_now())


def _index_words(run: PassRun) -> None:
    with borrow_lake(run.address) as lake:
        update_index(run.settings.home, lake)


def _write_first_press(run: PassRun) -> None:
    if not (run.settings.publish_folder / "press.duckdb").exists():
        publish_press(run.address, run.settings.publish_folder, run.now)


@task(name="report", task_run_name="report the feeds' health", cache_policy=NO_CACHE, persist_result=False)
async def report_health(run: Parcel[PassRun], after: Parcel[Path]) -> None:
    """The health of each feed as a table artifact, the worst first."""
    rows = await asyncio.to_thread(read_health, run.content)
    await acreate_table_artifact(key="health", table=rows, description="The feeds by health, the worst first.")
