"""The date of a dateline's head, and the year where none is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from tasks.core.days.windows import make_day, nearest_day

# Months as English, Spanish, French, German, Italian and Portuguese wires abbreviate them: the first letters decide.
_MONTH_STEMS = (
    (1, ("jan", "ene", "gen", "janv")),
    (2, ("feb", "fév", "fev", "févr")),
    (3, ("mar", "mär", "mrz")),
    (4, ("apr", "avr", "abr")),
    (5, ("may", "mai", "mag", "maio")),
    (6, ("jun", "juin", "giu")),
    (7, ("jul", "juil", "lug")),
    (8, ("aug", "aoû", "aou", "ago")),
    (9, ("sep", "set")),
    (10, ("oct", "okt", "ott", "out")),
    (11, ("nov",)),
    (12, ("dec", "déc", "dic", "dez")),
)
_STEM_TO_MONTH = {stem[:4]: number for number, stems in _MONTH_STEMS for stem in stems}
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|ene|abr|ago|dic|janv|févr|mars|avr|mai|juin|juil(?:let)?|août|déc"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
    r"|Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember|Dez|gen|mag|giu|lug|set|ott)"
)
_YEAR = r"(?:19|20)\d\d"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_HEAD_DATE = re.compile(
    rf"(?:^|(?<=[\s,.\]]))(?:{_WEEKDAY}\.?,?\s+)?(?:"
    rf"(?P<month>{_MONTH})\.?\s*(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?:,?\s*(?P<year>{_YEAR}))?"
    rf"|(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?\.?\s+(?:de\s+)?(?P<month2>{_MONTH})\.?(?:,?\s*(?:de\s+)?(?P<year2>{_YEAR}))?"
    rf"|(?P<year3>{_YEAR})-(?P<month3>[01]\d)-(?P<day3>[0-3]\d)"
    rf"|(?P<day4>[0-3]\d)[./](?P<month4>[01]\d)[./](?P<year4>{_YEAR})"
    r")(?:,?\s+\d{1,2}[:.]\d\d(?:\s?(?:GMT|UTC|a\.m\.|p\.m\.))?)?$",
    re.I,
)
_DIGIT = re.compile(r"\d")  # every date has one, and most heads that are asked for a date are prose
_YEAR_IN_TEXT = re.compile(r"\b(?:19|20)\d\d\b")
_FUTURE_YEAR = re.compile(
    r"\b(?:by|until|till|through|beyond|for|before|to|will\b[^.]{0,60}|next\b[^.]{0,30}|planned\b[^.]{0,40})\s+"
    r"(?:the\s+end\s+of\s+|early\s+|late\s+|mid-?)?$",
    re.I,
)
_SAID_WEEKDAY = re.compile(r"\b(?:on|late|early)\s+(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_WEEKDAYS = ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")
# How far before the story the latest year that it tells of may lie.
_YEARS_AFTER = 1
# A dateline is written on the day of the story: weekdays that date it stand in its first sentences.
_LEAD_CHARS = 600


@dataclass(frozen=True, slots=True)
class HeadDate:
    """Month and day of a head, the year if it is written, and where the date begins in the head."""

    month: int
    day: int
    year: int | None
    start: int

    def on(self, year: int) -> date | None:
        """The day in that year, or None where there is none."""
        return make_day(year, self.month, self.day)


def read_head_date(head: str) -> HeadDate | None:
    """The date with which a head ends, or None."""
    match = _HEAD_DATE.search(head) if _DIGIT.search(head) else None
    if match is None:
        return None
    for suffix in ("", "2", "3", "4"):
        month, day, year = (match[f"{part}{suffix}"] for part in ("month", "day", "year"))
        if not month:
            continue
        number = int(month) if month.isdigit() else _month_of(month)
        if number is None or make_day(int(year) if year else 2024, number, int(day)) is None:
            return None
        return HeadDate(number, int(day), int(year) if year else None, match.start())
    return None


def settle_year(head_date: HeadDate, published: date | None, body: str) -> int | None:
    """The year of a date without one: the nearest to publication, else what years and weekdays of the text allow.

    Without a day of publication the text must name a year, and a weekday of its lead must fit the date within a few
    years from the latest year that it tells of.
    """
    if published is not None:
        day = nearest_day(head_date.month, head_date.day, published)
        return day.year if day else None
    told = [int(match.group()) for match in _YEAR_IN_TEXT.finditer(body) if not _is_future(body, match.start())]
    weekdays = {_WEEKDAYS.index(match[1]) for match in _SAID_WEEKDAY.finditer(body[:_LEAD_CHARS])}
    if not told or not weekdays:
        return None
    latest = max(told)
    for year in range(latest, latest + _YEARS_AFTER + 1):
        day = head_date.on(year)
        if day is not None and day.weekday() in weekdays:
            return year
    return None


def _is_future(body: str, at: int) -> bool:
    return _FUTURE_YEAR.search(body[max(0, at - 90) : at]) is not None


def _month_of(name: str) -> int | None:
    low = name.lower()
    return _STEM_TO_MONTH.get(low[:4]) or _STEM_TO_MONTH.get(low[:3])
