"""One pass with its alerts, killed at a point of the table below: `python -m tests.dying HOME FEEDS [POINT]`."""

from __future__ import annotations

import asyncio
import importlib
import os
import signal
import sys
from typing import Any

# Where the process dies: module, function, before its call or after it. All of them lie on the way of every pass.
POINTS = {
    "answers are there, nothing is committed": ("tasks.edge.polling", "record_answers", "before"),
    "the poll is committed": ("tasks.edge.polling", "record_answers", "after"),
    "pages are archived, not read": ("tasks.edge.fetching", "archive_pages", "after"),
    "a chunk is written, not committed": ("tasks.edge.storing", "store_ledger", "after"),
    "a chunk is committed": ("tests.passes", "store_chunk", "after"),
    "alerts are raised, not delivered": ("tasks.edge.alerting", "deliver_alerts", "before"),
    "alerts are delivered, the pass is not ended": ("tasks.edge.alerting", "deliver_alerts", "after"),
}
# So few that a pass has several chunks, and dies in the first.
CHUNK_ITEMS = 16


def die_at(point: str) -> None:
    """Make this process kill itself when it comes to the point."""
    module_name, name, moment = POINTS[point]
    module = importlib.import_module(module_name)
    original = getattr(module, name)

    def die(*_: Any) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def call(*args: Any, **more: Any) -> Any:
        if moment == "before":
            die()
        result = original(*args, **more)
        if hasattr(result, "__await__"):
            return _finish(result, die)
        die()
        return result

    setattr(module, name, call)


async def _finish(awaited: Any, die: Any) -> None:
    await awaited
    die()


async def run_whole_pass(home: str, feeds: str) -> None:
    """All six stages, by the settings of the environment."""
    from tasks.edge import alerting, fetching
    from tasks.edge.passes import open_pass
    from tests.passes import work_off

    fetching.CHUNK_ITEMS = CHUNK_ITEMS
    with open_pass("monitor", home=home, feeds_file=feeds, with_all_feeds=True) as run:
        await work_off(run)
        await alerting.deliver_alerts(run)


if __name__ == "__main__":
    for point in sys.argv[3:]:
        die_at(point)
    asyncio.run(run_whole_pass(sys.argv[1], sys.argv[2]))
