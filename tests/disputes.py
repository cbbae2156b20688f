"""What `meetings.disputed` must say, from the rows of `meeting_claims`, in plain Python: the ledger's SQL has an oracle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from itertools import combinations
from typing import Any

# What `find_disputes` asks of `meeting_claims`, in this order.
TOLD = (
    "select meeting_id, origin, published_at, seq, place_precision, place, date_precision, from_day, to_day, status "
    "from meeting_claims"
)
_OFF, _ON = {"cancelled", "postponed", "ruled_out"}, {"held", "ongoing"}


def find_disputes(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[str]]:
    """Meeting -> fields on which the latest words of two origins, within a day of each other, contradict each other."""
    latest: dict[tuple[str, str], tuple[Any, ...]] = {}
    for row in sorted(rows, key=lambda row: (row[2], -row[3])):
        latest[row[0], row[1]] = row[2:]
    disputed: dict[str, list[str]] = {}
    for meeting_id in {meeting_id for meeting_id, _ in latest}:
        words = [word for (known, _), word in latest.items() if known == meeting_id]
        pairs = [_compare(a, b) for a, b in combinations(words, 2) if abs(a[0] - b[0]) <= timedelta(days=1)]
        disputed[meeting_id] = [name for name in ("place", "date", "status") if any(pair[name] for pair in pairs)]
    return disputed


def _compare(a: tuple[Any, ...], b: tuple[Any, ...]) -> Mapping[str, bool]:
    _, _, place_of_a, place_a, dates_of_a, from_a, to_a, status_a = a
    _, _, place_of_b, place_b, dates_of_b, from_b, to_b, status_b = b
    return {
        "place": place_of_a == place_of_b == "city" and None not in (place_a, place_b) and place_a != place_b,
        "date": dates_of_a == dates_of_b == "day" and (from_a > to_b or from_b > to_a),
        "status": (status_a in _ON and status_b in _OFF) or (status_b in _ON and status_a in _OFF),
    }
