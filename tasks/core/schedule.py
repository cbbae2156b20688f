"""When to ask again: a feed after a poll, a page after a failure. Pure; the clock is passed in.

    feed    wait = interval * 2^min(weight, 6), at most 6 hours; a day from weight 30 on; a month if it is gone
            wait * (0.8 + 0.1 u), u in [0, 1) by the feed's id
            at least the server's Retry-After, as far as that is a day, and u times an hour (or a quarter of it)
    page    permanent: never      stubborn: after 30 minutes, after 6 hours, then never
            temporary: 5 minutes * 2^(attempt - 1), at most 12 hours, until 14 days after first sight
            at least the server's Retry-After, as far as that is a day
    look    at a stored story that tells of a meeting or raised an alert: 1 hour and 1 day after its first text
            a failed one after 15 minutes and after an hour again, then it is missed

A feed is due a little before its interval ends: a pass every five minutes must find a five-minute feed due, although
two passes are never exactly five minutes apart.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from tasks.core.failures import outlook_of
from tasks.core.poll.weights import DEAD

GIVE_UP_AFTER = timedelta(days=14)  # the promise of DESIGN idea 1: an item waits no longer
LONGEST_WAIT_S = 86_400
GONE_WAIT_S = 30 * 86_400  # even feeds that are gone come back

# When a wire corrects a story it does so within hours (notes of the field study); a kill comes within a day.
LOOKS: Mapping[str, timedelta] = {"1 h": timedelta(hours=1), "1 d": timedelta(days=1)}
LATE = timedelta(days=3)  # a look that no pass could take for so long is not taken any more
_LOOK_WAITS_S = (15 * 60, 3600)
# What says that a page is gone, where it once gave a story.
GONE_KINDS = frozenset({"http_404", "http_410", "http_451", "taken_down"})

_DOUBLINGS = 6
_FAILING_WAIT_S = 6 * 3600
_EARLY, _SPREAD = 0.8, 0.1
_MOST_JITTER_S = 3600.0  # on a pause that the server asks for, so that not all its clients come back at once

_STUBBORN_WAITS_S = (30 * 60, 6 * 3600)
_FIRST_WAIT_S, _MOST_WAIT_S = 5 * 60, 12 * 3600


def next_poll(
    feed_id: str, interval_s: int, now: datetime, *, weight: float, retry_after_s: int | None, is_gone: bool = False
) -> datetime:
    """When to ask a feed again: always later than `now`, at most a day (and an hour of jitter), a month if it is gone.

    `weight` is that of the failed polls in a row, this one included; 0 after an answer. `retry_after_s` is what the
    server asked for. The same feed has the same place in the spread each time, so that feeds do not drift together.
    """
    place = _place(feed_id)
    wait = GONE_WAIT_S if is_gone else _poll_wait(interval_s, weight) * (_EARLY + _SPREAD * place)
    asked = bound_retry(retry_after_s)
    wait = max(wait, asked + place * min(_MOST_JITTER_S, asked / 4), 1.0)
    return now + timedelta(seconds=wait)


def bound_retry(retry_after_s: int | None) -> int:
    """What a server may ask of us: nothing that is negative, and a day at most (88 h was seen once)."""
    return min(max(retry_after_s or 0, 0), LONGEST_WAIT_S)


def next_try(
    attempt: int, kind: str, first_seen_at: datetime, now: datetime, *, retry_after_s: int | None = None
) -> datetime | None:
    """When to try an item again that has just failed for the `attempt`-th time (from 1), or None: give it up.

    `kind` is a kind of failure (`tasks.core.failures`); `retry_after_s` is what the server asked for.
    """
    wait_s = _item_wait(attempt, kind)
    if wait_s is None:
        return None
    again = now + timedelta(seconds=max(wait_s, min(retry_after_s or 0, LONGEST_WAIT_S)))
    return again if again <= first_seen_at + GIVE_UP_AFTER else None


def next_look(
    attempt: int, kind: str, first_seen_at: datetime, now: datetime, *, look: str, retry_after_s: int | None = None
) -> datetime | None:
    """When to look again at a stored story after the `attempt`-th failure of this look (from 1), or None: it is over.

    A page that is gone is an answer, not a failure. An edited story has the patience of a new one.
    """
    if kind in GONE_KINDS or outlook_of(kind) == "permanent":
        return None
    if look not in LOOKS:
        return next_try(attempt, kind, first_seen_at, now, retry_after_s=retry_after_s)
    if attempt > len(_LOOK_WAITS_S):
        return None
    return now + timedelta(seconds=max(_LOOK_WAITS_S[attempt - 1], min(retry_after_s or 0, LONGEST_WAIT_S)))


def _poll_wait(interval_s: int, weight: float) -> float:
    if weight >= DEAD:
        return LONGEST_WAIT_S / (_EARLY + _SPREAD)  # a little less than a day: polled daily, never silently off
    factor: float = 2.0 ** min(max(weight, 0.0), _DOUBLINGS)
    return min(interval_s * factor, float(max(_FAILING_WAIT_S, interval_s)))


def _item_wait(attempt: int, kind: str) -> int | None:
    """Seconds until the next try, or None where there is none."""
    outlook = outlook_of(kind)
    tried = max(attempt, 1) - 1
    if outlook == "temporary":
        return min(_FIRST_WAIT_S << min(tried, 20), _MOST_WAIT_S)
    return _STUBBORN_WAITS_S[tried] if outlook == "stubborn" and tried < len(_STUBBORN_WAITS_S) else None


def _place(feed_id: str) -> float:
    """The feed's own place in [0, 1): a hash, so that it is the same in every process."""
    return int.from_bytes(hashlib.sha256(feed_id.encode()).digest()[:4], "big") / 2**32
