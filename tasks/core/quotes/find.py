"""Who said what: direct, indirect and mixed speech with its speaker, in the exact words of the text.

    text -> units (sentences with whole quotations) -> cues (subject + verb of speech)
         -> direct: quotations that are speech; the rest of a cue's sentence: indirect, or mixed where it quotes words

A speaker is resolved to a person of the story or stays None; a person named inside a quotation is never its speaker.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tasks.core.flow import flow_lines
from tasks.core.model import Actor, Quote
from tasks.core.names import NameHit, NameIndex
from tasks.core.quotes.direct import Utterance, find_predicate, find_utterances, is_predicate
from tasks.core.quotes.marks import Quotation
from tasks.core.quotes.reported import JUDGING, denies, find_continued, find_reported, urges
from tasks.core.quotes.sources import find_accorded, is_outlet, may_be_accorded, names_outlet
from tasks.core.quotes.speakers import Cue, find_cues
from tasks.core.quotes.stage import Stage, Unit

Kind = Literal["direct", "indirect", "mixed"]
# Before the subject of the next cue: "..., his office said", "..., but diplomats said".
_LEAVES = re.compile(r",[ \"”]*(?:(?:but|and|while|although|though) )?\Z")
_WHO = re.compile(r",? who(?: \w+)? \Z")
_WORD = re.compile(r"\w\w")
_LONGEST_UNIT = 6000  # characters: a longer "sentence" is a table, a list or damage
_WHOLE = 0.8  # of a clause: where one quotation covers more, all of it is the speaker's own words


@dataclass(frozen=True, slots=True)
class _Said:
    """A stretch of speech before it is told: its range and who said it by which words."""

    kind: Kind
    start: int
    end: int
    actor: int | None
    speaker: tuple[int, int] | None
    verb: str | None


def find_quotes(text: str, start: int, actors: tuple[Actor, ...], names: NameIndex) -> tuple[Quote, ...]:
    """The attributed speech of the text from `start` on, in text order; no two overlap."""
    stage = Stage(flow_lines(text), start, actors)
    said: list[_Said] = []
    for number, unit in enumerate(stage.units):
        if not unit.is_heading and unit.end - unit.start <= _LONGEST_UNIT:
            said += _read_unit(stage, number, unit, names)
    hits = names.find(stage.text) if said else ()
    return tuple(_tell(stage, text, each, hits) for each in said)


def _read_unit(stage: Stage, number: int, unit: Unit, names: NameIndex) -> list[_Said]:
    cues = find_cues(stage, number)
    if not cues and not unit.quotations and not may_be_accorded(stage.text, unit):
        return []  # as most sentences are; a unit is made as one in which nobody speaks
    utterances = find_utterances(stage, unit, cues)
    direct = list(_read_direct(stage, number, unit, utterances))
    reported: list[_Said] = []
    for cue, limit in zip(cues, _list_limits(stage.text, unit, cues), strict=True):
        # What an outlet reports is its own story, cited, and nobody's words; a quotation's cue has told its words.
        is_spent = any(one.cue is cue for one in utterances) or _names_outlet(stage, cue, names)
        reported += _read_reported(stage, unit, cue, limit, is_spent)
    reported += _read_predicates(stage, unit, cues)
    reported += _read_accorded(stage, number, unit, names)
    _note_speaker(stage.text, unit, cues, direct, reported)
    return _drop_overlaps(direct + reported)


def _names_outlet(stage: Stage, cue: Cue, names: NameIndex) -> bool:
    name = stage.name(cue.subject.actor)
    words = stage.text[cue.subject.start : cue.subject.end]
    return names_outlet(words, names) if name is None else is_outlet(name, words, names)


def _note_speaker(text: str, unit: Unit, cues: list[Cue], direct: list[_Said], reported: list[_Said]) -> None:
    unit.has_cue = bool(cues or direct or reported)
    if direct:
        unit.speaker = direct[-1].actor
    else:
        spoke = [each.actor for each in reported] + [cue.subject.actor for cue in cues]
        unit.speaker = next((actor for actor in spoke if actor is not None), None)
    told = next((each for each in direct[-1:] or reported if each.actor == unit.speaker and each.speaker), None)
    unit.words = (told.speaker, told.verb) if told else None
    unit.is_anonymous = unit.speaker is None and any(cue.subject.is_anonymous(text) for cue in cues)


def _read_direct(stage: Stage, number: int, unit: Unit, utterances: list[Utterance]) -> Iterator[_Said]:
    for utterance in utterances:
        quotation, cue = utterance.quotation, utterance.cue
        if cue is not None:
            subject = cue.subject
            yield _Said("direct", quotation.start, quotation.end, subject.actor, (subject.start, subject.end), cue.verb)
        else:
            before = _find_begun(stage, number, unit, quotation)
            speaker, verb = before.words if before and before.words else (None, None)
            yield _Said("direct", quotation.start, quotation.end, before.speaker if before else None, speaker, verb)


def _find_begun(stage: Stage, number: int, unit: Unit, quotation: Quotation) -> Unit | None:
    """The unit that a quotation goes on from: the one before, if it reports speech; over paragraphs only if it quotes.

    Words of the reporter before the quotation may tell of somebody else ("JANE DOE, ANALYST:"), so that nobody is told.
    """
    if number == 0 or _WORD.search(stage.text, unit.start, min(quotation.outer_start, unit.quotations[0].outer_start)):
        return None
    before = stage.units[number - 1]
    is_next = before.paragraph == unit.paragraph or bool(before.quotations) or stage.text[before.end - 1] == ":"
    return before if before.has_cue and (is_next or quotation.is_continued) else None


def _list_limits(text: str, unit: Unit, cues: list[Cue]) -> list[int]:
    """Where the words of each cue end at the latest: where the next one closes it ("..., his office said")."""
    limits: list[int] = []
    followers: list[Cue | None] = [*cues[1:], None]
    for cue, after in zip(cues, followers[-len(cues) :] if cues else (), strict=True):
        leaves = _LEAVES.search(text[cue.end : after.start]) if after is not None and after.start > cue.end else None
        limit = cue.end + leaves.start() + 1 if leaves else unit.end
        # "Krogh regretted the delay and said": a judgement ends where its subject goes on to speak.
        is_shared = after is not None and (cue.judges or denies(cue)) and after.subject == cue.subject
        if _WHO.match(text[cue.subject.end : cue.verb_start]):
            limit = min(limit, _find_comma(text, unit, cue.end))
        limits.append(min(limit, after.verb_start) if after is not None and is_shared else limit)
    return limits


def _find_comma(text: str, unit: Unit, start: int) -> int:
    """Where a clause about a subject ends: "Krogh, who said she was ill, told"."""
    at = text.find(",", start, unit.end)
    return unit.end if at < 0 or unit.is_quoted(at) else at


def _read_reported(stage: Stage, unit: Unit, cue: Cue, limit: int, is_spent: bool) -> Iterator[_Said]:
    """What a cue reports besides a quotation; one that attributes a quotation reports only what goes on from it."""
    span = None if is_spent else find_reported(stage.text, unit, cue, limit)
    spans = [(cue.verb, span)] if span else []
    for verb, (start, end) in spans + find_continued(stage.text, unit, cue):
        judges = cue.judges or verb in JUDGING or urges(stage.text, cue, start)
        kind, start, end = _classify(stage.text, unit, start, end, judges)
        yield _Said(kind, start, end, cue.subject.actor, (cue.subject.start, cue.subject.end), verb)


def _read_predicates(stage: Stage, unit: Unit, cues: list[Cue]) -> Iterator[_Said]:
    """Sentences that the reporter begins and a quotation ends: "The bridge, Krogh said, “is older than the road.”"."""
    for quotation in unit.quotations:
        if (cue := find_predicate(stage.text, unit, quotation, cues)) is not None:
            speaker = (cue.subject.start, cue.subject.end)
            yield _Said("mixed", unit.start, quotation.outer_end, cue.subject.actor, speaker, cue.verb)


def _read_accorded(stage: Stage, number: int, unit: Unit, names: NameIndex) -> Iterator[_Said]:
    for start, end, subject, actor in find_accorded(stage, number, names):
        kind, start, end = _classify(stage.text, unit, start, end)
        yield _Said(kind, start, end, actor, subject, "according to")


def _classify(text: str, unit: Unit, start: int, end: int, judges: bool = False) -> tuple[Kind, int, int]:
    """Mixed where some words are quoted, direct where a whole clause is, else indirect."""
    inside = [quotation for quotation in unit.quotations if start <= quotation.start and quotation.end <= end + 1]
    if not inside:
        return "indirect", start, end
    first = inside[0]
    is_part = judges or (first.outer_start > start and is_predicate(text, first))
    if len(inside) == 1 and not is_part and (first.end - first.start) >= _WHOLE * (end - start):
        return "direct", first.start, first.end
    last = inside[-1]
    # A clause that ends with its quotation takes the closing mark along.
    return "mixed", start, last.outer_end if last.end in (end, end + 1) else end


def _drop_overlaps(said: list[_Said]) -> list[_Said]:
    """In text order, the longer of two that overlap; direct speech before what reports the same words."""
    kept: list[_Said] = []
    for each in sorted(said, key=lambda one: (one.kind != "direct", one.start - one.end)):
        if all(each.end <= other.start or other.end <= each.start for other in kept) and not _repeats(each, said):
            kept.append(each)
    return sorted(kept, key=lambda one: one.start)


def _repeats(each: _Said, said: list[_Said]) -> bool:
    """Whether a sentence tells twice who speaks: "Short said he expects a bill, he told a broadcaster"."""
    if each.actor is None or each.speaker is None or each.speaker[0] < each.end:
        return False
    return any(
        other.actor == each.actor
        and other.kind != "direct"
        and other.speaker is not None
        and each.start <= other.speaker[0] < each.end
        for other in said
    )


def _start_of(hit: NameHit) -> int:
    return hit.start


def _tell(stage: Stage, text: str, said: _Said, hits: tuple[NameHit, ...]) -> Quote:
    """The quote in the words of the text as it is stored, which may be hard-wrapped."""
    inside = stage.between(said.start, said.end)
    persons = [stage.actors[named.actor].name for named in inside if named.actor != said.actor]
    low = bisect_left(hits, said.start, key=_start_of)
    countries = [
        hit.code
        for hit in hits[low : bisect_left(hits, said.end, low, key=_start_of)]
        if hit.code
        and hit.kind == "country"
        and hit.end <= said.end
        # The country of a title is not spoken of: "US President Donald Trump".
        and not any(named.start <= hit.start and hit.end <= named.end for named in inside)
    ]
    speaker_text = text[slice(*said.speaker)] if said.speaker else None
    return Quote(
        kind=said.kind,
        text=text[said.start : said.end],
        start=said.start,
        end=said.end,
        speaker=stage.name(said.actor),
        speaker_text=speaker_text,
        verb=said.verb,
        about=tuple(dict.fromkeys([*persons, *countries])),
    )
