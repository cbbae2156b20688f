"""Sightings of one article put together: several sentences about one meeting become one draft.

A full sighting (parties, an organisation, a name, or a place with a day) joins the draft that it does not contradict
and shares something with, or opens a new one. A bare one ("the talks", "the summit") joins the last draft of its sort
and never opens one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from tasks.core.ledger.key import name_words
from tasks.core.meetings.draft import AHEAD, Draft, fill, fill_by_reference
from tasks.core.meetings.fit import fits_days, fits_place, fits_tense, is_same
from tasks.core.meetings.sighting import Sighting, When, Where
from tasks.core.meetings.unnamed import ANY, find_meant
from tasks.core.model import MeetingKind
from tasks.core.sentences import Sentence

# Meetings beside which others meet, and the words for that; "on the sidelines of a forum" names its own.
_WITH_SIDELINES: frozenset[MeetingKind] = frozenset(("summit", "ministerial", "conference"))
_ASIDE = re.compile(
    r"\bon the (?:sidelines|margins|fringes)\b"
    r"(?! of (?!it\b|that\b|th[eo]se\b|the (?:summit|meeting|conference)\b(?! of| in)))"
    r"|\b(?:meet|met) separately\b|\bbeforehand\b"
    r"|\bon (?:that|this|the same) occasion\b"
    r"|\b(?:before|after|ahead of|during) the (?:opening|session|plenary|gathering)\b(?! of| in)",
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

    def complete(self, sentence: Sentence, number: int, codes: Iterable[str]) -> None:
        """`The leaders of A and B signed it there`: the parties of a summit that was told just before without any."""
        draft, told = self._latest(), list(codes)
        if draft is None or draft.kind != "summit" or draft.codes or draft.organisation or number - draft.last > 1:
            return
        if len(told) > 1:
            draft.codes = dict.fromkeys(told, False)
            draft.has_leader = True
            draft.add_claim(sentence, number)

    def _name_parties(self, sighting: Sighting) -> Sighting:
        """`The two sides will meet in Oslo`: the parties of whose meeting the story told; "the talks" need none."""
        who, is_set = sighting.who, sighting.when.days is not None or sighting.where.place is not None
        if sighting.kind == "visit":
            return self._name_visited(sighting)
        if who.organisation or sighting.reference.is_aside or (sighting.reference.is_plain and not is_set):
            return sighting
        if not who.codes and is_set and (body := self._find_body(sighting)) is not None:
            return replace(
                sighting,
                kind=body.kind if _is_again(sighting) and sighting.word != "summit" else sighting.kind,
                who=replace(who, organisation=body.organisation),
            )
        if who.has_stateless and len(who.codes) == 1 and (pair := self._find_hosts(sighting)) is not None:
            return replace(
                sighting,
                kind=who.kind_of_pair or sighting.kind,
                who=replace(who, codes=dict.fromkeys(sorted(pair), True)),
            )
        number = _count_parties(sighting)
        is_told = is_set or who.is_unnamed_pair or who.unnamed.level or who.unnamed.is_pronoun
        if not number or not is_told:
            return sighting
        meant = self._find_pair(number, sighting)
        if meant is None or (who.codes and not (set(who.codes) < meant or sighting.word == "host")):
            return sighting
        told = [draft for draft in self.drafts if draft.kind != "visit"]
        are_leaders = who.unnamed.is_pronoun and any(d.kind == "summit" and meant == set(d.codes) for d in told)
        is_summit = are_leaders or (who.unnamed.level == "leader" and len(who.codes) == 1 and sighting.word != "host")
        kind: MeetingKind = "summit" if is_summit and sighting.kind == "talks" else sighting.kind
        if kind == "talks" and _is_again(sighting) and who.unnamed.level is None:
            kind = max((d for d in told if meant == set(d.codes)), key=lambda each: each.last, default=sighting).kind
        kind = "talks" if kind in ("call", "conference") and sighting.kind == "talks" else kind
        codes = dict.fromkeys(sorted(meant | set(who.codes)), False)
        return replace(sighting, kind=kind, who=replace(who, codes=codes))

    def _find_hosts(self, sighting: Sighting) -> frozenset[str] | None:
        """`X will visit Baku on Monday. He will meet President Y`: of the country of which the story just told."""
        near = [draft for draft in self.drafts if sighting.number - draft.last <= 1]
        return find_meant(2, (draft.codes for draft in near if set(sighting.who.codes) <= set(draft.codes)))

    def _find_pair(self, number: int, sighting: Sighting) -> frozenset[str] | None:
        """The parties of this number: of the meeting just told of, else the only ones of all, else of visits."""
        told = [draft for draft in self.drafts if draft.kind != "visit"]
        last = [draft for draft in told if sighting.number - draft.last <= 1][-1:]
        groups = (last, told, self.drafts)
        return next((each for group in groups if (each := find_meant(number, (d.codes for d in group)))), None)

    def _find_body(self, sighting: Sighting) -> Draft | None:
        """`The bloc's ministers`, `They will meet again`, `the Oslo summit`: of the only body told of."""
        with_body = [draft for draft in self.drafts if draft.organisation and not draft.codes]
        bodies = {draft.organisation.name: draft for draft in with_body if draft.organisation}
        if len(bodies) != 1:
            return None
        draft = next(iter(bodies.values()))
        if sighting.who.is_of_body or (
            sighting.word == "summit" and sighting.reference.is_definite and sighting.where.place
        ):
            return draft
        is_near = self._latest() is draft and sighting.number - draft.last <= 1
        return draft if is_near and _is_again(sighting) else None

    def _name_visited(self, sighting: Sighting) -> Sighting:
        """`Mwila arrived for a state visit`, `a minister will fly to Brazil`: of the two that the story tells of."""
        who, place = sighting.who, sighting.where.place
        known = set(who.visitors) | ({place.country} if place and place.country else set())
        if len(who.codes) > 1 or len(known) != 1 or not (who.visitors or who.has_stateless):
            return sighting
        if sighting.reference.is_aside or sighting.reference.is_definite:
            return sighting
        if not (who.is_official_visit if who.visitors else place is not None and place.precision == "country"):
            # "visited a market" is of no other state.
            return sighting
        pair = find_meant(2, (d.codes for d in self.drafts if known <= set(d.codes)))
        return (
            sighting if pair is None else replace(sighting, who=replace(who, codes=dict.fromkeys(sorted(pair), True)))
        )

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
        elif _ASIDE.search(sighting.sentence.text) and (main := self._find_main(sighting)) is not None:
            _set_beside(draft, main, sighting)
        elif before is not None and _is_on_visit(before, sighting):
            _set_beside(draft, before, sighting)
        elif before is not None and _is_during(before, sighting):
            draft.where = Where(before.where.place, ("place",))
        self.drafts.append(draft)
        return draft

    def _find_main(self, sighting: Sighting) -> Draft | None:
        """The meeting beside which this one is: the latest, of leaders for leaders, not to come for one held."""
        is_ahead = sighting.status in AHEAD
        fitting = [d for d in self.drafts if d.kind in _WITH_SIDELINES and (is_ahead or d.status not in AHEAD)]
        of_kind = [draft for draft in fitting if draft.kind == sighting.kind]
        return max(of_kind or fitting, key=lambda each: each.last, default=None)

    def _name_by_heading(self, draft: Draft) -> None:
        if self._heading is None or draft.name is not None or draft.kind not in ("summit", "conference"):
            return
        words, place = name_words(self._heading), draft.where.place
        known = name_words(place.name) | name_words(place.region or "") if place else frozenset()
        if words <= known:
            draft.name = self._heading


def _is_again(sighting: Sighting) -> bool:
    """`They will meet again`, `their last session`: those of the meeting before."""
    return sighting.who.unnamed.is_pronoun or sighting.who.is_theirs


def _count_parties(sighting: Sighting) -> int:
    """How many parties are told of without names; 0 for none, or where names stand as well, but for their leaders."""
    who = sighting.who
    number = who.unnamed.number or (2 if who.is_unnamed_pair and sighting.word in ("call", "meet") else 0)
    if not number and who.is_theirs and sighting.word in ("meeting", "talks", "summit"):
        number = ANY
    is_of_one = len(who.codes) == 1 and number > 1 and (who.unnamed.level is not None or sighting.word == "host")
    return number if not who.codes or is_of_one else 0


def _is_on_visit(visit: Draft, sighting: Sighting) -> bool:
    """`X will visit Berlin on Friday. He is to hold talks with Y`: both still to come, of the same parties."""
    is_next = visit.kind == "visit" and sighting.number - visit.last <= 1 and sighting.kind != "visit"
    is_ahead = visit.status in ("planned", "ongoing") and sighting.status == "planned"
    return is_next and is_ahead and set(visit.codes) == set(sighting.who.codes)


def _is_during(visit: Draft, sighting: Sighting) -> bool:
    """`X, who is on a visit to Hanoi, held a meeting with Y`: where he is."""
    is_there = visit.kind == "visit" and visit.status == "ongoing" and visit.last == sighting.number
    is_unplaced = sighting.where.place is None and sighting.kind not in ("visit", "call")
    return is_there and is_unplaced and set(visit.codes) == set(sighting.who.codes)


def _set_beside(draft: Draft, main: Draft, sighting: Sighting) -> None:
    """`On the sidelines, A met B`: in the place and the days of the meeting before, where the words give none."""
    is_city = main.where.place is not None and (main.kind != "visit" or main.where.place.precision == "city")
    if sighting.where.place is None and is_city:
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
