"""Pages to text in worker processes that can be killed: a page that loops or explodes costs itself and nothing else.

    pages -> threads, one a worker -> tasks.edge.page_worker over a pipe -> texts and failures in order

Why programs of our own and no pool of multiprocessing: its workers import the parent's main module again, which under
Prefect takes seconds a worker, and the pool of a killed parent may live on. These start in the time that trafilatura
takes to import, keep their limits by themselves, and end when their input does.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Self

from tasks.core.failures import make_failure
from tasks.core.model import Failure
from tasks.core.page import PageText
from tasks.edge.page_worker import from_json, read_frame, write_frame

ROOT = Path(__file__).parents[2]
MOST_WORKERS = 4
PAGES_A_WORKER = 12  # a worker takes 0.8 s of CPU to start and 0.03 s for a page: fewer are not worth another one
# What a worker needs of the environment. Secrets of the settings are no business of a process that parses pages.
_PASSED_ON = ("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")

_LAST_WORD_S = 1.0

PageBytes = tuple[bytes, str, str]


@dataclass(frozen=True, slots=True)
class PageLimits:
    """What one page may cost. `wall_s` is for a worker that hangs or starves; `cpu_s` ends the rest long before."""

    cpu_s: float = 10.0
    wall_s: float = 90.0
    memory: int = 768 << 20  # bytes of address space; the largest of 258 real pages needs less than half
    pages_a_process: int = 1000


class PagePool:
    """Workers for the length of a `with` block; the first page starts them. Usable in any thread, by one at a time."""

    def __init__(self, workers: int | None = None, limits: PageLimits | None = None) -> None:
        self._most = workers or min(os.cpu_count() or 1, MOST_WORKERS)
        self._limits = limits or PageLimits()
        self._executor = ThreadPoolExecutor(self._most, thread_name_prefix="page-pool")
        self._workers: list[_Worker] = []
        self._idle: SimpleQueue[_Worker] = SimpleQueue()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._executor.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.stop()
        self._executor.shutdown()
        for worker in self._workers:
            worker.close()

    def extract(self, pages: Sequence[PageBytes]) -> Iterator[PageText | Failure]:
        """The text of each page (its bytes, content type and address) or why there is none, in order.

        Beside the failures of `tasks.core.page.read_page`: `extract_timeout`, `extract_memory` and `extract_crash`.
        """
        wanted = min(self._most, -(-len(pages) // PAGES_A_WORKER))
        for _ in range(wanted - len(self._workers)):
            worker = _Worker(self._limits)
            self._workers.append(worker)
            self._idle.put(worker)
        return self._executor.map(self._read, pages)

    def _read(self, page: PageBytes) -> PageText | Failure:
        worker = self._idle.get()
        try:
            return worker.read(page)
        finally:
            self._idle.put(worker)


class _Worker:
    """One process at a time; the next page starts another where it ended."""

    def __init__(self, limits: PageLimits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._pages = 0
        self._is_stopped = False
        self._is_overdue = False

    def read(self, page: PageBytes) -> PageText | Failure:
        """One page through the process."""
        if self._pages >= self._limits.pages_a_process:
            self.close()
        if self._is_stopped:
            return make_failure("extract_crash", "the pool was closed before the page was read")
        process = self._process = self._process or self._start()
        self._pages += 1
        result = self._exchange(process, page)
        if result is None:
            return self._name_end(self.close())
        if isinstance(result, Failure) and result.kind == "extract_memory":
            self.close()  # whatever filled it may be there still
        return result

    def stop(self) -> None:
        """End what is being read, from another thread, and start nothing more."""
        self._is_stopped = True
        if (process := self._process) is not None:
            process.kill()

    def close(self) -> int | None:
        """End the process where there is one; its exit code, negative for a signal."""
        process, self._process, self._pages = self._process, None, 0
        if process is None or process.stdin is None or process.stdout is None:
            return None
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        try:
            # One that died has an exit code of its own; one that waits for a page ends now that its input has ended.
            return process.wait(_LAST_WORD_S)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()
        finally:
            process.stdout.close()

    def _start(self) -> subprocess.Popen[bytes]:
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        # The same page gives the same bytes on every run, so nothing may depend on the order of a set.
        environment |= {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
        limits = [str(self._limits.cpu_s), str(self._limits.memory)]
        return subprocess.Popen(  # noqa: S603 - our own module by our own interpreter
            [sys.executable, "-P", "-m", "tasks.edge.page_worker", *limits],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )

    def _exchange(self, process: subprocess.Popen[bytes], page: PageBytes) -> PageText | Failure | None:
        """The answer of the process, or None where it ended without one."""
        if process.stdin is None or process.stdout is None:
            return None
        body, content_type, url = page
        watch = threading.Timer(self._limits.wall_s, self._end_overdue, (process,))
        watch.start()
        try:
            write_frame(process.stdin, [content_type, url], body)
            frame = read_frame(process.stdout)
        except BrokenPipeError:
            return None
        finally:
            watch.cancel()
        return from_json(frame[0]) if frame is not None else None

    def _end_overdue(self, process: subprocess.Popen[bytes]) -> None:
        self._is_overdue = True
        process.kill()

    def _name_end(self, code: int | None) -> Failure:
        is_overdue, self._is_overdue = self._is_overdue, False
        if code == -signal.SIGPROF or is_overdue:
            return make_failure("extract_timeout", f"reading the page took more than {self._limits.cpu_s:g} s")
        return make_failure("extract_crash", f"the worker ended while it read the page (exit code {code})")
