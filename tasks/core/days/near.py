"""Hours of the reference day, days counted from one just told, stretches that end today, ends, halves, feasts.

Each reader takes a match of the grammar, a day and the tense, and gives a window of days or None.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from tasks.core.days.grammar import month_number, read_number
from tasks.core.days.windows import (
    Tense,
    Window,
    half_window,
    month_part,
    month_window,
    nearest_day,
    one_day,
    precision_of,
    resolve_month,
    resolve_season,
    shift_month,
    week_of,
    year_window,
)

# (is it of the new year, is it the eve) -> month, day
_FEASTS = {(False, False): (12, 25), (False, True): (12, 24), (True, False): (1, 1), (True, True): (12, 31)}
# "for the spring", "by Christmas": what is still to come, whatever the tense of the verb.
_AHEAD = frozenset(("for", "by", "before", "until"))
_LONGEST_WAIT = 190  # days: "by the end of March" told a year before means the end of that March


def read_hours(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`this morning`: today; `last night`: from yesterday to today; `in the evening`: today where it is to come."""
    if reference is None:
        return None
    words = " ".join(match["y_word"].lower().split())
    yesterday = reference - timedelta(days=1)
    if words == "last evening":
        return one_day(yesterday)
    if words in ("last night", "overnight"):
        return Window(yesterday, reference, "day") if words == "last night" or tense != "future" else None
    return one_day(reference) if words.startswith("this") or tense == "future" else None


def read_then(match: re.Match[str], told: date | None, tense: Tense | None) -> Window | None:
    """`the next day`, `two weeks later`: counted from the day told before; None where none was."""
    if told is None:
        return None
    if match["z_word"]:
        return one_day(told + timedelta(days={"previous": -1, "same": 0}.get(match["z_word"], 1)))
    count = read_number(match["z_count"]) * (-1 if match["z_way"] == "earlier" else 1)
    if match["z_unit"] == "day":
        return one_day(told + timedelta(days=count))
    return week_of(told + timedelta(days=7 * count))


def read_past(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`over the past 24 hours`, `in the last three weeks`: up to the reference day."""
    if reference is None:
        return None
    count, unit = read_number(match["past_count"]), match["past_unit"]
    if unit == "month":
        year, month = shift_month(reference, -count)
        return Window(date(year, month, 1), reference, "month" if count == 1 else "season" if count < 7 else "year")
    days = {"hour": -(-count // 24), "day": count, "week": 7 * count}[unit]
    return Window(reference - timedelta(days=days), reference, precision_of(days))


def read_end_of(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`before the end of September`, `by the end of 2026`: from the reference day to that end, if it is near."""
    if match["w_only"]:
        window = year_window(int(match["w_only"]))
        is_under_way = reference is not None and reference.year == int(match["w_only"])
        return Window(reference, window.to_day, "year") if is_under_way else window
    month = month_number(match["w_month"])
    year = int(match["w_year"]) if match["w_year"] else _year_of_end(month, reference, tense)
    if year is None:
        return None
    end = month_part("end", year, month)
    if reference is None or end.to_day is None or not 0 <= (end.to_day - reference).days <= _LONGEST_WAIT:
        return end
    return Window(reference, end.to_day, "month")


def _year_of_end(month: int, reference: date | None, tense: Tense | None) -> int | None:
    """What is to be done by an end is still to come, unless it is told as past."""
    return resolve_month(month, reference, tense or "future") if reference else None


def read_of_month(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`a December session`."""
    month = month_number(match["v_month"])
    return month_window(resolve_month(month, reference, tense), month) if reference else None


def read_of_year(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`a 2022 coup`: of the thing that it names."""
    return year_window(int(match["of_year_number"]))


def read_years(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`from 2019 to 2023`, `2023-2024`."""
    first, last = match["years_first"] or match["span_first"], match["years_last"] or match["span_last"]
    return Window(date(int(first), 1, 1), date(int(last), 12, 31), "year") if first <= last else None


def read_half(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`the second half of 2026`."""
    return half_window(match["half_number"], int(match["half_year"]))


def read_bare_season(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`in the autumn`: by the tense the next one or the last."""
    if reference is None:
        return None
    is_ahead = match["season_word"].lower() in _AHEAD
    return resolve_season(match["season_name"], reference, "future" if is_ahead else tense)


def read_feast(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`by Christmas`, `on New Year's Eve`."""
    name = match["feast_name"].lower()
    month, day = _FEASTS[name.startswith("new"), name.endswith("eve")]
    is_ahead = match["feast_word"].lower() in _AHEAD
    return one_day(nearest_day(month, day, reference, "future" if is_ahead else tense)) if reference else None
