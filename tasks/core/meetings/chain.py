"""Sightings of one article put together: several sentences about one meeting become one draft.

A full sighting (parties, an organisation, a name, or a place with a day) joins the draft that it does not contradict
and shares something with, or opens a new one. A bare one ("the talks", "the summit") joins the last draft of its sort
and never opens one.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tasks.core.ledger.key import name_words
from tasks.core.meetings.draft import Draft, fill, fill_by_reference
from tasks.core.meetings.fit import fits_days, fits_place, fits_tense, is_same
from tasks.core.meetings.sighting import Sighting, When, Where
from tasks.core.meetings.unnamed import find_meant
from tasks.core.model import MeetingKind
from tasks.core.sentences import Sentence

# Meetings beside which others meet, and the words for that; "on the sidelines of a forum" names its own.
_WITH_SIDELINES: frozenset[MeetingKind] = frozenset(("summit", "ministerial", "conference"))
_ASIDE = re.compile(
    r"\bon the (?:sidelines|margins|fringes)\b"
    r"(?! of (?!it\b|that\b|th[eo]se\b|the (?:summit|meeting|conference)\b(?! of| in)))"
    r"|\bon (?:that|this|the same) occasion\b",
    re.I,
)
# How many sentences later "the meeting" still means this one.
_REACH = 12
_LEADERS_WORDS = frozenset(("summit", "talks", "meeting", "meet", "host"))
_WORDS_OF_KIND: dict[MeetingKind, frozenset[str]] = {
    "summit": _LEADERS_WORDS,
    "ministerial": _LEADERS_WORDS,
    "talks": frozenset(("talks", "meeting", "meet", "host")),
    "call": frozenset(("call",)),
    "visit": frozenset(("visit",)),
    "conference": frozenset(("conference", "meeting")),
}


class Chain:
    """The drafts of one article, in the order of their first sentence."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self._heading: str | None = None

    def note_heading(self, name: str) -> None:
        """A subhead that names a meeting: it gives its name to a draft of its section."""
        self._heading = name

    def add(self, sighting: Sighting, *, is_alone: bool) -> None:
        """Join a sighting to its draft, open one, or let it go. `is_alone`: the sentence has no other sighting."""
        sighting = self._name_parties(sighting)
        if sighting.is_bare:
            draft = self._find_meant(sighting)
            if draft is None:
                return
            if is_alone or not sighting.reference.is_aside:
                draft.add_claim(sighting.sentence, sighting.number)
            fill_by_reference(draft, sighting)
        else:
            draft = next((each for each in reversed(self.drafts) if is_same(each, sighting)), None)
            draft = draft or self._open(sighting)
            fill(draft, sighting)
        self._name_by_heading(draft)

    def attach(self, sentence: Sentence, number: int) -> None:
        """`The parties discussed ...` right after a claim: it is about that meeting."""
        draft = self._latest()
        if draft is not None and number - draft.last <= 1:
            draft.add_claim(sentence, number)

    def _name_parties(self, sighting: Sighting) -> Sighting:
        """`The two sides will meet in Oslo`: the parties of whose meeting the story told; "the talks" need none."""
        who, is_set = sighting.who, sighting.when.days is not None or sighting.where.place is not None
        is_pair = who.is_unnamed_pair and sighting.word in ("call", "meet")
        number = who.unnamed.number or (2 if is_pair else 0)
        if who.codes or who.organisation or sighting.reference.is_aside:
            return sighting
        if sighting.reference.is_plain and not is_set:
            return sighting
        if who.is_of_body and is_set:
            bodies = {draft.organisation.name: draft.organisation for draft in self.drafts if draft.organisation}
            only = next(iter(bodies.values())) if len(bodies) == 1 else None
            return replace(sighting, who=replace(who, organisation=only))
        if not number or not (is_set or is_pair or who.unnamed.level or who.unnamed.is_pronoun):
            return sighting
        told = [draft for draft in self.drafts if draft.kind != "visit"]
        last = [draft for draft in told if sighting.number - draft.last <= 1][-1:]
        groups = (last, told, self.drafts)
        meant = next((each for group in groups if (each := find_meant(number, (d.codes for d in group)))), None)
        if meant is None:
            return sighting
        are_leaders = who.unnamed.is_pronoun and any(d.kind == "summit" and meant == set(d.codes) for d in told)
        kind: MeetingKind = "summit" if are_leaders and sighting.kind == "talks" else sighting.kind
        return replace(sighting, kind=kind, who=replace(who, codes=dict.fromkeys(sorted(meant), False)))

    def _latest(self) -> Draft | None:
        return max(self.drafts, key=lambda each: each.last, default=None)

    def _find_meant(self, sighting: Sighting) -> Draft | None:
        """The draft that a bare sighting means: the last one that its word and words fit."""
        fitting = [each for each in self.drafts if self._is_of_word(each, sighting) and _is_meant(each, sighting)]
        draft = self._find_same_sentence(sighting) or max(fitting, key=lambda each: each.last, default=None)
        return draft if draft is not None and sighting.number - draft.last <= _REACH else None

    def _find_same_sentence(self, sighting: Sighting) -> Draft | None:
        """`agreed to meet X in summit talks`: the word for the meeting that the same sentence has told of."""
        draft = self._latest()
        is_word = sighting.word == "summit" and not sighting.who.codes and not sighting.reference.is_scene
        return draft if draft and is_word and draft.kind == "summit" and draft.last == sighting.number else None

    def _is_of_word(self, draft: Draft, sighting: Sighting) -> bool:
        """Can this noun mean the draft? "The summit" is one that was called so, else the only meeting of leaders."""
        if sighting.word == "summit" and not draft.has_word:
            return draft.kind == "summit" and sum(each.kind == "summit" for each in self.drafts) == 1
        return sighting.word in _WORDS_OF_KIND[draft.kind]

    def _open(self, sighting: Sighting) -> Draft:
        draft = Draft(sighting.kind, sighting.status, sighting.is_cued, sighting.number)
        before = self._latest()
        if sighting.reference.follows_last and before is not None and before.when.days:
            # "After the talks, A called B": on their last day or later.
            draft.when = When((before.when.days[1] or before.when.days[0], None), before.when.precision)
        elif before is not None and _ASIDE.search(sighting.sentence.text) and before.kind in _WITH_SIDELINES:
            _set_beside(draft, before, sighting)
        self.drafts.append(draft)
        return draft

    def _name_by_heading(self, draft: Draft) -> None:
        if self._heading is None or draft.name is not None or draft.kind not in ("summit", "conference"):
            return
        words, place = name_words(self._heading), draft.where.place
        known = name_words(place.name) | name_words(place.region or "") if place else frozenset()
        if words <= known:
            draft.name = self._heading


def _set_beside(draft: Draft, main: Draft, sighting: Sighting) -> None:
    """`On the sidelines, A met B`: in the place and the days of the meeting before, where the words give none."""
    if sighting.where.place is None and main.where.place is not None:
        draft.where = Where(main.where.place, ("place",))
    if sighting.when.days is None and main.when.days is not None:
        draft.when = When(main.when.days, main.when.precision, ("from", "to"))


def _is_meant(draft: Draft, sighting: Sighting) -> bool:
    """Is the sighting a reference to the draft: definite, of no other party, no other day?"""
    who, is_pair = sighting.who, sighting.who.is_unnamed_pair
    if not (sighting.reference.is_plain or is_pair) or (sighting.word in ("meet", "call") and not is_pair):
        return False
    if sighting.reference.is_aside and who.codes:
        return False
    if who.codes and not set(who.codes) <= set(draft.codes):
        return not draft.codes and draft.kind == sighting.kind
    if sighting.when.days and draft.when.days is None and not fits_tense(draft, sighting):
        return False
    return fits_place(draft.where.place, sighting.where.place) and fits_days(draft.when, sighting.when)
