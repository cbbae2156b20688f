"""Spans of one text, asked for those near a place: without it long texts would cost the square of their length."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator


class Spans:
    """Spans by where they start; `near` gives those that overlap or touch a place."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(spans)
        self._longest = max((to - at for at, to in self._spans), default=0)

    def __bool__(self) -> bool:
        return bool(self._spans)

    def near(self, at: int, to: int) -> Iterator[tuple[int, int]]:
        """The spans that may overlap [at, to), in order; some of those given may not, none that does is left out."""
        for index in range(bisect_left(self._spans, (at - self._longest, 0)), len(self._spans)):
            if self._spans[index][0] >= to:
                return
            yield self._spans[index]
