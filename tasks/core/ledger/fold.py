"""The row of the ledger after a claim: what the claim adds, and what it may change.

The latest word by publication counts; a late article never turns anything back, and a vaguer word never replaces a
finer one. Accounts that contradict each other stay as claims; the row keeps one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TypedDict

from tasks.core.ledger.place import fit_places, is_narrower
from tasks.core.ledger.time import OPEN_PLANS, SHELVED, near_days, window_of_claim, window_of_row
from tasks.core.model import (
    Confidence,
    DatePrecision,
    LedgerClaim,
    LedgerMeeting,
    Meeting,
    MeetingFormat,
    Place,
    Status,
)

# A preview that a slower wire still runs does not undo a postponement; the word of the next day does.
PREVIEW_LAG = timedelta(hours=12)
# As many persons as a row names; a claim keeps all of its own.
MAX_ACTORS = 40

_CONFIDENCE: dict[Confidence, int] = {"low": 0, "medium": 1, "high": 2}
_UNDERWAY: frozenset[Status] = frozenset({"ongoing", "held"})


class _Window(TypedDict):
    from_day: date | None
    to_day: date | None
    date_precision: DatePrecision | None
    window_at: datetime | None


def open_row(claim: LedgerClaim, meeting_id: str) -> LedgerMeeting:
    """The meeting that a claim opens."""
    meeting, told = claim.meeting, claim.published_at
    return LedgerMeeting(
        meeting_id=meeting_id,
        opened_day=claim.day,
        kind=meeting.kind,
        format=meeting.format,
        name=meeting.name,
        aliases=(),
        organisation=meeting.organisation,
        edition=meeting.edition,
        parties=meeting.parties,
        host=meeting.host,
        actors=meeting.actors[:MAX_ACTORS],
        place=meeting.place,
        status=meeting.status,
        confidence=meeting.confidence,
        needs_review=False,
        first_seen=told,
        last_seen=told,
        status_at=told,
        is_told=False,
        **_window_told(claim),
    )


def correct_row(row: LedgerMeeting, claim: LedgerClaim) -> LedgerMeeting:
    """The meeting after the one story behind it was corrected: as the new version tells it, under the same id."""
    return replace(
        open_row(claim, row.meeting_id),
        opened_day=row.opened_day,
        first_seen=min(row.first_seen, claim.published_at),
        last_seen=max(row.last_seen, claim.published_at),
        is_told=row.is_told,
    )


def fold_claim(row: LedgerMeeting, claim: LedgerClaim) -> LedgerMeeting:
    """The meeting after one more claim. One of low confidence takes nothing from what is surer: it only adds."""
    meeting = claim.meeting
    if meeting.confidence == "low" and row.confidence != "low":
        return replace(
            row, first_seen=min(row.first_seen, claim.published_at), last_seen=max(row.last_seen, claim.published_at)
        )
    parties, form = _fold_parties(row, claim)
    has_news = _has_news(row, claim)
    return replace(
        row,
        kind="ministerial" if meeting.kind == "ministerial" else row.kind,
        format=form,
        name=row.name or meeting.name,
        aliases=_fold_aliases(row, meeting.name),
        organisation=row.organisation or meeting.organisation,
        edition=row.edition or meeting.edition,
        parties=parties,
        host=row.host or meeting.host,
        actors=tuple(dict.fromkeys((*row.actors, *meeting.actors)))[:MAX_ACTORS],
        place=_fold_place(row, claim),
        status=meeting.status if has_news else row.status,
        status_at=claim.published_at if has_news else row.status_at,
        confidence=max(row.confidence, meeting.confidence, key=_CONFIDENCE.__getitem__),
        first_seen=min(row.first_seen, claim.published_at),
        last_seen=max(row.last_seen, claim.published_at),
        **_fold_window(row, claim),
    )


def mark_review(row: LedgerMeeting, claim: LedgerClaim) -> LedgerMeeting:
    """The meeting that a claim may belong to: only flagged, since nothing sure is known of it."""
    return replace(row, needs_review=True, last_seen=max(row.last_seen, claim.published_at))


def _has_news(row: LedgerMeeting, claim: LedgerClaim) -> bool:
    """Is the claim's status the latest word?"""
    told, before = claim.meeting.status, row.status
    if claim.published_at < row.status_at:
        return False
    if told in OPEN_PLANS - SHELVED:
        return _revives(row, claim) if before in {"postponed", "cancelled"} else not _is_weaker(told, before)
    known, claimed = window_of_row(row), window_of_claim(claim)
    if told == "ongoing" and before == "held":
        return known is not None and claimed is not None and claimed.last > known.last
    return True


