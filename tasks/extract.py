"""extract: pages to clean text, in worker processes that can be killed."""

from __future__ import annotations

import asyncio

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.core.stages import Extracted, Fetched, Parcel
from tasks.edge.extracting import extract_chunk
from tasks.edge.passes import PassRun


@task(
    name="extract",
    task_run_name="extract chunk {fetched.content.number}: {fetched.content.size} items",
    cache_policy=NO_CACHE,
    persist_result=False,
)
async def extract(run: Parcel[PassRun], fetched: Parcel[Fetched]) -> Parcel[Extracted]:
    """Every item of the chunk as an article, or as a failure with its next try."""
    return Parcel(await asyncio.to_thread(extract_chunk, run.content, fetched.content))
