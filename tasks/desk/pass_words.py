"""Why feeds did not answer, in the words of the sum: kinds of failure gathered by what a person would do about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tasks.core.failures import FAILURE_KINDS

# (one feed, several feeds, the kinds). The order is that of the sentence where counts are equal.
_GROUPS: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("refused this network", "refused this network", frozenset({"http_403", "http_451"})),
    (
        "moved",
        "moved",
        frozenset({"http_404", "http_410", "http_3xx", "bad_redirect", "redirect_loop", "insecure_redirect"}),
    ),
    ("wants a subscription", "want a subscription", frozenset({"http_401", "http_402"})),
    ("lacks its token", "lack their token", frozenset({"token_missing", "token_unsafe"})),
    ("asked us to slow down", "asked us to slow down", frozenset({"http_429"})),
    (
        "could not be reached",
        "could not be reached",
        frozenset(
            {
                "dns",
                "dns_temporary",
                "connect",
                "connect_timeout",
                "timeout",
                "reset",
                "tls",
                "host_down",
            }
        ),
    ),
    ("is not a public address", "are not public addresses", frozenset({"blocked_address", "bad_url"})),
    ("has a fault at its server", "have a fault at their server", frozenset({"http_5xx"})),
    (
        "gave no feed",
        "gave no feed",
        frozenset({"html_not_feed", "not_a_feed", "unsupported_format", "xml_bomb", "feed_unreadable", "empty_body"}),
    ),
)
_OTHERS = ("gave an answer that cannot be used", "gave answers that cannot be used")


def describe_answers(asked: int, failures: Iterable[str]) -> str:
    """`31 of 44 feeds answered: 7 refused this network, 4 moved, 2 want a subscription.`"""
    groups = Counter(_group_of(kind) for kind in failures)
    failed = sum(groups.values())
    words = f"{asked - failed:,} of {asked:,} {'feed' if asked == 1 else 'feeds'} answered"
    order = {group[:2]: at for at, group in enumerate(_GROUPS)}
    listed = sorted(groups.items(), key=lambda pair: (-pair[1], order.get(pair[0], len(order))))
    told = ", ".join(f"{number} {one if number == 1 else many}" for (one, many), number in listed)
    return f"{words}: {told}." if told else f"{words}."


def explain_kind(kind: str) -> str:
    """What a kind of failure means, in words."""
    known = FAILURE_KINDS.get(kind)
    return known.meaning if known else kind.replace("_", " ")


def _group_of(kind: str) -> tuple[str, str]:
    for one, many, kinds in _GROUPS:
        if kind in kinds:
            return one, many
    return _OTHERS
