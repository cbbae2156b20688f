"""Progress of a pass, told to whoever listens: the command line shows bars, scheduled runs listen to nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

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
