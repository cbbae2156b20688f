"""Work in processes that can be killed: a job that loops or explodes costs itself and nothing else.

    jobs -> threads, one a worker -> a program of ours over a pipe -> results and failures

Why programs of our own and no pool of multiprocessing: its workers import the parent's main module again, which under
Prefect takes seconds a worker, and the pool of a killed parent may live on. These start in the time that their own
imports take, keep their limits by themselves, and end when their input does.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from tasks.core.failures import make_failure
from tasks.core.model import Failure
from tasks.edge.frames import read_frame, write_frame

ROOT = Path(__file__).parents[2]
# What a worker needs of the environment. Secrets of the settings are no business of a process that parses their bytes.
_PASSED_ON = ("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")
_LAST_WORD_S = 1.0

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class JobLimits:
    """What one job may cost. `wall_s` is for a worker that hangs or starves; `cpu_s` ends the rest long before.

    `memory` is in bytes of address space.
    """

    cpu_s: float
    wall_s: float
    memory: int
    jobs_a_process: int = 1000


@dataclass(frozen=True, slots=True)
class Trade(Generic[Result]):
    """A kind of work: the program, how its results are read, and its words in failures (`<prefix>_timeout` ...).

    `opening`, where there is any, is the body of a first job that each new process gets, without a head.
    """

    module: str
    decode: Callable[[dict[str, Any]], Result | Failure]
    prefix: str
    what: str
    opening: bytes = b""


class WorkerPool(Generic[Result]):
    """Workers for the length of a `with` block; `grow` starts none yet, the first job of each does.

    Usable in any thread, by one at a time.
    """

    def __init__(self, trade: Trade[Result], limits: JobLimits, most: int) -> None:
        self.most = most
        self._trade = trade
        self._limits = limits
        self._executor = ThreadPoolExecutor(most, thread_name_prefix=trade.prefix)
        self._workers: list[Worker[Result]] = []
        self._idle: SimpleQueue[Worker[Result]] = SimpleQueue()

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

    def grow(self, wanted: int) -> None:
        """Have at least so many workers, but never more than `most`."""
        for _ in range(min(wanted, self.most) - len(self._workers)):
            worker = Worker(self._trade, self._limits)
            self._workers.append(worker)
            self._idle.put(worker)

    def submit(self, head: Any, body: bytes) -> Future[Result | Failure]:
        """Have one job done by the next worker that is free; at least one must have been grown."""
        return self._executor.submit(self._do, head, body)

    def _do(self, head: Any, body: bytes) -> Result | Failure:
        worker = self._idle.get()
        try:
            return worker.do(head, body)
        finally:
            self._idle.put(worker)


class Worker(Generic[Result]):
    """One process at a time; the next job starts another where it ended."""

    def __init__(self, trade: Trade[Result], limits: JobLimits) -> None:
        self._trade = trade
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._jobs = 0
        self._is_stopped = False
        self._is_overdue = False

    def do(self, head: Any, body: bytes) -> Result | Failure:
        """One job through the process."""
        if self._jobs >= self._limits.jobs_a_process:
            self.close()
        if self._is_stopped:
            return make_failure(f"{self._trade.prefix}_crash", f"the pool was closed before {self._trade.what} began")
        process, is_new = self._process, self._process is None
        if process is None:
            process = self._process = self._start()
        self._jobs += 1
        opened = self._exchange(process, None, self._trade.opening) if is_new and self._trade.opening else {}
        values = self._exchange(process, head, body) if opened == {} else opened
        if values is None:
            return self._name_end(self.close())
        if values.get("kind") == f"{self._trade.prefix}_memory":
            self.close()  # whatever filled it may be there still
        return self._trade.decode(values)

    def stop(self) -> None:
        """End what is being done, from another thread, and start nothing more."""
        self._is_stopped = True
        if (process := self._process) is not None:
            process.kill()

    def close(self) -> int | None:
        """End the process where there is one; its exit code, negative for a signal."""
        process, self._process, self._jobs = self._process, None, 0
        if process is None or process.stdin is None or process.stdout is None:
            return None
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        try:
            # One that died has an exit code of its own; one that waits for a job ends now that its input has ended.
            return process.wait(_LAST_WORD_S)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()
        finally:
            process.stdout.close()

    def _start(self) -> subprocess.Popen[bytes]:
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        # The same bytes give the same result on every run, so nothing may depend on the order of a set.
        environment |= {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
        limits = [str(self._limits.cpu_s), str(self._limits.memory)]
        return subprocess.Popen(  # noqa: S603 - our own module by our own interpreter
            [sys.executable, "-P", "-m", self._trade.module, *limits],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )

    def _exchange(self, process: subprocess.Popen[bytes], head: Any, body: bytes) -> dict[str, Any] | None:
        """The answer of the process, or None where it ended without one."""
        if process.stdin is None or process.stdout is None:
            return None
        watch = threading.Timer(self._limits.wall_s, self._end_overdue, (process,))
        watch.start()
        try:
            write_frame(process.stdin, head, body)
            frame = read_frame(process.stdout)
        except BrokenPipeError:
            return None
        finally:
            watch.cancel()
        return frame[0] if frame is not None else None

    def _end_overdue(self, process: subprocess.Popen[bytes]) -> None:
        self._is_overdue = True
        process.kill()

    def _name_end(self, code: int | None) -> Failure:
        is_overdue, self._is_overdue = self._is_overdue, False
        prefix, what = self._trade.prefix, self._trade.what
        if code == -signal.SIGPROF or is_overdue:
            return make_failure(f"{prefix}_timeout", f"{what} took more than {self._limits.cpu_s:g} s")
        return make_failure(f"{prefix}_crash", f"the worker ended during {what} (exit code {code})")
