"""How often a feed is asked: often enough that its window never turns over between two polls. Pure.

    I <= 0.4 N / rate95, between 1 and 30 minutes     N entries in the window; rate95 new items an hour, 95th percentile
    nothing known is left     I / 2                   (and a possible gap is told)
    known < 33 %              I x 0.7
    known > 90 %, 3 polls     I x 1.25

So at least 60 % of the window is expected to be known at the next poll. The formula is a ceiling and the rules move the
interval below it; the catalog's `every` is where a new feed begins. Source: notes/reliability section 11.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

SHORTEST_S, LONGEST_S = 60, 1800
RATE_DAYS = 7  # the week whose hours give the rate: every hour of the day and every day of the week once

_SHARE_TURNED = 0.4
_QUANTILE = 0.95
_FEW_KNOWN, _MANY_KNOWN = 0.33, 0.9
_HALVED, _SHORTENED, _LENGTHENED = 0.5, 0.7, 1.25
_EASY_POLLS = 3


def find_rate(hours: Sequence[int]) -> float | None:
    """The 95th percentile (nearest rank) of new items an hour; None where no hour was polled."""
    if not hours:
        return None
    return float(sorted(hours)[math.ceil(_QUANTILE * len(hours)) - 1])


def adapt_interval(interval_s: int, overlap: float, easy_polls: int) -> int:
    """The interval after a poll of which the share `overlap` was known, and so many polls in a row more than 90 %."""
    if overlap <= 0:
        return clamp_interval(interval_s * _HALVED)
    if overlap < _FEW_KNOWN:
        return clamp_interval(interval_s * _SHORTENED)
    is_easy = easy_polls > 0 and easy_polls % _EASY_POLLS == 0
    return clamp_interval(interval_s * _LENGTHENED) if is_easy else clamp_interval(interval_s)


def limit_interval(interval_s: int, window_n: int, rate: float | None) -> int:
    """The interval, no longer than the window and the rate (new items an hour) allow."""
    if not rate or window_n <= 0:
        return clamp_interval(interval_s)
    return min(clamp_interval(interval_s), clamp_interval(_SHARE_TURNED * window_n / rate * 3600))


def clamp_interval(seconds: float) -> int:
    """Between a minute and half an hour."""
    return int(min(max(seconds, SHORTEST_S), LONGEST_S))


def is_easy(overlap: float) -> bool:
    """Was so much known that the feed could be asked less often?"""
    return overlap > _MANY_KNOWN
