"""The meetings that one article tells of: summits, ministerials, talks, visits, calls and conferences.

    text -> names, places, persons -> a scene for each sentence -> anchors -> sightings -> drafts -> meetings

Every claim is an exact sentence of the text. What no words say stays empty; what a lexicon, the calendar or the tense
supplied is listed in `inferred`.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from tasks.core.ledger.key import is_identifiable
from tasks.core.meetings.anchors import has_anchor_word
from tasks.core.meetings.cast import Cast, Casting
from tasks.core.meetings.chain import Chain
from tasks.core.meetings.cues import CueBook
from tasks.core.meetings.draft import Draft
from tasks.core.meetings.sightings import SightingReader
from tasks.core.meetings.trips import join_trips
from tasks.core.model import Actor, Catalog, Confidence, Dateline, Meeting, MeetingFormat, Mention
from tasks.core.names import NameIndex
from tasks.core.places import PlaceIndex
from tasks.core.sentences import Sentence, split_sentences

# "The parties discussed ...", "Both leaders agreed ..." right after a sentence about their meeting.
_THE_SIDES = re.compile(
    r"(?:The|Both|They|The two|The three)\s(?:(?:two|three)\s)?"
    r"(?:parties|sides|leaders|presidents|ministers|delegations|negotiators|premiers)?\s?(?:also\s)?"
    r"(?:discussed|agreed|exchanged|talked|focused|considered|signed|expressed|reviewed|stressed|adopted|spoke"
    r"|witnessed)\b"
)
# "The leaders of A and B signed a memorandum there".
_THERE = re.compile(
    r"\bthere\b(?!\s(?:is|are|was|were|has|have|will|would|had)\b)|\bat (?:the|that) (?:summit|meeting)\b"
)
_HEADING_NAME = re.compile(r"\b(?:Summit|Conference|Talks|Meeting)\b")
_HEADING_WORDS = 6
_LONGEST_SENTENCE = (
    2000  # characters: a longer "sentence" is a table, a list or damage, and every anchor asks all of it
)


class MeetingReader:
    """Reads meetings by one catalog, compiled once, with its `names` and `places` where they are compiled already."""

    def __init__(self, catalog: Catalog, names: NameIndex | None = None, places: PlaceIndex | None = None) -> None:
        self._casting = Casting(catalog, names, places)
        self._sightings = SightingReader(CueBook(catalog.cues), {each.name: each for each in catalog.organisations})

    def find_meetings(
        self,
        title: str | None,
        text: str,
        dateline: Dateline | None,
        published_at: datetime | None,
        actors: tuple[Actor, ...],
    ) -> tuple[Meeting, ...]:
        """The meetings of a text in the order of their first claim.

        Days are read against the dateline's day, else the day of publication. The title proves nothing, since its words
        are no part of the text.
        """
        if not has_anchor_word(text):
            return ()
        day = dateline.date if dateline and dateline.date else published_at.date() if published_at else None
        cast = self._casting.cast(text, actors, day, dateline)
        chain = self._read_chain(text, dateline.body_start if dateline else 0, cast, day)
        built = [_build(draft, cast) for draft in chain.drafts if _is_of_states(draft)]
        return tuple(meeting for meeting in built if is_identifiable(meeting))

    def _read_chain(self, text: str, start: int, cast: Cast, day: date | None) -> Chain:
        chain = Chain()
        for number, sentence in enumerate(split_sentences(text, start)):
            if sentence.is_heading:
                _note_heading(chain, sentence)
            elif len(sentence.text) > _LONGEST_SENTENCE:
                continue
            elif has_anchor_word(sentence.text) and (chain.drafts or cast.is_international(sentence)):
                self._read_sentence(chain, cast, sentence, number, day)
        return chain

    def _read_sentence(self, chain: Chain, cast: Cast, sentence: Sentence, number: int, day: date | None) -> None:
        scene = cast.scene(sentence)
        seen = join_trips(list(self._sightings.read(scene, sentence, number, day, cast.here)))
        for sighting in seen:
            chain.add(sighting, is_alone=len(seen) == 1)
        if not seen and _THE_SIDES.match(sentence.text):
            chain.attach(sentence, number)
        elif not seen and _THERE.search(sentence.text):
            leaders = [each for each in scene.entities if each.is_person and each.level == "leader"]
            chain.complete(sentence, number, dict.fromkeys(code for each in leaders for code in each.codes))


def _note_heading(chain: Chain, sentence: Sentence) -> None:
    if _HEADING_NAME.search(sentence.text) and len(sentence.text.split()) <= _HEADING_WORDS:
        chain.note_heading(sentence.text)


def _is_of_states(draft: Draft) -> bool:
    """A summit of whom? Without parties, body or leaders only its own words can say that states meet."""
    is_told = len(draft.codes) > 1 or draft.organisation is not None or draft.has_leader or draft.is_of_states
    return draft.kind != "summit" or is_told


def _build(draft: Draft, cast: Cast) -> Meeting:
    from_day, to_day = draft.when.days or (None, None)
    return Meeting(
        kind=draft.kind,
        format=_format_of(draft),
        name=draft.name,
        organisation=draft.organisation.name if draft.organisation else None,
        edition=draft.edition,
        parties=tuple(sorted(draft.codes)),
        host=draft.host,
        actors=tuple(draft.actors),
        place=draft.where.place,
        from_day=from_day,
        to_day=to_day,
        date_precision=draft.when.precision,
        status=draft.status,
        confidence=_confidence_of(draft, cast),
        inferred=_inferred_of(draft),
        claims=tuple(Mention(each.text, each.start, each.end) for _, each in sorted(draft.claims.items())),
    )


def _format_of(draft: Draft) -> MeetingFormat:
    count = len(draft.codes)
    if draft.organisation is not None and "EUU" not in draft.codes:
        return "multilateral" if count else "organisation"
    if count == 3:
        return "trilateral"
    return "bilateral" if count == 2 else "multilateral"


def _confidence_of(draft: Draft, cast: Cast) -> Confidence:
    """High: who, and where or when, are told. A summit of states without a leader or a known body is low."""
    is_set = draft.where.place is not None or draft.when.days is not None
    is_whose = len(draft.codes) > 1 or draft.organisation is not None
    if draft.kind != "summit":
        return "high" if is_whose and is_set else "medium" if is_set else "low"
    if not (draft.organisation is not None or draft.has_leader or cast.has_leader_of(draft.codes)):
        return "low"
    if draft.has_word and is_whose:
        return "high" if is_set else "medium"
    return "medium" if is_set else "low"


def _inferred_of(draft: Draft) -> tuple[str, ...]:
    """The fields that no words of the text say."""
    parties = ("parties",) if any(draft.codes.values()) else ()
    return tuple(dict.fromkeys((*parties, *draft.where.inferred, *draft.when.inferred)))