def _is_weaker(told: Status, before: Status) -> bool:
    """A plan takes nothing from what is under way or over, nor a possibility from what is planned."""
    return before in _UNDERWAY or (told == "proposed" and before == "planned")


def _revives(row: LedgerMeeting, claim: LedgerClaim) -> bool:
    """Is this plan a new one, rather than a preview written before the meeting was put off?"""
    known, claimed = window_of_row(row), window_of_claim(claim)
    is_new_date = claimed is not None and (known is None or known.gap(claimed) > near_days(row.kind))
    return is_new_date or claim.published_at - row.status_at > PREVIEW_LAG


def _fold_parties(row: LedgerMeeting, claim: LedgerClaim) -> tuple[tuple[str, ...], MeetingFormat]:
    """A list that was not told in full grows; two parties stay two, whoever else a wire counts in."""
    meeting = claim.meeting
    if len(row.parties) < len(meeting.parties) and len(row.parties) < 2 and row.format != "organisation":
        return meeting.parties, meeting.format
    if row.format == meeting.format == "multilateral":
        return tuple(sorted({*row.parties, *meeting.parties})), row.format
    return row.parties, row.format


def _fold_aliases(row: LedgerMeeting, name: str | None) -> tuple[str, ...]:
    is_new = name is not None and row.name is not None and name != row.name and name not in row.aliases
    return (*row.aliases, name) if is_new and name is not None else row.aliases


def _fold_place(row: LedgerMeeting, claim: LedgerClaim) -> Place | None:
    known, told = row.place, claim.meeting.place
    if known is None or told is None:
        return known or told
    if fit_places(known, told) != "apart":
        return told if is_narrower(told, known) else known
    is_settled = row.status == "held" or claim.meeting.status in SHELVED or "place" in claim.meeting.inferred
    return known if is_settled or claim.published_at < row.last_seen else told


def _fold_window(row: LedgerMeeting, claim: LedgerClaim) -> _Window:
    kept = _Window(from_day=row.from_day, to_day=row.to_day, date_precision=row.date_precision, window_at=row.window_at)
    return _window_told(claim) if _changes_window(row, claim) else kept


def _changes_window(row: LedgerMeeting, claim: LedgerClaim) -> bool:
    """Does the claim say when better than the row does, or later?"""
    known, claimed = window_of_row(row), window_of_claim(claim)
    if known is None or claimed is None:
        return claimed is not None
    is_late = row.window_at is not None and claim.published_at < row.window_at
    # A postponed or cancelled meeting keeps the date that it had been set for.
    if is_late or claim.meeting.status in SHELVED or claimed.holds(known):
        return False
    if known.holds(claimed):
        return row.date_precision != "day"
    return known.gap(claimed) > near_days(row.kind) or not is_window_inferred(claim.meeting)


def is_window_inferred(meeting: Meeting) -> bool:
    """Did the tense give the day, rather than words?"""
    given = {"from": meeting.from_day, "to": meeting.to_day}
    return all(name in meeting.inferred for name, day in given.items() if day is not None)


def _window_told(claim: LedgerClaim) -> _Window:
    meeting = claim.meeting
    has_window = meeting.from_day is not None or meeting.to_day is not None
    return _Window(
        from_day=meeting.from_day,
        to_day=meeting.to_day,
        date_precision=meeting.date_precision,
        window_at=claim.published_at if has_window else None,
    )
