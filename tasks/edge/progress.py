"""Progress of a pass, told to whoever listens: the command line shows bars, scheduled runs listen to nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tasks.core.pace import Pace
from tasks.edge.clock import monotonic

Listener = Callable[[str, int, int], None]

_listeners: list[Listener] = []


def tell_progress(stage: str, done: int, total: int) -> None:
    """Say that `done` of `total` units of a stage are done."""
    for listener in _listeners:
        listener(stage, done, total)


@contextmanager
def listen(listener: Listener) -> Iterator[None]:
    """Hear the progress of passes in this process while the block runs."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


class PaceTeller:
    """A listener that says in a line, at most every so many seconds, how far a stage is and when it will be done."""

    def __init__(self, stage: str, what: str, say: Callable[[str], None], every_s: float = 30.0) -> None:
        self._stage, self._what, self._say, self._every_s = stage, what, say, every_s
        self._begun: tuple[float, int] | None = None
        self._said = 0.0

    def hear(self, stage: str, done: int, total: int) -> None:
        """Take note, and say it when it is time."""
        if stage != self._stage:
            return
        now = monotonic()
        if self._begun is None:
            self._begun, self._said = (now, done), now
        if now - self._said >= self._every_s:
            self._said = now
            self._say(Pace(done, total, now - self._begun[0], self._begun[1]).describe(self._what))
