"""A wire that files at random, with bursts, and a feed that shows its last items: what do our polls miss, and is it told?

The polls are decided by the code that a pass runs (`fold_poll`, `is_due`); only the wire and the clock are made up.
"""

from __future__ import annotations

import math
import random
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tasks.core.model import Feed
from tasks.core.poll.fold import Sighting, fold_poll
from tasks.core.poll.interval import RATE_DAYS
from tasks.core.poll.lanes import is_due
from tasks.core.stages import FeedState

BEGIN = datetime(2026, 2, 2, tzinfo=UTC)
BURST_FACTOR, BURST_S = 10, 1800.0
LONGEST_WAIT_S = 1800.0  # an oracle too looks every half an hour, or it would tell of news too late


@dataclass(frozen=True, slots=True)
class SimulatedWire:
    """Items by the second at which each appears, in order; the feed shows the last `window` of them."""

    window: int
    times: Sequence[float]
    until: float

    def show(self, at: float) -> range:
        """The numbers of the items in the feed at a time."""
        newest = bisect_right(self.times, at)
        return range(max(newest - self.window, 0), newest)


@dataclass(slots=True)
class Watched:
    """What came of a week of polls. Gaps are spans of seconds; `missed` are times of items that no poll saw."""

    polls: int = 0
    items: int = 0
    missed: list[float] = field(default_factory=list)
    gaps: list[tuple[float, float]] = field(default_factory=list)
    oracle_polls: int = 0

    @property
    def untold(self) -> list[float]:
        """Items missed outside of every reported gap: there must be none."""
        return [time for time in self.missed if not any(low <= time <= high for low, high in self.gaps)]


def make_wire(chance: random.Random, days: float) -> SimulatedWire:
    """A window of 10 to 100 items; by day 2 to 40 items an hour, a quarter of that by night; a burst or two a day."""
    until = days * 86_400
    hourly = math.exp(chance.uniform(math.log(2), math.log(40)))
    bursts = sorted(chance.uniform(0, until) for _ in range(max(1, round(1.5 * days))))
    times, now = [], 0.0
    most = hourly * BURST_FACTOR / 3600
    while (now := now + chance.expovariate(most)) < until:
        is_burst = any(begin <= now < begin + BURST_S for begin in bursts)
        by_day = 1.0 if 6 <= now / 3600 % 24 < 22 else 0.25
        if chance.random() < (1.0 if is_burst else by_day / BURST_FACTOR):
            times.append(now)
    return SimulatedWire(chance.randint(10, 100), times, until)


def watch(wire: SimulatedWire, *, pass_s: float = 300.0, every_s: int = 600, name: str = "simulated") -> Watched:
    """Poll the feed in passes `pass_s` apart until its end, as a real pass would decide."""
    feed = Feed(name, name, "https://wire.example/rss", "en", "UTC", every_s)
    state, result = FeedState(name), Watched(items=len(wire.times))
    seen: set[int] = set()
    hours: dict[int, int] = {}
    last_answer = at = 0.0
    while at <= wire.until:
        now = BEGIN + timedelta(seconds=at)
        if is_due(state, now):
            shown = wire.show(at)
            known = len(seen.intersection(shown))
            rates = tuple(new for hour, new in hours.items() if hour * 3600 >= at - RATE_DAYS * 86_400)
            state = FeedState(
                name, answered_at=state.answered_at, next_poll_at=state.next_poll_at, hours=rates, memory=state.memory
            )
            sighting = Sighting(entries=len(shown), known=known, title="Simulated Wire", final_url=feed.url)
            folded = fold_poll(feed, state, sighting, now)
            if state.has_answered:
                hour = int(at // 3600)
                hours[hour] = hours.get(hour, 0) + len(shown) - known
            else:
                seen.update(range(shown.start))  # what was there before our first look is not ours to miss
            if "possible_gap" in folded.events:
                result.gaps.append((last_answer, at))
            seen.update(shown)
            state = FeedState(name, answered_at=now, next_poll_at=folded.next_poll_at, memory=folded.memory)
            last_answer = at
            result.polls += 1
        at += pass_s
    result.missed = [time for number, time in enumerate(wire.times) if number not in seen and time <= last_answer]
    result.oracle_polls = count_oracle_polls(wire)
    return result


def count_oracle_polls(wire: SimulatedWire) -> int:
    """Polls of one who knows the future: just before the window turns over, and every half an hour."""
    polls, at, number = 0, 0.0, 0
    while at < wire.until:
        full = wire.times[number + wire.window - 1] if number + wire.window - 1 < len(wire.times) else wire.until
        at = min(full, at + LONGEST_WAIT_S)
        number = bisect_right(wire.times, at)
        polls += 1
    return polls
