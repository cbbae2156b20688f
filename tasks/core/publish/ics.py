"""The summits of the ledger as a calendar (RFC 5545): a meeting is one event, by one UID for ever. Pure.

summits with a window --> VEVENT each --> lines of at most 75 octets --> one text

The text depends on the rows alone, so that what did not change is the same to the byte. SEQUENCE and DTSTAMP are the
number and time of a meeting's revision in the ledger. What was ruled out or withdrawn is no event: a calendar that
subscribes drops it by itself, and "cancelled" would be a word that no wire has said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from tasks.core.alerts.digest import describe_counts
from tasks.core.publish.rows import ToldSummit
from tasks.core.publish.words import find_link, name_summit, take_days, tell, tell_place, tell_source, tell_window

LINE_OCTETS = 75  # of UTF-8, without the line end
SURE_DAYS = 7  # a window wider than this says roughly when, not when

_HIDDEN = frozenset({"ruled_out", "withdrawn"})
_MARKED = frozenset({"proposed", "postponed", "cancelled"})  # said in the heading: apps hide STATUS
_SPECIAL = re.compile(r"([\\;,])")
_HEAD = (
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Dateline//Summits on the wires//EN",
    "CALSCALE:GREGORIAN",
    "NAME:Summits on the wires",
    "X-WR-CALNAME:Summits on the wires",
    "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    "X-PUBLISHED-TTL:PT1H",
)
# A calendar must hold at least one component, also before the first summit is spoken of.
_EMPTY = (
    "BEGIN:VTIMEZONE", "TZID:UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE",
)  # fmt: skip


def build_calendar(summits: Sequence[ToldSummit], countries: Mapping[str, str]) -> str:
    """The calendar file. `countries` are names by code."""
    dated = [(days, summit) for summit in summits if summit.status not in _HIDDEN and (days := take_days(summit))]
    dated.sort(key=lambda pair: (pair[0], pair[1].meeting_id))
    events = [line for days, summit in dated for line in _tell_event(summit, days, countries)]
    return "".join(f"{fold_line(line)}\r\n" for line in (*_HEAD, *(events or _EMPTY), "END:VCALENDAR"))


def fold_line(line: str) -> str:
    """A content line in lines of 75 octets, all but the first with a space before them; no character is cut."""
    octets, folded, room = line.encode(), [], LINE_OCTETS
    while len(octets) > room:
        end = room
        while octets[end] & 0xC0 == 0x80:  # within a character
            end -= 1
        folded.append(octets[:end])
        octets, room = octets[end:], LINE_OCTETS - 1
    return "\r\n ".join(part.decode() for part in (*folded, octets))


def escape_text(text: str) -> str:
    """A value of the type TEXT."""
    return _SPECIAL.sub(r"\\\1", text).replace("\n", "\\n")


def _tell_event(summit: ToldSummit, days: tuple[date, date], countries: Mapping[str, str]) -> Iterator[str]:
    first, last = days
    link, place = find_link(summit.url), tell_place(summit, countries)
    yield "BEGIN:VEVENT"
    yield f"UID:{escape_text(summit.meeting_id)}@dateline"
    yield f"DTSTAMP:{_stamp(summit.changed_at)}"
    yield f"LAST-MODIFIED:{_stamp(summit.changed_at)}"
    yield f"SEQUENCE:{max(summit.revision - 1, 0)}"
    yield f"DTSTART;VALUE=DATE:{_date(first)}"
    yield f"DTEND;VALUE=DATE:{_date(last + timedelta(days=1))}"
    yield f"SUMMARY:{escape_text(_head(summit, countries))}"
    if place:
        yield f"LOCATION:{escape_text(place)}"
    yield f"STATUS:{_settle_status(summit, days)}"
    yield "TRANSP:TRANSPARENT"  # it keeps nobody's day busy
    yield f"DESCRIPTION:{escape_text(_describe(summit, link))}"
    if link:
        yield f"URL:{link}"
    yield "END:VEVENT"


def _head(summit: ToldSummit, countries: Mapping[str, str]) -> str:
    """`Cartagena Summit (Ecuador and Panama)`, `Summit: Kenya and Uganda (postponed)`."""
    named = name_summit(summit, countries)
    marked = f"{named} ({summit.status})" if summit.status in _MARKED else named
    return marked if "summit" in named.casefold() else f"Summit: {marked}"


def _settle_status(summit: ToldSummit, days: tuple[date, date]) -> str:
    """RFC 5545 knows three words. What was held is as certain as it gets."""
    if summit.status == "cancelled":
        return "CANCELLED"
    is_open = summit.from_day is None or summit.to_day is None
    is_wide = (days[1] - days[0]).days >= SURE_DAYS
    is_unsure = summit.status in {"proposed", "postponed"} or summit.needs_review
    return "TENTATIVE" if is_open or is_wide or is_unsure else "CONFIRMED"


def _describe(summit: ToldSummit, link: str | None) -> str:
    lines = (
        f"“{tell(summit.sentence)}”",
        tell_source(summit.wire, summit.title),
        link or "",
        f"{summit.status.capitalize()}: {tell_window(summit)}",
        describe_counts(summit.wires, summit.origins),
    )
    return "\n".join(line for line in lines if line)


def _date(day: date) -> str:
    return day.isoformat().replace("-", "")


def _stamp(moment: datetime) -> str:
    return f"{_date(moment.astimezone(UTC).date())}T{moment.astimezone(UTC):%H%M%S}Z"
