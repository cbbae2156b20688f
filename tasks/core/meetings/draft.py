"""A draft: one meeting of an article as its sentences have told it so far, and how a sighting adds to it."""

from __future__ import annotations

from dataclasses import dataclass, field

from tasks.core.meetings.sighting import Sighting, When, Where
from tasks.core.model import MeetingKind, Organisation, Status
from tasks.core.sentences import Sentence

SHELVED: frozenset[Status] = frozenset(("postponed", "cancelled", "ruled_out"))
AHEAD: frozenset[Status] = SHELVED | {"proposed", "planned"}
_PLACE_RANK = {"city": 0, "region": 1, "country": 2}
_DAYS_RANK = {"day": 0, "week": 1, "part of month": 2, "month": 3, "season": 4, "year": 5}


@dataclass(slots=True)
class Draft:
    """A meeting of the article; `last` is the number of the latest sentence about it, `has_word` that it is called a
    summit, `claims` its sentences by their start."""

    kind: MeetingKind
    status: Status
    is_cued: bool
    last: int
    codes: dict[str, bool] = field(default_factory=dict)
    organisation: Organisation | None = None
    actors: list[str] = field(default_factory=list)
    host: str | None = None
    where: Where = field(default_factory=Where)
    when: When = field(default_factory=When)
    name: str | None = None
    edition: str | None = None
    has_word: bool = False
    has_leader: bool = False
    is_of_states: bool = False
    is_region: bool = False
    claims: dict[int, Sentence] = field(default_factory=dict)

    def add_claim(self, sentence: Sentence, number: int) -> None:
        """One more sentence about the meeting."""
        self.claims.setdefault(sentence.start, sentence)
        self.last = number


def fill(draft: Draft, sighting: Sighting) -> None:
    """Add what a sighting says; what the draft knows already stays, unless the sighting is more exact."""
    draft.add_claim(sighting.sentence, sighting.number)
    if sighting.kind == "summit" and draft.kind == "talks":
        draft.kind = "summit"
    for code, is_inferred in sighting.who.codes.items():
        draft.codes[code] = draft.codes.get(code, True) and is_inferred
    draft.organisation = draft.organisation or sighting.who.organisation
    draft.actors += [name for name in sighting.who.actors if name not in draft.actors]
    draft.name = draft.name or sighting.name
    draft.edition = draft.edition or sighting.edition
    _fill_marks(draft, sighting)
    _fill_spot(draft, sighting)
    _fill_status(draft, sighting)


def fill_by_reference(draft: Draft, sighting: Sighting) -> None:
    """What "the summit" adds: a host, word of a change, and place and time where its own verb gives them."""
    draft.last = sighting.number
    _fill_marks(draft, sighting)
    if sighting.reference.is_aside:
        return
    if sighting.reference.is_subject:
        _fill_spot(draft, sighting)
    _fill_status(draft, sighting)


def _fill_marks(draft: Draft, sighting: Sighting) -> None:
    if draft.host is None and len(sighting.who.hosts) == 1:
        draft.host = sighting.who.hosts[0]
    draft.has_word = draft.has_word or sighting.word == "summit"
    draft.has_leader = draft.has_leader or sighting.who.has_leader
    draft.is_region = draft.is_region or sighting.who.unnamed.is_region
    draft.is_of_states = draft.is_of_states or sighting.is_of_states


def _fill_spot(draft: Draft, sighting: Sighting) -> None:
    said, known = sighting.where.place, draft.where.place
    if said and (known is None or _PLACE_RANK[said.precision] < _PLACE_RANK[known.precision]):
        draft.where = sighting.where
    if _is_more_exact(sighting.when, draft.when):
        draft.when = sighting.when


def _is_more_exact(said: When, known: When) -> bool:
    if said.days is None or said.precision is None:
        return False
    if known.days is None or known.precision is None or (said.is_stated and not known.is_stated):
        return True
    return said.is_stated and _DAYS_RANK[said.precision] < _DAYS_RANK[known.precision]


def _fill_status(draft: Draft, sighting: Sighting) -> None:
    """The first word that is cued stands; only a later word of shelving changes a plan."""
    if not sighting.is_cued:
        return
    if not draft.is_cued:
        draft.status, draft.is_cued = sighting.status, True
    elif sighting.status in SHELVED and draft.status in ("proposed", "planned") and _is_own(sighting):
        draft.status = sighting.status


def _is_own(sighting: Sighting) -> bool:
    """Does it name the meeting, or is it "the summit" with a verb of its own?"""
    return not sighting.is_bare or (sighting.word == "summit" and sighting.reference.is_subject)
