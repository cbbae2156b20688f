"""What is news of a meeting? What a claim made of its row, against what analysts were last told of it. Pure.

    row after the claim | told: the meeting as the last alert about it had it
    --------------------+------------------------------------------------------
    never told          -> summit.new, where the ledger says that the claim qualifies
    another status      -> summit.status
    another place, days -> summit.detail, one for each

The claim itself must say it, since its sentence is the alert's proof: what a silent import changed is told with the
first story that says so too. A memory, and what is of low confidence, wakes nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tasks.core.alerts.alert import SUMMIT_DETAIL, SUMMIT_NEW, SUMMIT_STATUS, News
from tasks.core.ledger.decide import is_recent
from tasks.core.ledger.fold import is_window_inferred
from tasks.core.model import Decision, Place


@dataclass(frozen=True, slots=True)
class Told:
    """A meeting as analysts were last told of it, and in which words."""

    status: str
    place: Place | None
    from_day: date | None
    to_day: date | None
    sentence: str = ""


def find_news(decision: Decision, told: Told | None) -> tuple[News, ...]:
    """The alerts that a decision of the ledger makes due, status before details."""
    if decision.raises_new:
        return (News(SUMMIT_NEW, "new", None),)
    claim = decision.claim
    is_weak = claim.is_silent or claim.meeting.confidence == "low" or decision.action == "review"
    if told is None or is_weak or decision.after.kind != "summit" or not is_recent(claim):
        return ()
    return tuple(_changes(decision, told))


def told_by(decision: Decision) -> Told:
    """What an alert of this decision tells of the meeting."""
    row = decision.after
    return Told(row.status, row.place, row.from_day, row.to_day, decision.claim.meeting.claims[0].text)


def _changes(decision: Decision, told: Told) -> Iterator[News]:
    row, meeting = decision.after, decision.claim.meeting
    if row.status != told.status and meeting.status == row.status:
        yield News(SUMMIT_STATUS, row.status, told.status)
    if meeting.place is not None and meeting.place == row.place and row.place != told.place:
        yield News(SUMMIT_DETAIL, "place", _name_place(told.place))
    window, before = (row.from_day, row.to_day), (told.from_day, told.to_day)
    is_said = any(window) and (meeting.from_day, meeting.to_day) == window and not is_window_inferred(meeting)
    if is_said and window != before:
        yield News(SUMMIT_DETAIL, "date", _name_window(*before))


def _name_place(place: Place | None) -> str | None:
    if place is None:
        return None
    return ", ".join(dict.fromkeys(part for part in (place.name, place.region, place.country) if part))


def _name_window(first: date | None, last: date | None) -> str | None:
    """An ISO 8601 interval, `..` for an open end; a single day as itself."""
    if first is None and last is None:
        return None
    if first == last and first is not None:
        return first.isoformat()
    return "/".join(day.isoformat() if day else ".." for day in (first, last))
