"""Can two windows be those of one meeting? And what time does a claim without a day speak of?

A claim without a window still has a time: what is planned lies after its publication, what was held lies before. So a
memory never attaches to a meeting that is still to come, nor a plan to one that is over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from tasks.core.model import LedgerClaim, LedgerMeeting, MeetingKind, Status

# `same`: the windows meet; `silent`: one side gives none, and nothing speaks against it; `apart`: not at one time.
TimeFit = Literal["same", "silent", "apart"]

OPEN_PLANS: frozenset[Status] = frozenset({"proposed", "planned", "postponed"})
SHELVED: frozenset[Status] = frozenset({"postponed", "cancelled", "ruled_out"})

# Days by which day-precise accounts of one meeting differ (a night session, a time zone, an arrival told as the start).
NEAR_DAYS = 3
# Calls are frequent: the day after is another call, but for a night call that two wires date by their own clocks.
NEAR_DAYS_OF_CALL = 1
# Two accounts of a summit that both say held, in one city, are of one summit up to this many days apart.
HELD_DAYS = 14
# A plan of the same parties within this many days is the same plan, moved.
MOVE_DAYS = 120
# A body that plans to meet in the same city so soon before or after is not meeting there twice (those of the EU are two
# weeks apart when nearest): the day was moved.
BODY_MOVE_DAYS = 10
# A summit planned and then told as held at a later time, without word of the change between, was moved by so little.
SILENT_MOVE_DAYS = 30
# How long a plan without a day is remembered: summits are spoken of for months, talks for weeks.
PLAN_DAYS_OF_SUMMIT, PLAN_DAYS = 120, 30
# An open end ("from D", "before D") reaches this far, so that it does not meet everything.
OPEN_DAYS = 30

_VAGUE = frozenset({"season", "year"})


@dataclass(frozen=True, slots=True)
class Window:
    """First and last day, both included."""

    first: date
    last: date

    def gap(self, other: Window) -> int:
        """Days from the end of one to the start of the other; 0 where they share a day."""
        return max((other.first - self.last).days, (self.first - other.last).days, 0)

    def holds(self, other: Window) -> bool:
        """Does it contain the other?"""
        return self.first <= other.first and other.last <= self.last


def window_of(first: date | None, last: date | None, status: Status, told: date) -> Window | None:
    """The window as days. An open end reaches OPEN_DAYS, that of something held at most to the day of telling."""
    if first is None and last is None:
        return None
    if first is None and last is not None:
        return Window(last - timedelta(days=OPEN_DAYS), last)
    if first is not None and last is None:
        end = first + timedelta(days=OPEN_DAYS)
        return Window(first, max(first, min(end, told)) if status == "held" else end)
    return Window(min(first, last), max(first, last)) if first and last else None


def window_of_claim(claim: LedgerClaim) -> Window | None:
    """When the meeting of a claim is, as far as it says."""
    meeting = claim.meeting
    return window_of(meeting.from_day, meeting.to_day, meeting.status, claim.published_at.date())


def window_of_row(row: LedgerMeeting) -> Window | None:
    """When a meeting of the ledger is, as far as known."""
    return window_of(row.from_day, row.to_day, row.status, row.last_seen.date())


def fit_times(row: LedgerMeeting, claim: LedgerClaim) -> TimeFit:
    """Can the claim be of the row's time?"""
    known, claimed = window_of_row(row), window_of_claim(claim)
    if known is not None and claimed is not None:
        return "same" if known.gap(claimed) <= _tolerance(row, claim) else "apart"
    if known is not None:
        is_possible = _reaches(row, known, claim)
    elif claimed is not None:
        is_possible = _is_within_plan(row, claimed, claim)
    else:
        is_possible = _speaks_of_one_time(row, claim)
    return "silent" if is_possible else "apart"


def is_vague(precision: str | None) -> bool:
    """Is the window too wide to tell one meeting from the next?"""
    return precision in _VAGUE


def near_days(kind: MeetingKind) -> int:
    """By how many days two accounts of one meeting may differ."""
    return NEAR_DAYS_OF_CALL if kind == "call" else NEAR_DAYS


def plan_days(kind: MeetingKind) -> int:
    """How many days a plan without a day is remembered."""
    return PLAN_DAYS_OF_SUMMIT if kind == "summit" else PLAN_DAYS


def _tolerance(row: LedgerMeeting, claim: LedgerClaim) -> int:
    """Only day-precise windows may miss each other: wider ones have their slack already."""
    if row.date_precision != "day" or claim.meeting.date_precision != "day":
        return 0
    return near_days(row.kind)


def _reaches(row: LedgerMeeting, known: Window, claim: LedgerClaim) -> bool:
    """A claim without a window: what was held lies behind it, the rest is not over (a shelved plan keeps its day)."""
    told = claim.published_at.date()
    if claim.meeting.status == "held":
        return known.first <= told
    is_recent = row.status in SHELVED and _days_between(row.last_seen, claim.published_at) <= MOVE_DAYS
    return known.last >= told - timedelta(days=near_days(row.kind)) or is_recent


def _is_within_plan(row: LedgerMeeting, claimed: Window, claim: LedgerClaim) -> bool:
    """A row without a window: a memory lies before it was told, a plan after it was first told and not long after."""
    if row.status == "held":
        return claimed.first <= row.first_seen.date()
    is_later = claimed.last >= row.first_seen.date() - timedelta(days=near_days(row.kind))
    return is_later and _is_remembered(row, claim)


def _speaks_of_one_time(row: LedgerMeeting, claim: LedgerClaim) -> bool:
    """Neither has a window: both are plans that are still remembered, or both are memories."""
    if (row.status == "held") != (claim.meeting.status == "held"):
        return False
    return row.status == "held" or _is_remembered(row, claim)


def _is_remembered(row: LedgerMeeting, claim: LedgerClaim) -> bool:
    return _days_between(row.last_seen, claim.published_at) <= plan_days(row.kind)


def _days_between(one: datetime, other: datetime) -> int:
    return abs((other - one).days)
