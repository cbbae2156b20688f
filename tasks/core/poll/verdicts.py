"""Whose fault is it that feeds do not answer: theirs, or our own network's? Pure."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from tasks.core.stages import FeedAnswer

# Classes of failure that say something about our way out rather than about one feed.
NETWORK_KINDS = frozenset({"dns", "dns_temporary", "connect", "connect_timeout", "timeout", "reset", "tls"})
PROVING_HOSTS = 3
_MOST = 0.5


def is_egress_down(answers: Sequence[FeedAnswer], not_due: int) -> bool:
    """Did no feed answer, of so many that it is no fault of theirs? One dead feed that is due alone proves nothing."""
    has_failed = all(is_on_the_way(answer) for answer in answers)
    return bool(answers) and has_failed and (not_due == 0 or _count_hosts(answers) >= PROVING_HOSTS)


def is_egress_ill(answers: Sequence[FeedAnswer]) -> bool:
    """Do most feeds fail on the way that answered the last time? Then it is our own network, and nothing is theirs."""
    witnesses = [answer for answer in answers if answer.state.has_answered and not answer.state.memory.failures]
    failed = [answer for answer in witnesses if is_on_the_way(answer)]
    return len(failed) > _MOST * len(witnesses) and _count_hosts(failed) >= PROVING_HOSTS


def is_on_the_way(answer: FeedAnswer) -> bool:
    """Did it fail on the way to the server?"""
    return answer.failure is not None and answer.failure.kind in NETWORK_KINDS


def _count_hosts(answers: Sequence[FeedAnswer]) -> int:
    return len({urlsplit(answer.feed.url).hostname for answer in answers})
