"""Do workers share the work, and do they stay small? Against a loop of plain arithmetic in the same run.

The loop tells what the machine gives to so many processes at the moment; the workers' speed-up is told as a share of its.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from tasks.edge import page_worker
from tasks.edge.pool import MOST_WORKERS, PageBytes, PagePool

WORKERS = min(os.cpu_count() or 1, MOST_WORKERS)
PASSES = 7
_LOOP = "n = 0\nfor each in range(30_000_000): n += each * each % 7"


@dataclass(frozen=True, slots=True)
class Scaling:
    """Speed-ups of the loop and of the workers, turn by turn; memory of a worker in bytes."""

    loop: tuple[float, ...]
    pool: tuple[float, ...]
    rss: tuple[int, ...]
    peak: int

    @property
    def share(self) -> float:
        """The workers' speed-up as a share of the loop's: the middle one of the turns."""
        return median(pool / loop for pool, loop in zip(self.pool, self.loop, strict=True))


def measure_scaling(pages: Sequence[PageBytes], turns: int) -> Scaling:
    """Take turns: one loop, one worker, so many loops, so many workers; then the same pages again and again."""
    loops, pools = [], []
    with PagePool(1) as one, PagePool(WORKERS) as many:
        _read_all(one, pages[:12])
        _read_all(many, pages[: 12 * WORKERS + 1])
        for _ in range(turns):
            loop, pool = _burn(1), _read_all(one, pages)
            loops.append(WORKERS * loop / _burn(WORKERS))
            pools.append(pool / _read_all(many, pages))
    with PagePool(WORKERS) as pool_of_passes:
        sizes = [_weigh(pool_of_passes, pages) for _ in range(PASSES)]
        peak = max(read_memory(worker, "VmHWM") for worker in find_workers())
    return Scaling(tuple(loops), tuple(pools), tuple(sizes), peak)


def _burn(processes: int) -> float:
    """Seconds until so many loops have ended."""
    begun = perf_counter()
    running = [subprocess.Popen([sys.executable, "-S", "-c", _LOOP]) for _ in range(processes)]
    for each in running:
        each.wait()
    return perf_counter() - begun


def _read_all(pool: PagePool, pages: Sequence[PageBytes]) -> float:
    begun = perf_counter()
    for _ in pool.extract(pages):
        pass
    return perf_counter() - begun


def _weigh(pool: PagePool, pages: Sequence[PageBytes]) -> int:
    """The largest worker after another pass over the pages."""
    _read_all(pool, pages)
    return max(read_memory(worker, "VmRSS") for worker in find_workers())


def find_workers() -> list[int]:
    """The page workers of this process."""
    children = " ".join(task.read_text() for task in Path("/proc/self/task").glob("*/children")).split()
    return [
        int(child) for child in children if page_worker.__name__.encode() in Path(f"/proc/{child}/cmdline").read_bytes()
    ]


def read_memory(process: int, what: str) -> int:
    """Bytes: `VmRSS` now, `VmHWM` at most so far."""
    return int(Path(f"/proc/{process}/status").read_text().partition(f"{what}:")[2].split()[0]) * 1024
