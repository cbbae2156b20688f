"""Which feeds are asked now, in which lane, and for how long each may take. Pure; the clock is passed in.

    due -> paused host?  -> left for later
        -> failed twice? -> the lane for feeds known as bad: few at once, a short deadline
        -> else          -> the good lane: all at once

So a feed that is dead and known as such delays no other, and the poll as a whole ends within one deadline.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from tasks.core.model import Feed
from tasks.core.poll.interval import LONGEST_S
from tasks.core.schedule import GONE_WAIT_S, LONGEST_WAIT_S
from tasks.core.stages import FeedState

DEADLINE_S = 20.0  # one feed, redirects and a second try included; also the lane of the bad ones as a whole
BAD_DEADLINE_S = 5.0
BAD_AT_ONCE = 12  # 40 dead feeds are through in four rounds of five seconds, which is one deadline
BAD_FROM = 2  # failed polls in a row; one may be chance
PATIENT_EVERY = 4  # of a bad feed's polls each fourth may take the whole deadline: it may be slow, and no more

_HOUR = timedelta(hours=1)


def is_due(state: FeedState | None, now: datetime, *, is_anyway: bool = False) -> bool:
    """Is it time to ask this feed? `is_anyway` asks it before its time, but for a host that wants to be left alone.

    A next poll further off than any that could have been set by now means that our clock went back: it counts as due.
    """
    if state is None or state.next_poll_at is None:
        return True
    longest = timedelta(seconds=LONGEST_WAIT_S) + _HOUR
    paused = state.host_paused_until
    if paused is not None and now < paused <= now + longest:
        return False
    if is_anyway or state.next_poll_at <= now:
        return True
    memory = state.memory
    if memory.health == "gone":
        return state.next_poll_at > now + timedelta(seconds=GONE_WAIT_S)
    return state.next_poll_at > now + (longest if memory.weight else timedelta(seconds=LONGEST_S))


def is_known_bad(state: FeedState) -> bool:
    """Has the feed failed at its last polls?"""
    return state.memory.failures >= BAD_FROM


def split_lanes(due: Sequence[Feed], states: Mapping[str, FeedState]) -> tuple[tuple[Feed, ...], tuple[Feed, ...]]:
    """The good feeds, and the bad ones: first those that may take long, then who waits longest."""
    bad = [feed for feed in due if is_known_bad(states.get(feed.feed_id, FeedState(feed.feed_id)))]
    held = {feed.feed_id for feed in bad}
    bad.sort(key=lambda feed: (-deadline_of(states[feed.feed_id]), states[feed.feed_id].memory.seq))
    return tuple(feed for feed in due if feed.feed_id not in held), tuple(bad)


def deadline_of(state: FeedState) -> float:
    """Seconds that one feed's answer may take."""
    failures = state.memory.failures
    if failures < BAD_FROM or failures % PATIENT_EVERY == 0:
        return DEADLINE_S
    return BAD_DEADLINE_S


def authority_of(url: str) -> str:
    """Host and port of an address in small letters, without a user: what a server's wish for a pause is about."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""
