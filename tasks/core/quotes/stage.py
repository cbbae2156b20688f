"""The stage of a story: its sentences with whole quotations in them, its persons where they are named, who spoke last.

A unit is one sentence, or several where a quotation holds them together. Pronouns are resolved from unit to unit: to
whom the unit names first, else to who spoke or was named first in the unit before.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from tasks.core.model import Actor
from tasks.core.people.given import FEMALE, MALE
from tasks.core.quotes.marks import Quotation, find_quotations
from tasks.core.sentences import Sentence, split_sentences

_PREPOSITION = re.compile(
    r"\b(?:about|against|alongside|around|at|behind|between|by|for|from|in|including|into|like|near|of|on|over"
    r"|than|to|toward|towards|under|upon|via|versus|with|without|told|tells|urged|asked|accused|meeting|met|called|calls"
    r"|criticized|criticised|praised|thanked|[a-z]+ing) \Z"
)
_FEMALE_ROLE = re.compile(r"woman|queen|princess|lady|mother|daughter|wife|sister|actress|duchess|empress|widow", re.I)
_MALE_ROLE = re.compile(
    r"(?<!wo)man\b|king\b|prince\b|emir|sultan|father|(?<!per)son\b|husband|brother|pope|sheikh|imam", re.I
)
_REACH = 3  # units back in which a pronoun finds its person


@dataclass(frozen=True, slots=True)
class Named:
    """A mention of a person: offsets of the text, and the person's number among the actors."""

    start: int
    end: int
    actor: int


@dataclass(slots=True)
class Unit:
    """A sentence or several with the quotations in them; `speaker` is filled in as the story is read.

    `words` are where the speaker is told, and the verb, for the quotations that go on from the unit.
    `is_anonymous`: somebody spoke who is not named, so that a later "he" is nobody else.
    """

    start: int
    end: int
    paragraph: int
    quotations: tuple[Quotation, ...]
    is_heading: bool
    speaker: int | None = None
    words: tuple[tuple[int, int] | None, str | None] | None = None
    has_cue: bool = False
    is_anonymous: bool = False
    names: list[Named] = field(default_factory=list)

    def is_quoted(self, offset: int) -> bool:
        """Whether an offset lies inside a quotation."""
        return any(quotation.outer_start <= offset < quotation.outer_end for quotation in self.quotations)


class Stage:
    """A story from `start` on, with its actors; `units` in the order of the text."""

    def __init__(self, text: str, start: int, actors: tuple[Actor, ...]) -> None:
        self.text = text
        self.actors = actors
        self.quotations = find_quotations(text, start)
        self.named = _list_named(actors)
        self._starts = [named.start for named in self.named]
        self.units = _merge(split_sentences(text, start), self.quotations)
        for unit in self.units:
            unit.names = [named for named in self.between(unit.start, unit.end) if not unit.is_quoted(named.start)]

    def between(self, low: int, high: int) -> list[Named]:
        """The mentions that lie between two offsets, in order; the longest first where they begin together."""
        found = self.named[bisect_left(self._starts, low) : bisect_left(self._starts, high)]
        return [named for named in found if named.end <= high]

    def ending_at(self, offset: int, low: int) -> Named | None:
        """The longest mention that ends here and does not begin before `low`."""
        return next((named for named in self.between(low, offset) if named.end == offset), None)

    def starting_at(self, offset: int) -> Named | None:
        """The longest mention that begins here."""
        number = bisect_left(self._starts, offset)
        return self.named[number] if number < len(self.named) and self.named[number].start == offset else None

    def name(self, actor: int | None) -> str | None:
        """The name of an actor."""
        return None if actor is None else self.actors[actor].name

    def resolve_pronoun(self, number: int, offset: int, pronoun: str) -> int | None:
        """Who "he" or "she" at an offset of a unit is, or None."""
        here = [named for named in self.units[number].names if named.end <= offset]
        if (found := self._first_fitting(here, pronoun)) is not None:
            return found
        for back in range(1, _REACH + 1):
            if number - back < 0:
                break
            unit = self.units[number - back]
            speaker = unit.speaker
            if unit.is_anonymous:
                return None
            if speaker is not None:
                return speaker if self.fits(speaker, pronoun) else self._first_fitting(unit.names, pronoun)
            if (found := self._first_fitting(unit.names, pronoun)) is not None:
                return found
            if len(only := {named.actor for named in unit.names if self.fits(named.actor, pronoun)}) == 1:
                return only.pop()
        return None

    def fits(self, actor: int, pronoun: str) -> bool:
        """Whether nothing speaks against a pronoun for an actor."""
        gender = _guess_gender(self.actors[actor])
        return gender is None or gender == pronoun.lower()

    def _first_fitting(self, names: Iterable[Named], pronoun: str) -> int | None:
        fitting = self.first_subject(named for named in names if self.fits(named.actor, pronoun))
        return fitting.actor if fitting else None

    def first_subject(self, names: Iterable[Named]) -> Named | None:
        """The first person named as a subject: not after a preposition or a verb, and no owner of something."""
        for named in names:
            before = self.text[max(0, named.start - 14) : named.start]
            if not _PREPOSITION.search(before) and not self._is_possessive(named):
                return named
        return None

    def _is_possessive(self, named: Named) -> bool:
        return self.text.startswith(("'s ", "’s ", "' ", "’ "), named.end)


def _list_named(actors: tuple[Actor, ...]) -> list[Named]:
    named = [Named(m.start, m.end, number) for number, actor in enumerate(actors) for m in actor.mentions]
    return sorted(named, key=lambda each: (each.start, -each.end))


def _merge(sentences: tuple[Sentence, ...], quotations: tuple[Quotation, ...]) -> list[Unit]:
    """Sentences joined where a quotation runs over the boundary between them."""
    units: list[Unit] = []
    starts = [quotation.outer_start for quotation in quotations]
    for sentence in sentences:
        last = units[-1] if units else None
        if last and last.paragraph == sentence.paragraph and _is_inside(last.end, sentence.start, quotations, starts):
            last.end = sentence.end
            continue
        units.append(Unit(sentence.start, sentence.end, sentence.paragraph, (), sentence.is_heading))
    for unit in units:
        low, high = bisect_left(starts, unit.start), bisect_left(starts, unit.end)
        unit.quotations = quotations[low:high]
    return units


def _is_inside(end: int, start: int, quotations: tuple[Quotation, ...], starts: list[int]) -> bool:
    """Whether a quotation that began before one sentence's end goes on beyond the next one's start."""
    number = bisect_left(starts, end) - 1
    return number >= 0 and start < quotations[number].outer_end and start <= quotations[number].end


def _guess_gender(actor: Actor) -> str | None:
    """`he` or `she` by role or given name, None where neither tells."""
    role = actor.role or ""
    if _FEMALE_ROLE.search(role):
        return "she"
    if _MALE_ROLE.search(role) and "spokesman" not in role:
        return "he"
    given = actor.name.split(" ")[0]
    if given in FEMALE and given not in MALE:
        return "she"
    return "he" if given in MALE and given not in FEMALE else None
