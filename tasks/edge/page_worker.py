"""A process that reads pages, one after the other: a page in by standard input, its text out by standard output.

    python -m tasks.edge.page_worker        (tasks.edge.pool starts it; nobody else does)

It is a program of its own, so that whatever the parent's main module is (Prefect's engine, a test runner) is never
imported here. Its limits are the kernel's: a page that uses its seconds of CPU ends the process by a signal, whatever
C code it is in, and memory beyond the limit is refused. When its parent is gone its input
ends, and so does it.

A frame is two lengths (4 bytes each), then JSON, then raw bytes. No pickle: what comes out of a process that parses
hostile pages must not be able to run code in the parent.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import resource
import signal
import struct
import sys
from dataclasses import asdict
from datetime import datetime
from typing import IO, Any

from tasks.core.failures import make_failure
from tasks.core.model import Failure
from tasks.core.page import PageText, read_page

_LENGTHS = struct.Struct(">II")


def write_frame(stream: IO[bytes], head: Any, body: bytes = b"") -> None:
    """Write one frame and flush it."""
    text = json.dumps(head).encode()
    stream.write(_LENGTHS.pack(len(text), len(body)))
    stream.write(text)
    stream.write(body)
    stream.flush()


def read_frame(stream: IO[bytes]) -> tuple[Any, bytes] | None:
    """The next frame, or None where the stream ends."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    text_length, body_length = _LENGTHS.unpack(lengths)
    text, body = stream.read(text_length), stream.read(body_length)
    return (json.loads(text), body) if len(text) == text_length and len(body) == body_length else None


def to_json(result: PageText | Failure) -> dict[str, Any]:
    """A result as JSON values."""
    values = asdict(result)
    if isinstance(result, PageText) and result.published_at is not None:
        values["published_at"] = result.published_at.isoformat()
    return values


def from_json(values: dict[str, Any]) -> PageText | Failure:
    """The result that `to_json` wrote."""
    if "kind" in values:
        return Failure(**values)
    moment = values["published_at"]
    dated = {"published_at": datetime.fromisoformat(moment) if moment else None, "authors": tuple(values["authors"])}
    return PageText(**{**values, **dated})


def main() -> None:
    """Read pages until the input ends. Arguments: seconds of CPU a page, bytes of memory."""
    cpu_s, memory = float(sys.argv[1]), int(sys.argv[2])
    pages, results = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # What a library prints must not get between the frames; Ctrl-C is the parent's to answer.
    os.dup2(2, 1)
    logging.disable(logging.CRITICAL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    _limit(resource.RLIMIT_CORE, 0)

    from tasks.core import page_body, page_meta  # noqa: F401 - the slow imports, before the first page is timed

    _limit(resource.RLIMIT_AS, memory)
    with contextlib.suppress(BrokenPipeError):
        while (frame := read_frame(pages)) is not None:
            (content_type, url), body = frame
            write_frame(results, to_json(_read_timed(body, content_type, url, cpu_s)))
    os._exit(0)  # nothing to tidy, and buffers of a broken pipe would complain


def _read_timed(body: bytes, content_type: str, url: str, cpu_s: float) -> PageText | Failure:
    """One page. CPU time counts, so that the outcome does not depend on what else the machine does."""
    signal.setitimer(signal.ITIMER_PROF, cpu_s)
    try:
        return read_page(body, content_type, url)
    except MemoryError:
        return make_failure("extract_memory", "the page needs more memory than a worker may use")
    except Exception as error:  # noqa: BLE001 - foreign parsers on hostile bytes: any error is this page's failure
        return make_failure("extract_crash", f"the extraction failed ({type(error).__name__}: {str(error)[:200]})")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _limit(what: int, most: int) -> None:
    """Set a limit where the system has it (macOS does not know all of them)."""
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main()
