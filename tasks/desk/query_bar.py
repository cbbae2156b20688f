"""How far a long question is, on stderr, where a person waits for it: `34 % after 12 s; Ctrl-C stops it`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Protocol

from tasks.edge.clock import monotonic

PATIENCE_S = 2.0  # what is answered sooner needs no bar
EVERY_S = 0.5
_CLEAR = "\r\x1b[K"


class Asked(Protocol):
    """A connection that runs a question."""

    def query_progress(self) -> float:
        """Percent of the question that is done; below 0 where nobody knows."""


@contextmanager
def show_query(connection: Asked) -> Iterator[None]:
    """Say how far the question of the block is; nothing where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield
        return
    ended = Event()
    watcher = Thread(target=watch_query, args=(connection, ended, _write), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()


def watch_query(connection: Asked, ended: Event, write: Callable[[str], None]) -> None:
    """Write how far the question is every half second after the first two, and clear the line when it has ended."""
    begun, is_shown = monotonic(), False
    wait = PATIENCE_S
    while not ended.wait(wait):
        write(_CLEAR + tell_query(connection.query_progress(), monotonic() - begun))
        wait, is_shown = EVERY_S, True
    if is_shown:
        write(_CLEAR)


def tell_query(percent: float, seconds: float) -> str:
    """The words for so many percent after so many seconds."""
    done = f"{percent:.0f} % after" if percent >= 0 else "Asked for"
    return f"{done} {seconds:.0f} s; Ctrl-C stops it"


def _write(words: str) -> None:
    sys.stderr.write(words)
    sys.stderr.flush()
