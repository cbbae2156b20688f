"""From a scene to its sightings: anchors, who, where, when, status, name, each read by its own module."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tasks.core.meetings.ahead import look_ahead
from tasks.core.meetings.anchors import Anchor, find_anchors, read_modifiers
from tasks.core.meetings.attributes import read_year
from tasks.core.meetings.clause import Clause, find_clause
from tasks.core.meetings.contact import find_contact
from tasks.core.meetings.cues import CueBook
from tasks.core.meetings.entities import DAY, ORG, PERSON, STATE, Entity
from tasks.core.meetings.kind import read_kind
from tasks.core.meetings.names import read_edition, read_name
from tasks.core.meetings.participants import Participants
from tasks.core.meetings.parties import find_participants
from tasks.core.meetings.reference import is_place_of_others, is_scene, read_reference
from tasks.core.meetings.scene import Scene
from tasks.core.meetings.sighting import Days, Sighting, When, Where, is_past
from tasks.core.meetings.spot import find_place, find_unknown_place, find_window, read_ends
from tasks.core.meetings.status import Told, read_status
from tasks.core.meetings.who import add_destination, read_who, settle_states, suppose_state
from tasks.core.model import MeetingKind, Organisation, Place
from tasks.core.sentences import Sentence

_SUMMIT_NEXT = re.compile(r"[’']?s?\s(?:[\w-]+\s){0,2}(?:[Ss]ummit|[Mm]eeting)")
_ARRIVED = re.compile(r"arrived\b")
_AGAIN = re.compile(r"\s(?:each other\s)?again\b")
_HERE = re.compile(
    rf"(?:\s(?:with|between)\s(?:[a-z]+\s)?{PERSON}(?:\sand\s{PERSON})?)?\s(?:[a-z]+\s){{0,2}}here\b(?!\sto\b)"
    r"|\sof\sthe\s[^,;:.“”\"]{0,60}\shere\b(?!\sto\b)"
    r"|[^,;:.“”\"]{0,60}\sin\sthis\s(?:[a-z-]+\s){0,2}(?:city|town|port|resort|capital|village)\b"
)
_TO_STATE = re.compile(rf"(?:\s(?:by|of)\s(?:the\s)?{PERSON})?\sto\s(?:the\s)?{STATE}")
_PLURAL = re.compile(r"[Mm]eetings")
_ON_VISIT = re.compile(r"(?:^|(?<!was)(?<!were)[,\s])[Oo]n\s(?:an?|his|her)\s(?:[\w-]+\s){0,3}$")
_PRESENT_VISIT = re.compile(r"visits|arrives|travels|flies")
# Anchors as near as this ("met for talks") speak of one meeting.
_BESIDE = 30
_DURATION_REACH = 30


@dataclass(frozen=True, slots=True)
class _View:
    """One anchor in its sentence."""

    scene: Scene
    sentence: Sentence
    number: int
    anchor: Anchor
    others: Sequence[Anchor]
    clause: Clause
    day: date | None
    here: Place | None


class SightingReader:
    """Reads the sightings of scenes by one catalog's cues and organisations."""

    def __init__(self, cues: CueBook, organisations: Mapping[str, Organisation]) -> None:
        self._cues = cues
        self._organisations = organisations

    def read(
        self, scene: Scene, sentence: Sentence, number: int, day: date | None, here: Place | None = None
    ) -> Iterator[Sighting]:
        """The sightings of a sentence, one for each anchor; `day` is that of reference, `here` where it was filed."""
        found = [*find_anchors(scene, self._cues), *self._find_named(scene)]
        is_told = False
        for anchor in sorted(found, key=lambda each: each.start):
            others = [other for other in found if other is not anchor]
            view = _View(scene, sentence, number, anchor, others, find_clause(scene, anchor), day, here)
            if self._is_habit(view):
                is_told = True
            elif (sighting := self._build(view, find_participants(scene, anchor))) is not None:
                is_whose = len(sighting.who.codes) > 1 or sighting.who.organisation is not None
                is_told = is_told or (is_whose and sighting.kind != "visit")
                yield sighting
        if not is_told and self._cues.find("sport", scene.code) is None and (told := find_contact(scene)) is not None:
            anchor, people = told
            view = _View(scene, sentence, number, anchor, [], find_clause(scene, anchor), day, here)
            if not self._is_habit(view) and (sighting := self._build(view, people)) is not None:
                yield sighting

    def _build(self, view: _View, people: Participants) -> Sighting | None:
        scene, anchor = view.scene, view.anchor
        where, when = self._read_spot(view, people)
        settle_states(scene, people, where)
        kind = read_kind(scene, anchor, people)
        who = read_who(scene, anchor, people, kind, self._organisations)
        if who.has_stateless and len(who.codes) == 1:
            who = replace(who, kind_of_pair=read_kind(scene, anchor, suppose_state(people)))
        if kind == "visit":
            who = add_destination(who, where)
        if anchor.word == "meeting" and len(who.codes) > 2 and _PLURAL.match(scene.code, anchor.start):
            # "meetings with A, B and C" are several.
            return None
        told = read_status(self._cues, view.clause.near, view.sentence.text, when.days, view.day)
        if _ARRIVED.match(scene.code, anchor.start) and told.status == "held" and not is_past(when.days, view.day):
            told = Told("ongoing")
        name = read_name(scene, anchor)
        when = look_ahead(when, told.status, view.sentence.text, view.day)
        dated = _date_by_tense(view, kind, told) if when.days is None else when
        if kind == "visit" and told.status == "ongoing" and is_past(dated.days, view.day):
            told = Told("held")
        is_placed = kind == "summit" and who.has_leader and where.place is not None
        is_of_states = people.is_of_states and self._cues.find("industry", scene.code) is None
        is_placed = is_placed or (is_of_states and where.place is not None)
        is_full = len(who.codes) > 1 or who.organisation is not None or name is not None or is_placed
        return Sighting(
            sentence=view.sentence,
            number=view.number,
            word=anchor.word,
            kind=kind,
            who=who,
            where=where,
            when=dated if is_full else when,
            status=told.status,
            is_cued=told.is_cued,
            name=name,
            edition=read_edition(scene, anchor),
            is_of_states=is_of_states
            or self._cues.find("of_states", read_modifiers(scene.code[: anchor.start])) is not None,
            reference=read_reference(scene, anchor, view.clause, view.others),
            is_again=_AGAIN.match(scene.code, anchor.end) is not None,
        )

    def _is_habit(self, view: _View) -> bool:
        """`have met several times`, `twelve years of talks`: no one meeting."""
        anchor, scene = view.anchor, view.scene
        stretch = view.sentence.text if anchor.word == "summit" else scene.words(view.clause.low, view.clause.high)
        before = scene.words(max(0, anchor.start - _DURATION_REACH), anchor.start)
        return self._cues.find("habit", stretch) is not None or self._cues.find("duration", before) is not None

    def _find_named(self, scene: Scene) -> Iterator[Anchor]:
        """Bodies whose name is that of their leaders' meeting: "East Asia Summit", "European Council"."""
        for index in scene.positions(ORG):
            organisation = self._organisations.get(scene.at(index).organisation or "")
            is_meeting = organisation is not None and organisation.leaders_meeting == organisation.name
            if is_meeting and not _SUMMIT_NEXT.match(scene.code, index + 1):
                yield Anchor("summit", index, index + 1)

    def _read_spot(self, view: _View, people: Participants) -> tuple[Where, When]:
        """Place and window; where a verb of meeting stands beside, the day is the verb's, not the scene's."""
        scene, anchor = view.scene, view.anchor
        rivals = [other for other in view.others if not _is_beside(other, anchor)]
        elsewhere = [other for other in rivals if not is_place_of_others(scene, other)]
        hit = entity.place if (entity := find_place(scene, anchor, view.clause, elsewhere)) else None
        where = Where(hit.place, hit.inferred) if hit else Where()
        if hit is None and anchor.word == "visit":
            where = _find_state_visited(scene, anchor)
        if hit is None and view.here is not None and _HERE.match(scene.code, anchor.end):
            where = Where(view.here)
        elif hit is None and where.place is None and anchor.word != "call":
            town = find_unknown_place(scene, anchor, view.clause)
            where = Where(Place(town, None, None, "city")) if town else where
        is_only_scene = any(other.is_verb for other in view.others) and is_scene(scene, anchor)
        if is_only_scene and not is_place_of_others(scene, anchor):
            return where, When()
        owners = [other for other in rivals if not is_scene(scene, other)]
        day = find_window(scene, anchor, view.clause, owners)
        if day is None and view.day is not None and (year := read_year(scene, anchor)) and year < view.day.year:
            return where, When((date(year, 1, 1), date(year, 12, 31)), "year")
        if day is None or day.day is None:
            return where, _read_day_of_report(scene) if people.is_reported else When()
        if is_only_scene and day.day.precision == "day":
            return where, When()
        return where, When(_open_days(scene, day), day.day.precision, day.day.inferred)


