"""Dates as feeds write them, into UTC. What cannot be read is None, never a guess of another day.

Read: RFC 822 with two or four digits of the year, ISO 8601 with and without zone, asctime, `17 Feb 2026 10:20`,
`Feb 17, 2026 5:30 PM`, `2026/02/17 10:20`, `17.02.2026 10:20`. A date without a zone is in the zone of its feed.
Numbers that could be day or month (02/03/2026) are not read.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from tasks.core.feed.zone_names import offset_of_name

FIRST_YEAR = 1990  # no feed is older; what says so is a clock that was never set

_MONTH_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES.split(), start=1)}
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d{1,9})?)?\s*(?P<half>[ap]\.?m\.?)?"
_OFFSET_FORM = r"(?:(?:gmt|utc?)\s?)?[+\-\u2212]\s?\d{1,2}(?::?\d\d){0,2}(?:\s?\([^)]*\)|\s[a-z]{1,5})?"
_ZONE = rf"(?P<zone>[a-z][a-z. ]{{0,30}}|{_OFFSET_FORM})?"
_WEEKDAY = r"(?:[a-z]{2,9}\.?(?:,\s*|\s+))?"
_AT = rf",?(?:\s+(?:at\s+|-\s+)?{_CLOCK}\s*{_ZONE})?"
_FORMS = (
    rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?:[t,]?\s*{_CLOCK}\s*{_ZONE})?",
    rf"(?P<year>\d{{4}})(?P<month>\d\d)(?P<day>\d\d)(?:t(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?\s*{_ZONE})?",
    rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -](?P<name>[a-z]{{3,9}})\.?,?[ -]?(?P<year>\d{{4}}|\d\d){_AT}",
    rf"{_WEEKDAY}(?P<name>[a-z]{{3,9}})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_AT}",
    rf"{_WEEKDAY}(?P<name>[a-z]{{3}})\s+(?P<day>\d{{1,2}})\s+{_CLOCK}\s+(?P<zone>[a-z]{{1,5}}\s+)?(?P<year>\d{{4}})",
    rf"{_WEEKDAY}(?P<first>\d{{1,2}})[./](?P<other>\d{{1,2}})[./](?P<year>\d{{4}}){_AT}",
)
_OFFSET = re.compile(r"([+\-\u2212])\s?(\d{1,2}):?(\d\d)?")
_MAX_LENGTH = 80


def read_feed_date(text: str | None, zone: str) -> datetime | None:
    """The moment that a feed's date names, in UTC, or None. `zone` is the IANA zone of dates that carry none."""
    written = " ".join((text or "").split())
    if not written or len(written) > _MAX_LENGTH:
        return None
    for form in _FORMS:
        match = re.fullmatch(form, written, re.IGNORECASE)  # compiled when first met, and kept by re
        if match is not None:
            return _moment(match.groupdict(), "." in written, zone)
    return None


def _moment(parts: dict[str, str | None], has_dots: bool, zone: str) -> datetime | None:
    day = _day_parts(parts, has_dots)
    clock = _clock_parts(parts)
    if day is None or clock is None:
        return None
    try:
        is_midnight = clock == (24, 0, 0)  # as ISO 8601 writes the end of a day
        local = datetime(*day, *(clock if not is_midnight else ()))  # noqa: DTZ001 - the zone is settled below
        local += timedelta(days=is_midnight)
        moment = local.replace(tzinfo=_zone_of(parts.get("zone"), local, zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if moment.year >= FIRST_YEAR else None


def _day_parts(parts: dict[str, str | None], has_dots: bool) -> tuple[int, int, int] | None:
    written = parts["year"] or ""
    year = int(written)
    if len(written) == 2:
        year += 2000 if year < 70 else 1900  # the century as RFC 2822 reads it, and POSIX
    name = parts.get("name")
    if name is not None:
        month = _MONTHS.get(name[:3].lower())
        return (year, month, int(parts["day"] or 0)) if month else None
    if parts.get("first"):
        return _order(year, int(parts["first"] or 0), int(parts["other"] or 0), has_dots)
    return year, int(parts["month"] or 0), int(parts["day"] or 0)


def _order(year: int, first: int, other: int, has_dots: bool) -> tuple[int, int, int] | None:
    """Day and month of `17.02.` (dots: always the day first) or of `17/02/` where only one order is possible."""
    if has_dots or first > 12:
        return year, other, first
    return (year, first, other) if other > 12 or first == other else None


def _clock_parts(parts: dict[str, str | None]) -> tuple[int, int, int] | None:
    if not parts.get("hour"):
        return 0, 0, 0
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    half = (parts.get("half") or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return hour, minute, min(second, 59)  # a leap second is a second that computers do not know


def _zone_of(written: str | None, local: datetime, zone: str) -> timezone | ZoneInfo:
    name = (written or "").strip()
    own = ZoneInfo(zone)
    if not name:
        return own
    offset = _OFFSET.search(name)
    if offset is not None:
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        if minutes > 15 * 60:
            raise ValueError(f"no zone is {name} from Greenwich")
        return timezone(timedelta(minutes=minutes if offset[1] == "+" else -minutes))
    if local.replace(tzinfo=own).tzname() == name.upper():
        return own  # CST is China's in Beijing and Chicago's in Chicago; IST is Israel's in Jerusalem
    hours = offset_of_name(name)
    return own if hours is None else timezone(timedelta(hours=hours))
