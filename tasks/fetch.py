"""fetch: the pages of waiting items, a chunk at a time, archived before anyone reads them."""

from __future__ import annotations

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.core.stages import Fetched, Parcel
from tasks.edge.fetching import FetchBudget, fetch_chunk
from tasks.edge.passes import PassRun


def plan_fetching() -> Parcel[FetchBudget]:
    """What a pass may spend on fetching, and what it has tried so far."""
    return Parcel(FetchBudget())


@task(name="fetch", task_run_name="fetch the next chunk of waiting items", cache_policy=NO_CACHE, persist_result=False)
async def fetch(run: Parcel[PassRun], budget: Parcel[FetchBudget], after: Parcel[object]) -> Parcel[Fetched]:
    """The next chunk with its pages. `after` is what came before it: the poll, or the chunk stored last."""
    return Parcel(await fetch_chunk(run.content, budget.content))