def _find_state_visited(scene: Scene, anchor: Anchor) -> Where:
    """`The visit of X to Ethiopia is ...`: a state that stands bare is where a visit leads."""
    match = _TO_STATE.match(scene.code, anchor.end)
    if match is None:
        return Where()
    state = scene.at(match.end() - 1)
    return (
        Where(Place(scene.text[state.start : state.end], None, state.codes[0], "country")) if state.codes else Where()
    )


def _read_day_of_report(scene: Scene) -> When:
    """`X said on Wednesday after talks with Y`: the day of speech is that of the talks."""
    days = [day for index in scene.positions(DAY) if (day := scene.at(index).day) is not None]
    if len(days) != 1 or not days[0].is_speech or days[0].precision != "day":
        return When()
    return When((days[0].from_day, days[0].to_day), "day", ("from", "to"))


def _date_by_tense(view: _View, kind: MeetingKind, told: Told) -> When:
    """A report in the present tense gives the day of the story, marked inferred."""
    if view.day is None or not told.is_present or told.status not in ("ongoing", "held"):
        return When()
    if kind == "visit" and not _PRESENT_VISIT.match(view.scene.code, view.anchor.start):
        is_on_visit = _ON_VISIT.search(view.scene.code[: view.anchor.start]) is not None
        if not is_on_visit:
            return When()
        told_on = _read_day_of_report(view.scene)
        return told_on if told_on.days else When((view.day, view.day), "day", ("from", "to"))
    return When((view.day, view.day), "day", ("from", "to"))


def _open_days(scene: Scene, entity: Entity) -> Days | None:
    """The days of the entity; of "opens on D" only the first is known, of "until D" only the last."""
    if entity.day is None:
        return None
    end = read_ends(scene, entity)
    return (None if end == "ends" else entity.day.from_day, None if end == "opens" else entity.day.to_day)


def _is_beside(other: Anchor, anchor: Anchor) -> bool:
    return 0 <= other.start - anchor.end < _BESIDE or 0 <= anchor.start - other.end < _BESIDE
