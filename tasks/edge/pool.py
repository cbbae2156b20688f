"""Pages to text in workers that can be killed.

pages -> tasks.edge.workers -> tasks.edge.page_worker -> texts and failures in order
"""

from __future__ import annotations

import atexit
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache

from tasks.core.model import Failure
from tasks.core.page.read import NOTHING_MORE, PageText, Wanted
from tasks.edge.page_worker import from_json, wanted_json
from tasks.edge.workers import JobLimits, Trade, WorkerPool

MOST_WORKERS = 4
PAGES_A_WORKER = 12  # a worker takes 0.8 s of CPU to start and 0.03 s for a page: fewer are not worth another one
# A worker takes 0.2 GB at most for 258 real pages, and 0.4 GB for the worst of the invented ones in tests/hostile.py.
PAGE_LIMITS = JobLimits(cpu_s=10.0, wall_s=90.0, memory=512 << 20)
_TRADE = Trade("tasks.edge.page_worker", from_json, "extract", "reading the page")

PageBytes = tuple[bytes, str, str]  # body, content type, address

_TURN = threading.Lock()


class PagePool(WorkerPool[PageText]):
    """Workers for pages; the first page starts them."""

    def __init__(self, workers: int | None = None, limits: JobLimits = PAGE_LIMITS) -> None:
        super().__init__(_TRADE, limits, workers or min(os.cpu_count() or 1, MOST_WORKERS))

    def extract(self, pages: Sequence[PageBytes], wanted: Sequence[Wanted] = ()) -> Iterator[PageText | Failure]:
        """The text of each page or why there is none, in order; `wanted` is of each page, or left out.

        Beside the failures of `read_page`: `extract_timeout`, `extract_memory` and `extract_crash`.
        """
        self.grow(-(-len(pages) // PAGES_A_WORKER))
        heads = [wanted_json(each) for each in wanted or [NOTHING_MORE] * len(pages)]
        futures = [
            self.submit([content_type, url, head], body)
            for (body, content_type, url), head in zip(pages, heads, strict=True)
        ]
        return (future.result() for future in futures)


@contextmanager
def borrow_pool() -> Iterator[PagePool]:
    """The pool of this process, for one at a time: the chunks of a pass need not start its workers anew.

    It ends with the process, and with an error of the borrower, who may have left work in it.
    """
    with _TURN:
        pool = _open_shared()
        try:
            yield pool
        except BaseException:
            close_shared()
            raise


@cache
def _open_shared() -> PagePool:
    atexit.register(close_shared)
    return PagePool()


def close_shared() -> None:
    """End the pool of this process, where there is one; whoever comes next gets another."""
    atexit.unregister(close_shared)
    if _open_shared.cache_info().currsize:
        _open_shared().__exit__(None, None, None)
        _open_shared.cache_clear()
