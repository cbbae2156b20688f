"""What a failed poll weighs, and what the sum of failures in a row says of a feed's health. Pure.

    TEMP 0.25   passes by itself: a timeout, a lost connection, a server that asks us to slow down
    SOFT 0.5    feeds come back from it: no such host, a refusal, 404, a server's fault, an empty or odd answer
    HARD 1      does not mend itself: gone, an address that may not be asked, a format that is not read

    health      ok -> degraded (from 3) -> failing (from 10) -> dead (from 30; asked daily, never silently off)

The weights are Media Cloud's (its rss-fetcher, `fetcher/tasks.py`), the bounds those of notes/reliability section 11.
"""

from __future__ import annotations

TEMP, SOFT, HARD = 0.25, 0.5, 1.0

DEGRADED, FAILING, DEAD = 3.0, 10.0, 30.0
DEGRADED_EMPTY = 3  # answers without a byte in a row: the feed is broken however softly it says so

_TEMP_KINDS = frozenset({
    "dns_temporary", "connect_timeout", "timeout", "reset", "truncated", "host_down", "http_429", "token_missing",
})  # fmt: skip
_HARD_KINDS = frozenset({"http_410", "http_451", "bad_url", "blocked_address", "unsupported_format", "xml_bomb"})


def weigh_failure(kind: str) -> float:
    """The weight of one failed poll by its kind; kinds that are not listed are SOFT."""
    if kind in _TEMP_KINDS:
        return TEMP
    return HARD if kind in _HARD_KINDS else SOFT


def name_health(weight: float, failures: int, kind: str | None, *, is_gone: bool = False) -> str:
    """The word for a feed's health: `weight` and `failures` are those in a row, `kind` the last one's."""
    if is_gone:
        return "gone"
    if weight >= DEAD:
        return "dead"
    if weight >= FAILING:
        return "failing"
    is_empty = kind == "empty_body" and failures >= DEGRADED_EMPTY
    return "degraded" if weight >= DEGRADED or is_empty else "ok"
