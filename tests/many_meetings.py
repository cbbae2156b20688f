"""A ledger as it stands after two years, and claims that come to it: seeded, invented, and as uneven as the real one.

    make_ledger(10_000, seed)            -> rows as select_ledger gives them; a few states meet far more than the rest
    make_claims(rows, 5_000, seed)       -> claims, each of a kind of MIX, in order of publication

States, organisations, cities are the catalog's; persons are invented.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import accumulate
from typing import TypeVar

from tasks.core.model import (
    DatePrecision,
    LedgerClaim,
    LedgerMeeting,
    Meeting,
    MeetingFormat,
    MeetingKind,
    Mention,
    Place,
    Status,
)
from tests.catalog import builtin_catalog

T = TypeVar("T")
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
YEARS = timedelta(days=730)
WIRES = tuple(f"wire-{number}" for number in range(40))
# What part of the claims is of which kind.
MIX: Mapping[str, float] = {"attach": 0.6, "open": 0.2, "clash": 0.1, "edition": 0.03, "bare": 0.04, "correction": 0.03}

_FORMATS: Mapping[MeetingFormat, int] = {"bilateral": 62, "trilateral": 6, "multilateral": 8, "organisation": 24}
_KINDS: Mapping[MeetingKind, int] = {
    "summit": 28,
    "talks": 28,
    "visit": 14,
    "call": 14,
    "ministerial": 12,
    "conference": 4,
}
_PRECISIONS: Mapping[DatePrecision | None, int] = {"day": 68, "week": 6, "month": 9, "season": 2, None: 15}
_WIDTHS: Mapping[DatePrecision | None, int] = {"day": 0, "week": 6, "month": 29, "season": 89, None: 0}
_PLANS: Mapping[Status, int] = {"planned": 70, "proposed": 20, "postponed": 4, "cancelled": 4, "ruled_out": 2}
_NICKNAMES = (
    "Harbour",
    "Ridge",
    "Lantern",
    "Monsoon",
    "Cedar",
    "Glacier",
    "Copper",
    "Saffron",
    "Tidewater",
    "Meridian",
)


@dataclass(slots=True)
class Mill:
    """Dice over the catalog: state number n is met in proportion to 1 / (n + 3), as on the wires."""

    seed: int
    dice: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)

    def pick(self, shares: Mapping[T, int]) -> T:
        """One of these, by their shares."""
        return self.dice.choices(list(shares), list(shares.values()))[0]

    def states(self, many: int) -> tuple[str, ...]:
        """Different states, in order."""
        codes, weights = _list_states()
        found: set[str] = set()
        while len(found) < many:
            found.add(self.dice.choices(codes, cum_weights=weights)[0])
        return tuple(sorted(found))

    def meeting(self, told: datetime) -> Meeting:
        """A meeting that a story of this time could tell of."""
        kind, form = self.pick(_KINDS), self.pick(_FORMATS)
        size = {"bilateral": 2, "trilateral": 3, "organisation": 0}.get(form) or self.dice.randint(4, 16)
        parties = () if form == "organisation" else self.states(size)
        organisation = self.dice.choice(_list_bodies()) if form == "organisation" else None
        first, precision = self._window(told)
        last = first + timedelta(days=_WIDTHS[precision] or self.dice.choice((0, 0, 1, 2))) if first else None
        is_over = last is not None and last < told.date()
        edition = str(self.dice.randint(2, 40)) if organisation and self.dice.random() < 0.3 else None
        return Meeting(
            kind=kind,
            format=form,
            name=self._name(organisation, form),
            organisation=organisation,
            edition=f"{edition}th" if edition else None,
            parties=parties,
            host=parties[0] if parties and self.dice.random() < 0.3 else None,
            actors=tuple(f"Leader {state.title()}" for state in parties[:4]),
            place=self._place(parties),
            from_day=first,
            to_day=last,
            date_precision=precision,
            status="held" if is_over or (first is None and self.dice.random() < 0.4) else self.pick(_PLANS),
            confidence=self.dice.choice(("high", "high", "high", "medium", "low")),
            inferred=(),
            claims=(Mention("The leaders will meet, two officials said.", 0, 42),),
        )

    def _window(self, told: datetime) -> tuple[date | None, DatePrecision | None]:
        precision = self.pick(_PRECISIONS)
        first = told.date() + timedelta(days=int(self.dice.triangular(-20, 60, 2)))
        return (first if precision else None), precision

    def _place(self, parties: Sequence[str]) -> Place | None:
        if self.dice.random() < 0.3:
            return None
        cities = _list_cities()
        country = self.dice.choice([state for state in parties if state in cities] or list(cities))
        narrow = self.dice.choice(cities[country])
        return narrow if self.dice.random() < 0.85 else Place(country.title(), None, country, "country")

    def _name(self, organisation: str | None, form: MeetingFormat) -> str | None:
        if organisation is not None:
            return f"{organisation} Summit" if self.dice.random() < 0.5 else None
        is_named = self.dice.random() < (0.3 if form == "multilateral" else 0.04)
        return f"{self.dice.choice(_NICKNAMES)} {self.dice.choice(_NICKNAMES)} Summit" if is_named else None


@cache
def _list_states() -> tuple[list[str], list[float]]:
    codes = sorted((country.code for country in builtin_catalog().countries), key=lambda code: code[::-1])
    return codes, list(accumulate(1 / (number + 3) for number in range(len(codes))))


@cache
def _list_bodies() -> tuple[str, ...]:
    return tuple(organisation.name for organisation in builtin_catalog().organisations)


@cache
def _list_cities() -> Mapping[str, tuple[Place, ...]]:
    found: dict[str, list[Place]] = {}
    for place in builtin_catalog().places:
        if place.precision == "city" and place.country:
            found.setdefault(place.country, []).append(Place(place.name, place.region, place.country, "city"))
    return {country: tuple(places[:6]) for country, places in found.items()}


def make_ledger(count: int, seed: int = 1, *, until: datetime = NOW, reach: timedelta = YEARS) -> list[LedgerMeeting]:
    """So many meetings that were opened within `reach` before `until`."""
    mill = Mill(seed)
    return [_row_of(mill, number, until - reach * mill.dice.random()) for number in range(count)]


def _row_of(mill: Mill, number: int, told: datetime) -> LedgerMeeting:
    meeting, dice = mill.meeting(told), mill.dice
    has_alias = meeting.name is not None or dice.random() < 0.03
    seen = told + timedelta(hours=dice.expovariate(1 / 60))
    return LedgerMeeting(
        meeting_id=f"meeting-{number:06}",
        opened_day=told.date(),
        **{name: getattr(meeting, name) for name in _SHARED},
        aliases=(f"the {dice.choice(_NICKNAMES)} {dice.choice(_NICKNAMES)} meeting",) if has_alias else (),
        needs_review=False,
        first_seen=told,
        last_seen=seen,
        status_at=seen,
        window_at=told if meeting.from_day else None,
        is_told=meeting.kind == "summit",
    )


_SHARED = tuple(name for name in Meeting.__slots__ if name not in {"inferred", "claims"})


def make_claims(
    rows: Sequence[LedgerMeeting], count: int, seed: int = 2, since: datetime = NOW - YEARS / 8
) -> list[LedgerClaim]:
    """So many claims of the days from `since` to `NOW`, in order of publication.

    Those of kind "correction" are the second version of a story; `backers_of` tells of which meetings the first told.
    """
    mill = Mill(seed)
    kinds = mill.dice.choices(list(MIX), list(MIX.values()), k=count)
    recent = [row for row in rows if row.last_seen >= since] or list(rows)
    claims = [_claim_of(mill, number, kind, recent, since) for number, kind in enumerate(kinds)]
    return sorted(claims, key=lambda claim: (claim.published_at, claim.article_id, claim.version, claim.seq))


def _claim_of(mill: Mill, number: int, kind: str, rows: Sequence[LedgerMeeting], since: datetime) -> LedgerClaim:
    row = mill.dice.choice(rows)
    told = since + (NOW - since) * mill.dice.random()
    if kind in _TELLERS:
        told = min(max(row.first_seen + timedelta(hours=mill.dice.expovariate(1 / 30)), since), NOW)
    meeting = _TELLERS[kind](mill, row) if kind in _TELLERS else mill.meeting(told)
    if kind == "bare":
        meeting = replace(meeting, parties=(), organisation=None, name=None, place=None, from_day=None, to_day=None)
    wire = mill.dice.choice(WIRES)
    return LedgerClaim(
        article_id=f"{kind}-{number:06}" if kind != "correction" else f"{kind}-{row.meeting_id}",
        version=2 if kind == "correction" else 1,
        rules_version="rules",
        seq=0 if kind != "correction" else number,
        day=told.date(),
        wire_id=wire,
        origin=wire,
        published_at=told,
        is_silent=False,
        meeting=meeting,
    )


def backers_of(claims: Sequence[LedgerClaim]) -> dict[str, frozenset[str]]:
    """The first version of each corrected story, behind the meeting of which it told."""
    own = {claim.article_id for claim in claims if claim.version > 1}
    return {article.removeprefix("correction-"): frozenset({article}) for article in sorted(own)}


def _tell_again(mill: Mill, row: LedgerMeeting) -> Meeting:
    """The meeting as another wire tells it: now without the place, now without the day, now in fewer words."""
    dice = mill.dice
    meeting = Meeting(
        **{name: getattr(row, name) for name in _SHARED},
        inferred=(),
        claims=(Mention("They will meet as planned, an envoy said.", 0, 41),),
    )
    meeting = replace(meeting, place=None) if dice.random() < 0.3 else meeting
    meeting = replace(meeting, name=None, edition=None) if dice.random() < 0.5 else meeting
    if dice.random() < 0.3:
        meeting = replace(meeting, from_day=None, to_day=None, date_precision=None)
    if meeting.format == "multilateral" and dice.random() < 0.5:
        meeting = replace(meeting, parties=meeting.parties[: max(len(meeting.parties) // 2, 2)])
    return meeting


def _tell_otherwise(mill: Mill, row: LedgerMeeting) -> Meeting:
    """The same parties or body, months apart and in another place."""
    shift = timedelta(days=mill.dice.randint(150, 300))
    first = row.from_day + shift if row.from_day else None
    last = row.to_day + shift if row.to_day else None
    other = mill.dice.choice(_list_cities()[mill.dice.choice(list(_list_cities()))])
    return replace(_tell_again(mill, row), from_day=first, to_day=last, place=other)


def _tell_edition(mill: Mill, row: LedgerMeeting) -> Meeting:
    """At the very time and place of the meeting, with a number of its own: a slip that an analyst settles."""
    meeting = _tell_again(mill, row)
    return replace(
        meeting,
        edition="77th",
        place=row.place,
        from_day=row.from_day,
        to_day=row.to_day,
        date_precision=row.date_precision,
    )


_TELLERS: Mapping[str, Callable[[Mill, LedgerMeeting], Meeting]] = {
    "attach": _tell_again,
    "clash": _tell_otherwise,
    "edition": _tell_edition,
    "correction": _tell_otherwise,
}
