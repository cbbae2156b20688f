"""How far long work is, how fast it goes, and when it will be done."""

from __future__ import annotations

from dataclasses import dataclass

_LEAST_S = 1.0  # before that a speed says nothing


@dataclass(frozen=True, slots=True)
class Pace:
    """So many of all units are done; `before` of them were when the seconds began to run."""

    done: int
    total: int
    seconds: float
    before: int = 0

    @property
    def per_second(self) -> float | None:
        """Units a second; None while there is nothing to go by."""
        fresh = self.done - self.before
        return fresh / self.seconds if fresh > 0 and self.seconds >= _LEAST_S else None

    @property
    def left_s(self) -> float | None:
        """Seconds until the rest is done, at this pace."""
        speed = self.per_second
        return None if speed is None else max(self.total - self.done, 0) / speed

    def describe(self, what: str) -> str:
        """In words: `1,200 of 20,000 articles, 212 a second, about 2 min left`."""
        told = f"{self.done:,} of {self.total:,} {what}"
        if self.per_second is None or self.left_s is None or self.done >= self.total:
            return told
        return f"{told}, {describe_speed(self.per_second)} a second, about {describe_span(self.left_s)} left"


def describe_speed(per_second: float) -> str:
    """Units a second, as exactly as anybody cares: `1,650`, `64`, `0.4`."""
    return f"{per_second:,.0f}" if per_second >= 10 else f"{per_second:.1f}"


def describe_span(seconds: float) -> str:
    """A span of time as people say it: `40 s`, `12 min`, `3 h 20 min`."""
    if seconds < 90:
        return f"{max(round(seconds), 1)} s"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours < 10 and rest else f"{round(minutes / 60)} h"
