"""The inside of a worker process: a job in by standard input, its result out by standard output, until the input ends.

It is a program of its own, so that whatever the parent's main module is (Prefect's engine, a test runner) is never
imported here. Its limits are the kernel's: a job that uses its seconds of CPU ends the process by a signal, whatever C
code it is in, and memory beyond the limit is refused. When its parent is gone its input ends, and so does it.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import resource
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from tasks.core.failures import make_failure
from tasks.edge.frames import read_frame, write_frame

Work = Callable[[Any, bytes], dict[str, Any]]
# A page makes thousands of short-lived objects; sweeping for cycles every 700 of them took 4 % of its time (measured).
_OBJECTS_BETWEEN_SWEEPS = 20_000


def serve_jobs(load_work: Callable[[], Work], prefix: str, what: str) -> None:
    """Work until the input ends. Arguments of the program: seconds of CPU a job, bytes of memory.

    `load_work` makes the slow imports, before the first job is timed. Failures are `<prefix>_memory` and
    `<prefix>_crash`; `what` names a job in their sentences. Does not return.
    """
    cpu_s, memory = float(sys.argv[1]), int(sys.argv[2])
    jobs, results = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # What a library prints must not get between the frames; Ctrl-C is the parent's to answer.
    os.dup2(2, 1)
    logging.disable(logging.CRITICAL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    _limit(resource.RLIMIT_CORE, 0)
    work = load_work()
    gc.set_threshold(_OBJECTS_BETWEEN_SWEEPS, *gc.get_threshold()[1:])
    _limit(resource.RLIMIT_AS, memory)
    with contextlib.suppress(BrokenPipeError):
        while (frame := read_frame(jobs)) is not None:
            write_frame(results, _do_timed(work, *frame, cpu_s, (prefix, what)))
    os._exit(0)  # nothing to tidy, and buffers of a broken pipe would complain


def _do_timed(work: Work, head: Any, body: bytes, cpu_s: float, names: tuple[str, str]) -> dict[str, Any]:
    """One job. CPU time counts, so that the outcome does not depend on what else the machine does."""
    prefix, what = names
    signal.setitimer(signal.ITIMER_PROF, cpu_s)
    try:
        return work(head, body)
    except MemoryError:
        return asdict(make_failure(f"{prefix}_memory", f"{what} needs more memory than a worker may use"))
    except Exception as error:  # noqa: BLE001 - foreign parsers on hostile bytes: any error is this job's failure
        cause = f"{what} failed ({type(error).__name__}: {str(error)[:200]})"
        return asdict(make_failure(f"{prefix}_crash", cause))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _limit(what: int, most: int) -> None:
    """Set a limit where the system has it (macOS does not know all of them)."""
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(what, (most, most))
