"""One poll more: what a feed's answer makes of what we knew of it. Pure; the clock is passed in.

    memory + what was seen --fold_poll--> memory, next poll, overlap, gap, events

Every poll's fact carries the whole memory after it, so that the state of a feed is its latest fact, and what happened
can be asked of the facts before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tasks.core.model import Failure, Feed
from tasks.core.poll.identity import is_hold_over, is_other_host, is_other_title, is_taken_over
from tasks.core.poll.interval import adapt_interval, clamp_interval, find_rate, is_easy, limit_interval
from tasks.core.poll.moves import count_gone, follow_move, host_of, is_gone, leave_lost_address
from tasks.core.poll.weights import name_health, weigh_failure
from tasks.core.schedule import bound_retry, next_poll
from tasks.core.stages import FeedMemory, FeedState

FULL_EVERY = 12  # polls after which a body is asked for whatever the validator says (notes/reliability, row 33)
FULL_AFTER = timedelta(hours=24)
EMPTY_POLLS = 2  # polls without an entry from which on it is no slip


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one poll saw. `entries` are the distinct ones of the window, `known` of these were seen before.

    An answer without a body (304) has None for both; `is_ours` says that the failure was our own network's.
    """

    failure: Failure | None = None
    is_ours: bool = False
    entries: int | None = None
    known: int | None = None
    title: str | None = None
    final_url: str | None = None
    moved_to: str | None = None
    has_lied: bool = False


@dataclass(frozen=True, slots=True)
class FoldedPoll:
    """What the fact of a poll says beside what was seen. With `is_held`, its new items raise no alert."""

    memory: FeedMemory
    next_poll_at: datetime
    overlap: float | None
    gap_from: datetime | None
    retry_until: datetime | None
    events: tuple[str, ...]

    @property
    def is_held(self) -> bool:
        """True while the feed's title or host is suddenly another."""
        return self.memory.held_since is not None


def fold_poll(feed: Feed, state: FeedState, seen: Sighting, now: datetime) -> FoldedPoll:
    """The memory after one poll more, and when to ask again."""
    memory = replace(state.memory, seq=state.memory.seq + 1)
    overlap = None
    if seen.failure is None:
        overlap = measure_overlap(state, seen)
        memory = _fold_answer(feed, memory, seen, now, overlap)
        memory = replace(memory, interval_s=_settle_interval(feed, memory, overlap, state.hours))
    elif not seen.is_ours:
        memory = _fold_failure(memory, seen.failure, now)
    gone = is_gone(memory, now)
    kind = seen.failure.kind if seen.failure else None
    memory = replace(memory, health=name_health(memory.weight, memory.failures, kind, is_gone=gone))
    asked = bound_retry(seen.failure.retry_after_s if seen.failure else None)
    has_gap = overlap == 0 and state.answered_at is not None
    return FoldedPoll(
        memory=memory,
        next_poll_at=next_poll(
            feed.feed_id, _interval_of(feed, memory), now, weight=memory.weight, retry_after_s=asked, is_gone=gone
        ),
        overlap=overlap,
        gap_from=state.answered_at if has_gap else None,
        retry_until=now + timedelta(seconds=asked) if asked else None,
        events=tuple(_name_events(state, memory, has_gap=has_gap)),
    )


def measure_overlap(state: FeedState, seen: Sighting) -> float | None:
    """The share of the window that was known: 1 for the same body again, None where there is nothing to compare."""
    if not state.has_answered:
        return None
    if seen.entries is None or seen.known is None:
        return 1.0 if state.memory.window_n else None
    return seen.known / seen.entries if seen.entries else None


def wants_full(state: FeedState, now: datetime) -> bool:
    """Is a body asked for whatever the validator says? One that lied once is not believed again."""
    memory = state.memory
    is_old = memory.body_at is None or now - memory.body_at >= FULL_AFTER
    return memory.has_lying_etag or memory.unseen_polls + 1 >= FULL_EVERY or is_old


def _fold_answer(feed: Feed, memory: FeedMemory, seen: Sighting, now: datetime, overlap: float | None) -> FeedMemory:
    memory = replace(memory, failures=0, weight=0.0, failing_since=None)
    memory = count_gone(memory, None, now)
    is_unseen = seen.entries is None
    memory = replace(
        memory,
        unseen_polls=memory.unseen_polls + 1 if is_unseen else 0,
        body_at=memory.body_at if is_unseen else now,
        has_lying_etag=memory.has_lying_etag or seen.has_lied,
        easy_polls=memory.easy_polls + 1 if overlap is not None and is_easy(overlap) else 0,
    )
    if seen.entries:
        memory = replace(memory, window_n=seen.entries, empty_polls=0)
    elif memory.window_n and (seen.entries == 0 or memory.empty_polls):  # a 304 says that it is as empty as before
        memory = replace(memory, empty_polls=memory.empty_polls + 1)
    memory = _fold_identity(memory, seen, now, overlap)
    return memory if memory.held_since else follow_move(feed, memory, seen.moved_to, now)


def _fold_identity(memory: FeedMemory, seen: Sighting, now: datetime, overlap: float | None) -> FeedMemory:
    if not seen.entries:
        return memory
    host = host_of(seen.final_url or "") or memory.identity_host
    if memory.held_since is not None:
        is_back = not is_other_title(memory.identity, seen.title) and not is_other_host(memory.identity_host, host)
        if not is_back and not is_hold_over(memory.held_since, now):
            return memory
    elif is_taken_over((memory.identity, memory.identity_host), (seen.title, host), overlap):
        return replace(memory, held_since=now)
    return replace(memory, identity=seen.title or memory.identity, identity_host=host, held_since=None)


def _fold_failure(memory: FeedMemory, failure: Failure, now: datetime) -> FeedMemory:
    memory = count_gone(memory, failure.kind, now)
    memory = replace(
        memory,
        failures=memory.failures + 1,
        weight=memory.weight + weigh_failure(failure.kind),
        failing_since=memory.failing_since or now,
    )
    return leave_lost_address(memory)


def _settle_interval(feed: Feed, memory: FeedMemory, overlap: float | None, hours: Sequence[int]) -> int:
    interval = _interval_of(feed, memory)
    if overlap is not None:
        interval = adapt_interval(interval, overlap, memory.easy_polls)
    return limit_interval(interval, memory.window_n, find_rate(hours))


def _interval_of(feed: Feed, memory: FeedMemory) -> int:
    """The interval of the polls so far; a new feed begins with the catalog's word."""
    return memory.interval_s or clamp_interval(feed.every_s)


def _name_events(state: FeedState, memory: FeedMemory, *, has_gap: bool) -> Sequence[str]:
    before = state.memory
    happened = {
        "possible_gap": has_gap,
        "empty_feed": memory.empty_polls == EMPTY_POLLS and before.empty_polls < EMPTY_POLLS,
        "identity_changed": memory.held_since is not None and before.held_since is None,
        "identity_accepted": memory.held_since is None and before.held_since is not None,
        "lying_etag": memory.has_lying_etag and not before.has_lying_etag,
        "moved": memory.effective_url is not None and memory.effective_url != before.effective_url,
        "moved_back": memory.effective_url is None and before.effective_url is not None,
        "gone": memory.health == "gone" and before.health != "gone",
        "back": memory.gone_since is None and before.health == "gone",
    }
    return [name for name, has_happened in happened.items() if has_happened]
