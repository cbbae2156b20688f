"""Windows of days by the calendar: what a month, a part of it, a week, a season or a year span."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from tasks.core.model import DatePrecision

# The days of a part of a month: early 1-10, mid 11-20, late 21 to the end (notes of the design).
_PARTS = {
    "early": (1, 10),
    "beginning": (1, 10),
    "start": (1, 10),
    "mid": (11, 20),
    "middle": (11, 20),
    "late": (21, 31),
    "end": (21, 31),
    "first half": (1, 15),
    "second half": (16, 31),
    "first days": (1, 10),
    "last days": (21, 31),
}
_TOO_FAR = 305  # days: then the other one is within two months
_AT_HAND = 15  # days
_SEASON_STARTS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


Tense = Literal["past", "future"]


@dataclass(frozen=True, slots=True)
class Window:
    """Days from `from_day` to `to_day`, both inclusive."""

    from_day: date | None
    to_day: date | None
    precision: DatePrecision


def precision_of(days: int) -> DatePrecision:
    """How exact a stretch of some days up to a month or more is, as its length tells."""
    return "day" if days <= 3 else "week" if days < 28 else "month"


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def nearest_day(month: int, day: int, reference: date, tense: Tense | None = None) -> date | None:
    """The day nearest to the reference; with a tense the last one up to it, or the next one from it (a day's grace).

    A plan nearly a year away while the last such day is near was for that one: "first set for Jan. 30", in February.
    """
    years = range(reference.year - 1, reference.year + 2)
    days = [found for year in years if (found := make_day(year, month, day))]
    nearest = min(days, key=lambda found: abs((found - reference).days), default=None)
    grace = timedelta(days=1)
    fitting = [day for day in days if (day <= reference + grace if tense == "past" else day >= reference - grace)]
    if tense is None or not fitting:
        return nearest
    if tense == "past":
        # "The meeting of 17 December was put off", a week before it: no meeting of a year ago.
        is_at_hand = nearest is not None and 0 < (nearest - reference).days <= _AT_HAND
        return nearest if is_at_hand else max(fitting)
    return nearest if (min(fitting) - reference).days >= _TOO_FAR else min(fitting)


def month_window(year: int, month: int) -> Window:
    """The whole month."""
    return Window(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month")


def month_part(part: str, year: int, month: int) -> Window:
    """A part of a month; "first week" and "last week" are seven days."""
    last = calendar.monthrange(year, month)[1]
    if part == "first week":
        return Window(date(year, month, 1), date(year, month, 7), "week")
    if part == "last week":
        return Window(date(year, month, last - 6), date(year, month, last), "week")
    first, to = _PARTS[part]
    return Window(date(year, month, first), date(year, month, min(to, last)), "part of month")


def resolve_month(month: int, reference: date, tense: Tense | None) -> int:
    """The year of a bare month: the next such month in the future tense (this month counts), else the last one."""
    if tense == "future":
        return reference.year if month >= reference.month else reference.year + 1
    return reference.year if month <= reference.month else reference.year - 1


def week_of(day: date) -> Window:
    """Monday to Sunday of the week that holds the day."""
    monday = day - timedelta(days=day.weekday())
    return Window(monday, monday + timedelta(days=6), "week")


def shift_month(day: date, months: int) -> tuple[int, int]:
    """Year and month that many months away."""
    index = day.year * 12 + day.month - 1 + months
    return index // 12, index % 12 + 1


def year_window(year: int) -> Window:
    """The whole year."""
    return Window(date(year, 1, 1), date(year, 12, 31), "year")


def half_window(half: str, year: int) -> Window:
    """The first or second half of a year; given as a season, the nearest of the precision classes."""
    if half == "first":
        return Window(date(year, 1, 1), date(year, 6, 30), "season")
    return Window(date(year, 7, 1), date(year, 12, 31), "season")


def season_window(season: str, year: int) -> Window:
    """Three months from March, June, September or December; winter begins in the year named."""
    first = _SEASON_STARTS[season]
    end_year, end_month = shift_month(date(year, first, 1), 2)
    return Window(date(year, first, 1), month_window(end_year, end_month).to_day, "season")


def resolve_season(season: str, reference: date, tense: Tense | None) -> Window:
    """The season that is still to end, in the future tense; else the last one that has begun."""
    windows = [season_window(season, year) for year in range(reference.year - 1, reference.year + 2)]
    if tense == "future":
        return next(window for window in windows if window.to_day and window.to_day >= reference)
    return next(window for window in reversed(windows) if window.from_day and window.from_day <= reference)


def quarter_window(number: int, year: int) -> Window:
    """Three months; given as a season, the nearest of the precision classes."""
    last = month_window(year, number * 3).to_day
    return Window(date(year, number * 3 - 2, 1), last, "season")


def one_day(day: date | None) -> Window | None:
    """The window of one day; None where the day is."""
    return Window(day, day, "day") if day else None


def day_range(first: date | None, last: date | None) -> Window | None:
    """From the first to the last day; a range that ends before it begins reaches into the next year."""
    if first is None or last is None:
        return None
    if last < first:
        moved = make_day(first.year + 1, last.month, last.day)
        last = moved if moved and (moved - first).days < 60 else first
    return Window(first, last, "day")
