"""A sighting: what one anchor of one sentence says of a meeting, before sentences are put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tasks.core.meetings.anchors import AnchorWord
from tasks.core.meetings.reference import Reference
from tasks.core.meetings.unnamed import NOBODY, Unnamed
from tasks.core.model import DatePrecision, MeetingKind, Organisation, Place, Status
from tasks.core.sentences import Sentence

Days = tuple[date | None, date | None]


def is_past(days: Days | None, day: date | None) -> bool:
    """Do the days end before the day of the story, as far as both are known?"""
    return days is not None and days[1] is not None and day is not None and days[1] < day


@dataclass(frozen=True, slots=True)
class Who:
    """Who takes part: `codes` says of each country whether only a lexicon gave it, `hosts` are countries.

    `has_leader`: leaders of states stand in or right beside the noun; `is_unnamed_pair`: "the two leaders"; `unnamed`
    are parties that are told only by their number ("both countries"); `is_of_body`: "the bloc's"; `is_theirs`:
    "their last session"; `has_stateless`: an office without a country, which would make it
    `kind_of_pair`; `visitors` are the countries of those who travel;
    `is_official_visit`: "a two-day state visit".
    """

    codes: Mapping[str, bool]
    organisation: Organisation | None
    actors: tuple[str, ...]
    hosts: tuple[str, ...]
    has_leader: bool
    is_unnamed_pair: bool
    unnamed: Unnamed = NOBODY
    is_of_body: bool = False
    is_theirs: bool = False
    has_stateless: bool = False
    kind_of_pair: MeetingKind | None = None
    visitors: tuple[str, ...] = ()
    is_official_visit: bool = False


@dataclass(frozen=True, slots=True)
class Where:
    """The place with the fields of it that no words give."""

    place: Place | None = None
    inferred: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class When:
    """The window, an open end being None, its precision, and the ends that no words give."""

    days: Days | None = None
    precision: DatePrecision | None = None
    inferred: tuple[str, ...] = ()

    @property
    def is_stated(self) -> bool:
        """Do words of the text give at least one end?"""
        return self.days is not None and not {"from", "to"} <= set(self.inferred)


@dataclass(frozen=True, slots=True)
class Sighting:
    """One anchor's words. `is_cued`: words, not a default, gave the status; `number` counts the text's sentences.

    `is_of_states`: the words before the noun say that states meet ("peace summit"). `is_again`: those who
    have met meet once more.
    """

    sentence: Sentence
    number: int
    word: AnchorWord
    kind: MeetingKind
    who: Who
    where: Where
    when: When
    status: Status
    is_cued: bool
    name: str | None
    edition: str | None
    is_of_states: bool
    reference: Reference
    is_again: bool = False

    @property
    def is_bare(self) -> bool:
        """Does nothing here say which meeting it is?"""
        is_talks = self.word in ("talks", "meeting", "call") and bool(self.who.codes)
        is_assembly = self.word in ("summit", "conference") or is_talks
        is_located = is_assembly and self.where.place is not None and self.when.days is not None
        is_located = is_located or (self.who.unnamed.is_region and None not in (self.where.place, self.when.days))
        return len(self.who.codes) < 2 and self.who.organisation is None and self.name is None and not is_located
