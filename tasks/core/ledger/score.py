"""How well does a claim fit a meeting of the ledger? Points for what agrees, and clashes that no points outweigh.

    40 the same body or parties (20 where only some are shared; 35 for the name alone, where one side has no parties)
    25 the same place, one inside the other (15 where only the country agrees)
    25 the same time, or near it
    10 the same name
    10 for a place or a time that one side leaves unsaid, or that a plan was moved to

A claim attaches from 60 points: who meets must agree, and nothing may speak against it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tasks.core.ledger.key import MeetingKey
from tasks.core.ledger.place import PlaceFit, fit_places
from tasks.core.ledger.time import (
    BODY_MOVE_DAYS,
    HELD_DAYS,
    MOVE_DAYS,
    OPEN_PLANS,
    PLAN_DAYS,
    SHELVED,
    SILENT_MOVE_DAYS,
    TimeFit,
    fit_times,
    is_vague,
    near_days,
    window_of_claim,
    window_of_row,
)
from tasks.core.model import LedgerClaim, LedgerMeeting, MeetingKind

ACCEPT = 60
# Two candidates nearer than this are about equal: an analyst decides.
ABOUT_EQUAL = 5

_WHO, _SOME, _NAMED = 40, 20, 35
_PLACE, _COUNTRY, _TIME, _NAME, _UNSAID = 25, 15, 25, 10, 10
_DONE = frozenset({"held", "ongoing"})
# Parties from which on a list is rarely told in full: a shorter list of one meeting is still the same list.
_LONG_LIST = 3

Identity = Literal["same", "some", "name", "none"]
Verdict = Literal["fits", "review", "clash"]


@dataclass(frozen=True, slots=True)
class Fit:
    """How a claim fits a meeting: 0 to 100 points, and the reason in a few words."""

    points: int
    verdict: Verdict
    reason: str

    @property
    def is_accepted(self) -> bool:
        """May the claim attach to this meeting?"""
        return self.verdict == "fits" and self.points >= ACCEPT

    @property
    def is_slip(self) -> bool:
        """Would it fit, if it were not for another edition?"""
        return self.verdict == "review" and self.points >= ACCEPT


@dataclass(frozen=True, slots=True)
class Pair:
    """A meeting of the ledger and a claim, with all that was compared."""

    row: LedgerMeeting
    claim: LedgerClaim
    known: MeetingKey
    told: MeetingKey
    identity: Identity
    places: PlaceFit
    times: TimeFit
    may_move: bool

    @property
    def is_one_edition(self) -> bool:
        """Do both say that it is the same ordinal edition?"""
        return self.known.ordinal is not None and self.known.ordinal == self.told.ordinal


def group_of(kind: MeetingKind) -> MeetingKind:
    """Kinds that wires use for one another: what one calls talks, another calls talks of ministers."""
    return "talks" if kind == "ministerial" else kind


def judge_fit(
    row: LedgerMeeting, known: MeetingKey, claim: LedgerClaim, told: MeetingKey, *, may_move: bool = True
) -> Fit:
    """Compare a claim with a meeting. Without `may_move` another date or place is another meeting, never a change."""
    pair = compare(row, known, claim, told, may_move=may_move)
    clash = next(filter(None, (find(pair) for find in _CLASHES)), None)
    if clash is not None:
        return Fit(_points(pair), "clash", clash)
    if _edition_clash(pair):
        return Fit(_points(pair), "review", "the same but for the edition")
    return Fit(_points(pair), "fits", _describe(pair))


def judge_correction(row: LedgerMeeting, known: MeetingKey, claim: LedgerClaim, told: MeetingKey) -> Fit:
    """Compare a claim with a meeting that an earlier version of its story told of: date, place and list may differ."""
    pair = compare(row, known, claim, told, may_move=True)
    clash = _kind_clash(pair) or _body_clash(pair)
    is_alike = pair.identity != "none" or bool(known.parties & told.parties)
    if clash is None and not is_alike and not (pair.places == "same" and pair.times == "same"):
        clash = "nothing in common with the earlier version"
    return Fit(_points(pair), "clash" if clash else "fits", clash or "a later version of a story that told of it")


def compare(row: LedgerMeeting, known: MeetingKey, claim: LedgerClaim, told: MeetingKey, *, may_move: bool) -> Pair:
    """Lay a claim beside a meeting."""
    places, times = fit_places(known.place, told.place), fit_times(row, claim)
    return Pair(row, claim, known, told, identify(known, told), places, times, may_move)


def identify(known: MeetingKey, told: MeetingKey) -> Identity:
    """Is it the same body or the same parties that meet?"""
    if known.body is not None and known.body == told.body and known.is_of_body == told.is_of_body:
        return "same"
    shared = known.parties & told.parties
    smaller = min(known.parties, told.parties, key=len)
    is_contained = bool(smaller) and shared == smaller
    is_long = known.format == told.format == "multilateral" and len(smaller) >= _LONG_LIST
    if (known.parties == told.parties and len(shared) > 1) or (is_contained and is_long):
        return "same"
    if known.names & told.names and (is_contained or not smaller):
        return "same" if is_contained else "name"
    return "some" if is_contained or len(shared) > 1 else "none"


def _points(pair: Pair) -> int:
    vague = is_vague(pair.row.date_precision) or is_vague(pair.claim.meeting.date_precision)
    who = {"same": _WHO, "some": _SOME, "name": _NAMED, "none": 0}[pair.identity]
    where = {"same": _PLACE, "country": _COUNTRY, "silent": _UNSAID, "apart": _UNSAID}[pair.places]
    when = _TIME if pair.times == "same" and not vague else _UNSAID
    name = _NAME if pair.identity != "name" and pair.known.names & pair.told.names else 0
    return who + where + when + name


def _describe(pair: Pair) -> str:
    who = {
        "same": "same parties or body",
        "some": "some of the parties",
        "name": "same name",
        "none": "no parties said",
    }
    where = {"same": "same place", "country": "same country", "silent": "place unsaid", "apart": "another place"}
    when = {"same": "same time", "silent": "time unsaid", "apart": "another time"}
    return f"{who[pair.identity]}, {where[pair.places]}, {when[pair.times]}"


def _kind_clash(pair: Pair) -> str | None:
    return None if group_of(pair.known.kind) == group_of(pair.told.kind) else "another kind of meeting"


def _body_clash(pair: Pair) -> str | None:
    known, told = pair.known, pair.told
    if known.body is None or told.body is None:
        return None
    if known.body != told.body:
        return "another organisation"
    return None if known.is_of_body == told.is_of_body else "of the organisation itself, not with a state"


def _party_clash(pair: Pair) -> str | None:
    known, told = pair.known.parties, pair.told.parties
    if not known or not told or len(known & told) > 1 or known <= told or told <= known:
        return None
    return "other parties"


def _held_clash(pair: Pair) -> str | None:
    """What is over is not planned anew: a plan told after it is the next meeting."""
    row, claim = pair.row, pair.claim
    is_plan = claim.meeting.status in OPEN_PLANS | SHELVED
    if row.status == "held" and is_plan and window_of_claim(claim) is None and claim.published_at > row.status_at:
        return "held already, and this is a plan told after it"
    return None


def _time_clash(pair: Pair) -> str | None:
    if pair.times != "apart":
        return None
    is_change = pair.may_move and (_is_moved_plan(pair) or _is_late_plan(pair))
    return None if is_change or _is_told_twice(pair) else "at another time"


def _subset_clash(pair: Pair) -> str | None:
    """Two of three leaders who meet alone do so on a day of their own; on the same day the three are told in part."""
    known, claimed = window_of_row(pair.row), window_of_claim(pair.claim)
    is_part = pair.identity == "some" and len(pair.known.parties) > 1 and len(pair.told.parties) > 1
    if not is_part or known is None or claimed is None:
        return None
    return "some of the parties, on another day" if known.gap(claimed) > 0 else None


def _place_clash(pair: Pair) -> str | None:
    if pair.places != "apart":
        return None
    if pair.row.status in _DONE and pair.claim.meeting.status in _DONE:
        return "held in another place"
    is_one_time = pair.times == "same" and pair.identity == "same"
    return None if pair.may_move and (is_one_time or _is_moved_plan(pair)) else "in another place"


def _edition_clash(pair: Pair) -> bool:
    return _differ(pair.known.ordinal, pair.told.ordinal) or _differ(pair.known.year, pair.told.year)


def _other_edition(pair: Pair) -> str | None:
    """Another edition, told of another time or of none; at the very time of this one it is a slip, for review."""
    is_slip = pair.times == "same" and pair.places in {"same", "silent"}
    return "another edition" if _edition_clash(pair) and not is_slip else None


def _differ(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and one != other


# Asked in this order; the first that speaks gives the reason.
_CLASHES: tuple[Callable[[Pair], str | None], ...] = (
    _kind_clash,
    _body_clash,
    _party_clash,
    _other_edition,
    _held_clash,
    _time_clash,
    _subset_clash,
    _place_clash,
)


def _is_moved_plan(pair: Pair) -> bool:
    """Two plans of the same parties: another date or place is news of one meeting, not a second meeting.

    Bodies meet at fixed times: of these only a shelved one, the same edition, or one in its city within days is moved.
    """
    row, claim = pair.row, pair.claim
    is_plan = row.status in OPEN_PLANS | SHELVED and claim.meeting.status in {"proposed", "planned"}
    if pair.identity != "same" or not is_plan:
        return False
    known, claimed = window_of_row(row), window_of_claim(claim)
    gap = known.gap(claimed) if known and claimed else abs((claim.published_at - row.last_seen).days)
    is_near = pair.places == "same" and gap <= BODY_MOVE_DAYS
    if pair.known.is_of_body and row.status not in SHELVED and not pair.is_one_edition and not is_near:
        return False
    told = claim.published_at.date()
    if known is not None and row.status not in SHELVED and (told - known.last).days > near_days(row.kind):
        return False  # its day went by: this is the next one
    return gap <= (MOVE_DAYS if row.kind == "summit" else PLAN_DAYS)


def _is_late_plan(pair: Pair) -> bool:
    """Planned for one day and told as held a little later: moved without a word of the change."""
    row, claim = pair.row, pair.claim
    known, claimed = window_of_row(row), window_of_claim(claim)
    if known is None or claimed is None or claim.meeting.status not in _DONE or row.status not in OPEN_PLANS:
        return False
    is_sure = row.kind == "summit" and pair.identity == "same" and not pair.known.is_of_body and pair.places != "apart"
    return is_sure and 0 < (claimed.first - known.last).days <= SILENT_MOVE_DAYS


def _is_told_twice(pair: Pair) -> bool:
    """Two accounts of a summit that is over, in one city, whose days differ by less than two weeks."""
    row, claim = pair.row, pair.claim
    known, claimed = window_of_row(row), window_of_claim(claim)
    if known is None or claimed is None or row.kind != "summit" or pair.identity != "same":
        return False
    is_over = row.status == "held" and claim.meeting.status == "held"
    return is_over and pair.places == "same" and known.gap(claimed) <= HELD_DAYS
