"""Days of what was cancelled, put off or refused lie ahead, where the words leave the week or the year open."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from tasks.core.meetings.draft import SHELVED
from tasks.core.meetings.sighting import When
from tasks.core.model import Status

# Words that set a day in the past, or its year.
_FIXED = re.compile(
    r"\b(?:(?:19|20)\d\d|last|ago|previous|past|earlier|yesterday|had|was to|were to|would have)\b", re.I
)
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
# What was called off at the last minute was to be a day or two ago; a weekday longer past is the next one.
_WEEK, _JUST_PAST, _LONG_PAST = timedelta(days=7), timedelta(days=4), timedelta(days=60)


def look_ahead(when: When, status: Status, text: str, day: date | None) -> When:
    """The window a week or a year later, if it is past, its status is one of shelving, and nothing says that it is."""
    if when.days is None or day is None or status not in SHELVED:
        return when
    low, high = when.days
    if low is None or high is None or high >= day:
        return when
    if high < day - _LONG_PAST and not _FIXED.search(text.replace(" had ever", "")):
        return replace(when, days=(_next_year(low), _next_year(high)))
    is_weekday = (
        when.precision == "day"
        and low == high
        and day - _WEEK <= high <= day - _JUST_PAST
        and _WEEKDAY.search(text) is not None
    )
    return replace(when, days=(low + _WEEK, high + _WEEK)) if is_weekday and not _FIXED.search(text) else when


def _next_year(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if is_leap_day else day.day)
