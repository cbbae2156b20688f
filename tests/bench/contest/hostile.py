"""Hostile pages through the pool's own limits: what each took, and by which name it is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tasks.core.model import Failure
from tasks.edge.pool import PAGE_LIMITS, PageBytes, PagePool
from tests.bench.contest.pipeline import cpu_s
from tests.bench.contest.scaling import find_workers, read_memory
from tests.bench.contest.table import goal
from tests.hostile import hostile_pages

_MOST_S, _MOST_MB = 10.0, 512


@dataclass(frozen=True, slots=True)
class Took:
    """What one page took; memory is 0 where its worker ended with it, and was under the kernel's limit then."""

    name: str
    cpu_s: float
    rss: int
    end: str


def hostile_lines() -> Iterator[str]:
    """Each page in a worker of its own."""
    yield "\nhostile pages: CPU s, MB of the worker, how it is recorded"
    took = [_try(name, page) for name, page in hostile_pages().items()]
    for each in took:
        yield f"  {each.name:<34}{each.cpu_s:6.1f}{_tell(each.rss):>8}  {each.end}"
    yield goal("CPU s of the worst", max(each.cpu_s for each in took), _MOST_S + 0.5, form=".1f")
    yield goal("MB of the worst", max(each.rss for each in took) / 2**20, _MOST_MB, form=".0f")


def _tell(rss: int) -> str:
    return f"{rss / 2**20:.0f}" if rss else f"<{PAGE_LIMITS.memory >> 20}"


def _try(name: str, page: PageBytes) -> Took:
    with PagePool(1) as pool:
        list(pool.extract([(b"<p>Talks ended.</p>", "text/html", "https://harbour.example/warm")]))
        begun = cpu_s()
        (result,) = pool.extract([page])
        took = cpu_s() - begun
        rss = max((read_memory(worker, "VmHWM") for worker in find_workers()), default=0)
    end = result.kind if isinstance(result, Failure) else f"a text of {len(result.text):,} characters, {result.quality}"
    return Took(name, took, rss, end)
