"""What each expression of the grammar means: a match, the reference day and the tense give a window of days.

Days and months are read here; what counts from the reference day is in relative.py and near.py. A new expression of the
grammar needs one line in `READERS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from tasks.core.days.grammar import month_number
from tasks.core.days.near import (
    read_bare_season,
    read_end_of,
    read_feast,
    read_half,
    read_hours,
    read_of_month,
    read_of_year,
    read_past,
    read_then,
    read_years,
)
from tasks.core.days.relative import (
    read_ago,
    read_coming,
    read_in_units,
    read_quarter,
    read_season,
    read_unit,
    read_weekday,
    read_weekend,
    read_within,
    read_word,
    read_year,
    read_year_end,
)
from tasks.core.days.windows import (
    Tense,
    Window,
    day_range,
    make_day,
    month_part,
    month_window,
    nearest_day,
    one_day,
    resolve_month,
    shift_month,
    week_of,
)

Read = Callable[[re.Match[str], date | None, Tense | None], Window | None]


def _read_day(month: str, day: str, year: str | None, reference: date | None, tense: Tense | None) -> date | None:
    number, of = int(re.sub(r"\D", "", day)), month_number(month)
    if year:
        return make_day(int(year), of, number)
    return nearest_day(of, number, reference, tense) if reference else None


def read_month_days(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`June 13-15`, `November 30 to December 2, 2025`."""
    month2 = match["a_month2"] or match["a_month"]
    last = _read_day(month2, match["a_day2"], match["a_year"], reference, tense)
    first = _day_before(match["a_month"], match["a_day"], last)
    return day_range(first, last)


def read_days_month(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`13-15 June`, `30 November - 2 December 2025`."""
    last = _read_day(match["b_month2"], match["b_day2"], match["b_year"], reference, tense)
    first = _day_before(match["b_month"] or match["b_month2"], match["b_day"], last)
    return day_range(first, last)


def _day_before(month: str, day: str, last: date | None) -> date | None:
    """The first day of a range whose last day is known."""
    if last is None:
        return None
    number, of = int(re.sub(r"\D", "", day)), month_number(month)
    return make_day(last.year if of <= last.month else last.year - 1, of, number)


def read_month_day(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`December 3`, `Monday, Dec. 15, 2025`."""
    return one_day(_read_day(match["c_month"], match["c_day"], match["c_year"], reference, tense))


def read_day_month(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`3 December`, `the 3rd of December 2025`."""
    return one_day(_read_day(match["d_month"], match["d_day"], match["d_year"], reference, tense))


def read_iso(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`2025-12-03`."""
    return one_day(make_day(int(match["e_year"]), int(match["e_month"]), int(match["e_day"])))


def read_part(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`mid-June 2026`, `late May`, `mid- to late June`."""
    month = month_number(match["f_month"])
    year = _year_of(match["f_year"], month, reference, tense)
    if year is None:
        return None
    first = month_part(match["f_part"].lower(), year, month)
    last = month_part(match["f_part2"], year, month) if match["f_part2"] else first
    return Window(first.from_day, last.to_day, "part of month")


def read_part_of(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`the end of March`, `the first half of May 2026`."""
    month = month_number(match["g_month"])
    year = _year_of(match["g_year"], month, reference, tense)
    return month_part(match["g_part"], year, month) if year else None


def read_month(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`in June`, `next March`, `in May last year`; "last" and "next" are strictly before and after this month."""
    month, word = month_number(match["h_month"]), match["h_word"].lower()
    if match["h_year"]:
        return month_window(int(match["h_year"]), month)
    if reference is None:
        return None
    if match["h_step"]:
        return month_window(reference.year + {"last": -1, "this": 0, "next": 1}[match["h_step"]], month)
    if word == "last":
        return month_window(reference.year if month < reference.month else reference.year - 1, month)
    if word in ("next", "coming"):
        return month_window(reference.year if month > reference.month else reference.year + 1, month)
    if word == "this":
        return month_window(reference.year, month)
    return month_window(resolve_month(month, reference, tense), month)


def read_months(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`in June and July`, `between June and August 2026`."""
    month, last = month_number(match["months_first"]), month_number(match["months_last"])
    year = _year_of(match["months_year"], last, reference, tense)
    if year is None:
        return None
    first = month_window(year - (month > last), month)
    if match["months_and"] and match.group()[:7].lower() != "between" and (last - month) % 12 > 1:
        return first  # "in April and August"
    return Window(first.from_day, month_window(year, last).to_day, "month")


def read_week_with(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`the week of Dec. 15`, `the week starting 15 December`."""
    month, day = match["week_month"] or match["week_month2"], match["week_day"] or match["week_day2"]
    found = _read_day(month, day, None, reference, tense)
    return week_of(found) if found else None


def read_bare_day(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`on the 15th`, `on the 3rd of this month`: by the tense of this month, else of the next or last one."""
    if reference is None:
        return None
    number = int(re.sub(r"\D", "", match["bare_number"]))
    step = {"this": 0, "next": 1, "last": -1}.get(match["bare_word"] or "")
    if step is None:
        is_behind, is_ahead = number < reference.day, number > reference.day
        step = 1 if tense == "future" and is_behind else -1 if tense != "future" and is_ahead else 0
    return one_day(make_day(*shift_month(reference, step), number))


def read_month_year(match: re.Match[str], reference: date | None, tense: Tense | None) -> Window | None:
    """`March 2026`."""
    return month_window(int(match["i_year"]), month_number(match["i_month"]))


def _year_of(written: str | None, month: int, reference: date | None, tense: Tense | None) -> int | None:
    if written:
        return int(written)
    return resolve_month(month, reference, tense) if reference else None


READERS: Mapping[str, Read] = {
    "month_days": read_month_days,
    "days_month": read_days_month,
    "month_day": read_month_day,
    "day_month": read_day_month,
    "week_with": read_week_with,
    "bare_day": read_bare_day,
    "iso": read_iso,
    "part": read_part,
    "part_of": read_part_of,
    "months": read_months,
    "month": read_month,
    "month_year": read_month_year,
    "of_month": read_of_month,
    "end_of": read_end_of,
    "hours": read_hours,
    "then": read_then,
    "past": read_past,
    "weekday": read_weekday,
    "word": read_word,
    "unit": read_unit,
    "weekend": read_weekend,
    "year_end": read_year_end,
    "within": read_within,
    "in_units": read_in_units,
    "ago": read_ago,
    "coming": read_coming,
    "season": read_season,
    "bare_season": read_bare_season,
    "feast": read_feast,
    "quarter": read_quarter,
    "years": read_years,
    "half": read_half,
    "year": read_year,
    "of_year": read_of_year,
}
