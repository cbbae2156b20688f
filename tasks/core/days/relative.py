"""Expressions that count from the reference day, and long stretches: weekdays, "next week", "two days ago", seasons.

Each reader takes a match of the grammar, the reference day and the tense, and gives a window of days or None.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from tasks.core.days.grammar import read_number, weekday_number
from tasks.core.days.windows import (
    Tense,
    Window,
    day_range,
    half_window,
    month_part,
    month_window,
    one_day,
    precision_of,
    quarter_window,
    season_window,
    shift_month,
    week_of,
    year_window,
)

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_STEPS = {
    "last": -1,
    "this past": -1,
    "this": 0,
    "the same": 0,
    "next": 1,
    "coming": 1,
    "the coming": 1,
    "this coming": 1,
}


def read_weekday(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`on Thursday`, `next Monday`, `Tuesday and Wednesday`, `Friday next week`."""
    if reference is None:
        return None
    number, word = weekday_number(match["j_day"]), (match["j_word"] or "").lower()
    if match["j_week"]:
        monday = week_of(reference).from_day
        first = (monday or reference) + timedelta(days=7 * _STEPS[match["j_week"]] + number)
    else:
        first = _resolve_weekday(number, word, reference, tense)
    if not match["j_day2"]:
        return one_day(first)
    return day_range(first, first + timedelta(days=(weekday_number(match["j_day2"]) - number) % 7))


def _resolve_weekday(number: int, word: str, reference: date, tense: Tense | None) -> date:
    ahead, back = (number - reference.weekday()) % 7, (reference.weekday() - number) % 7
    if word in ("next", "coming", "this coming"):
        return reference + timedelta(days=ahead or 7)
    if word in ("last", "this past"):
        return reference - timedelta(days=back or 7)
    if tense == "future":
        return reference + timedelta(days=ahead)
    return reference - timedelta(days=back)


def read_word(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`today`, `tomorrow`, `the day before yesterday`."""
    steps = {"tomorrow": 1, "yesterday": -1, "the day after tomorrow": 2, "the day before yesterday": -2}
    return one_day(reference + timedelta(days=steps.get(match["k_word"].lower(), 0))) if reference else None


def read_unit(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`next week`, `later this year`, `last weekend`."""
    if reference is None:
        return None
    part, step = (match["l_part"] or match["l_of"] or "").lower(), _STEPS[match["l_word"].lower()]
    if match["l_unit"] == "weekend":
        return _weekend(reference, "past" if step < 0 else tense if step == 0 else "future", step)
    window = _unit_window(match["l_unit"], step, reference)
    if step == 0 and part == "later":
        return Window(reference, window.to_day, window.precision)
    if step == 0 and part == "earlier":
        return Window(window.from_day, reference, window.precision)
    return _part_of_unit(part, match["l_unit"], window) or window


def _part_of_unit(part: str, unit: str, window: Window) -> Window | None:
    """`early next month`, `the end of this month`, `the first half of next year`; None for other parts."""
    if window.from_day is None or part in ("", "later", "earlier", "sometime"):
        return None
    if unit == "month":
        return month_part(part, window.from_day.year, window.from_day.month)
    return half_window(part.split(" ")[0], window.from_day.year) if unit == "year" and part.endswith("half") else None


def _unit_window(unit: str, step: int, reference: date) -> Window:
    if unit == "week":
        return week_of(reference + timedelta(days=7 * step))
    if unit == "month":
        return month_window(*shift_month(reference, step))
    return year_window(reference.year + step)


def _weekend(reference: date, tense: Tense | None, step: int) -> Window:
    """Saturday and Sunday: the last ones (or those under way), or the coming ones."""
    if tense == "future":
        saturday = reference + timedelta(days=(5 - reference.weekday()) % 7)
        if reference.weekday() == 6 and step == 0:
            saturday = reference - timedelta(days=1)
    else:
        back = (reference.weekday() - 5) % 7
        saturday = reference - timedelta(days=back)
    return Window(saturday, saturday + timedelta(days=1), "day")


def read_weekend(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`over the weekend`; `before the weekend`: from the reference day to the Friday, "by" to its end."""
    if reference is None:
        return None
    word = match["x_word"].lower()
    if word not in ("before", "by"):
        return _weekend(reference, tense, 0)
    friday = reference + timedelta(days=(4 - reference.weekday()) % 7)
    return Window(reference, friday if word == "before" else friday + timedelta(days=2), "day")


def read_year_end(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`before the end of the year`: from the reference day to the end of the week, month or year."""
    if reference is None:
        return None
    window = _unit_window(match["m_unit"] or "year", 0, reference)
    if match["m_unit"] == "month" and match.group().startswith("at"):
        return month_part("end", reference.year, reference.month)
    return Window(reference, window.to_day, window.precision)


def read_within(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`within two weeks`, `in the next 48 hours`: from the reference day on."""
    if reference is None:
        return None
    count, unit = read_number(match["n_count"]), match["n_unit"]
    days = -(-count // 24) if unit == "hour" else {"day": 1, "week": 7, "month": 30}[unit] * count
    return Window(reference, reference + timedelta(days=days), precision_of(days))


def read_in_units(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`in two weeks`: that week; `in three days`: that day. In a past tense it is a duration, not a date."""
    if reference is None or tense != "future":
        return None
    count, unit = read_number(match["o_count"]), match["o_unit"]
    if unit == "day":
        return one_day(reference + timedelta(days=count))
    if unit == "week":
        return week_of(reference + timedelta(days=7 * count))
    return month_window(*shift_month(reference, count))


def read_ago(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`two weeks ago`: that week; `three days ago`: that day; `a year ago`: that year."""
    if reference is None:
        return None
    count, unit = read_number(match["p_count"]), match["p_unit"]
    if unit == "day":
        return one_day(reference - timedelta(days=count)) if count < 32 else None
    if unit == "week":
        return week_of(reference - timedelta(days=7 * count))
    if unit == "month":
        return month_window(*shift_month(reference, -count))
    return year_window(reference.year - count)


def read_coming(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`in the coming days`: a week; `weeks`: a month; `months`: half a year."""
    if reference is None:
        return None
    days = {"day": 7, "week": 30, "month": 183}[match["q_unit"]]
    return Window(
        reference, reference + timedelta(days=days), "week" if days == 7 else "month" if days == 30 else "season"
    )


def read_season(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`spring 2026`, `this summer`, `last autumn`."""
    if match["r_season"]:
        return season_window(match["r_season"], int(match["r_year"]))
    if reference is None:
        return None
    season, step = match["s_season"], _STEPS[match["s_word"].lower()]
    window = season_window(season, reference.year)
    if step < 0 and window.to_day and window.to_day >= reference:
        return season_window(season, reference.year - 1)
    if step > 0 and window.from_day and window.from_day <= reference:
        return season_window(season, reference.year + 1)
    return window


def read_quarter(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`the second quarter of 2026`, `the first quarter of next year`."""
    if match["t_year"]:
        return quarter_window(_ORDINALS[match["t_number"]], int(match["t_year"]))
    return quarter_window(_ORDINALS[match["t_number"]], reference.year + _STEPS[match["t_word"]]) if reference else None


def read_year(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`in 2026`."""
    return year_window(int(match["u_year"]))
