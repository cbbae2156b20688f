"""Words that calendar, Atom feed and page share. Copy may hold anything: here it becomes one plain line, of any length
bounded, without a character that a calendar or XML does not allow or that turns the direction of writing. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from tasks.core.address.forms import encode_url
from tasks.core.alerts.digest import describe_place, describe_window, name_meeting, one_line
from tasks.core.publish.rows import ToldSummit
from tasks.core.text import clean_line

MOST_SENTENCE = 1_000  # characters of a sentence that are told; the story has all of it
MOST_NAME = 240
_LAST_DAY = date.max - timedelta(days=1)  # a calendar names the day after an event
_MOST_CLEANED = 20_000  # no title or sentence is longer, and a damaged one costs no more than this


def tell(copy: str | None, most: int = MOST_SENTENCE) -> str:
    """Copy on one line of at most so many characters; empty for none."""
    line = one_line(clean_line((copy or "")[:_MOST_CLEANED]))
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def find_link(url: str | None) -> str | None:
    """The address where it is plain http(s), in ASCII; None where it must not be offered."""
    return encode_url(url) if url else None


def name_summit(summit: ToldSummit, countries: Mapping[str, str]) -> str:
    """`Cartagena Summit (Ecuador and Panama)`, `Egypt and Ethiopia`."""
    return tell(name_meeting(summit.name, summit.parties, summit.title or "not named", countries), MOST_NAME)


def tell_place(summit: ToldSummit, countries: Mapping[str, str]) -> str:
    """`Geneva (Switzerland)`; empty where no text says."""
    return tell(describe_place(summit.place, countries), MOST_NAME)


def tell_window(summit: ToldSummit) -> str:
    """`23 December 2025`, `December 2025`; empty where no text says."""
    return describe_window(summit.from_day, summit.to_day)


def tell_source(wire: str | None, title: str | None) -> str:
    """`Norvik Press: Ecuador and Panama to meet`."""
    return ": ".join(filter(None, (tell(wire, MOST_NAME), tell(title, MOST_NAME))))


def take_days(summit: ToldSummit) -> tuple[date, date] | None:
    """First and last day of the window, None without one; where one end is open, the day that is known."""
    first, last = summit.from_day or summit.to_day, summit.to_day or summit.from_day
    if first is None or last is None:
        return None
    return min(first, _LAST_DAY), min(max(first, last), _LAST_DAY)
