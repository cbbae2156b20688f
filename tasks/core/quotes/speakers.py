"""Cues: a verb of speech with its subject, outside quotation marks, and whom the subject names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tasks.core.quotes.cues import INVERTED, JUDGED, SPEECH
from tasks.core.quotes.stage import Stage, Unit
from tasks.core.quotes.subjects import Subject, begins_clause, find_subject_after, find_subject_before, skip_adverbs

_VERB = re.compile(rf"(?<![\w-])(?:{SPEECH})\b(?!-)")
_INVERTED = re.compile(rf"(?:{INVERTED})\Z")
_FINITE = re.compile(r"\b(?:has|have|had|is|are|was|were|will|would|could|should|can|may|might|must|do|does|did)\b")
# What may follow a subject that stands behind its verb.
_RESTS = re.compile(
    r"[,.;:)—–]|\Z|\s?\n| \(|\s(?:on|in|at|during|after|before|of|from|who|by|late|early|earlier|later|yesterday"
    r"|today|when"
    r"|\w+day|last|this|through|for|with|to (?:reporters|journalists|the press))\b"
)
# "The channel, citing eyewitnesses, reported an explosion": the source of a report, and no speech before the comma.
_SOURCED = re.compile(r", (?:citing|quoting|referring to) [^,.;:\"“]+, \Z")
_AS_SAYING = re.compile(r" as (saying|telling|stating|adding|writing)\b")
_WHO = re.compile(r",? who(?: (?:also|later|earlier|has|had|recently))? \Z")
_AND = re.compile(r"(?:\A|\s|,)(?:and|but|then|and then|and also)\Z")


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb of speech with its subject. `judges`: it takes no clause, so that only quoted words count."""

    subject: Subject
    verb_start: int
    verb_end: int
    verb: str
    is_inverted: bool
    judges: bool

    @property
    def start(self) -> int:
        """Where the cue begins: its subject or its verb."""
        return min(self.subject.start, self.verb_start)

    @property
    def end(self) -> int:
        """Where the cue ends."""
        return max(self.subject.end, self.verb_end)


def find_cues(stage: Stage, number: int) -> list[Cue]:
    """The cues of a unit in order, each with its subject resolved as far as the story allows."""
    return list(_walk(stage, number, stage.units[number]))


def _walk(stage: Stage, number: int, unit: Unit) -> Iterator[Cue]:
    done = floor = unit.start
    last: Subject | None = None
    for match in _VERB.finditer(stage.text, unit.start, unit.end):
        if match.start() < done or unit.is_quoted(match.start()):
            continue
        if quoted := _find_quoted(stage, match, unit):
            yield quoted
            done = floor = quoted.verb_end
            continue
        low = max((q.outer_end for q in unit.quotations if q.outer_end <= match.start()), default=unit.start)
        high = min((q.outer_start for q in unit.quotations if q.outer_start >= match.end()), default=unit.end)
        subject = _find_inverted(stage, low, match, high) if _may_invert(stage.text, low, match) else None
        subject = subject or find_subject_before(stage, max(low, floor), match.start())
        subject = subject or _find_shared(stage, unit, low, match.start(), last)
        if subject is None:
            continue
        last = subject = _resolve(stage, number, subject)
        done = max(match.end(), subject.end)
        # "An official, who spoke in Oslo, said": a clause about the subject leaves it the subject of the next verb.
        floor = floor if _WHO.search(stage.text, low, match.start()) else done
        is_inverted = subject.start >= match.end()
        verb = "saying" if match[0].endswith(" as saying") else match[0]
        yield Cue(subject, match.start(), match.end(), verb, is_inverted, match[0] in JUDGED)


def _find_quoted(stage: Stage, match: re.Match[str], unit: Unit) -> Cue | None:
    """In "the agency quoted Lavrov as saying" it is Lavrov who speaks."""
    if not match[0].startswith(("quot", "cit")):
        return None
    named = stage.starting_at(match.end() + 1)
    end = _AS_SAYING.match(stage.text, named.end, unit.end) if named else None
    if named is None or end is None:
        return None
    return Cue(Subject(named.start, named.end, named.actor), match.start(), end.end(), end[1], False, False)


def _find_shared(stage: Stage, unit: Unit, low: int, verb: int, last: Subject | None) -> Subject | None:
    """The subject of an earlier verb: "X thanked the troops and said"."""
    end = skip_adverbs(stage.text, low, verb)
    if end is None or not _AND.search(stage.text[low:end]):
        return None
    if last is not None:
        return last
    named = stage.first_subject(named for named in unit.names if named.end < end)
    return Subject(named.start, named.end, named.actor) if named else None


def _resolve(stage: Stage, number: int, subject: Subject) -> Subject:
    if subject.pronoun is None or subject.pronoun.lower() not in ("he", "she"):
        return subject
    actor = stage.resolve_pronoun(number, subject.start, subject.pronoun)
    return Subject(subject.start, subject.end, actor, subject.pronoun)


def _may_invert(text: str, low: int, match: re.Match[str]) -> bool:
    """Whether the verb stands right behind a comma or a closing mark: `," said the minister`."""
    if _INVERTED.match(match[0]) is None or _SOURCED.search(text, low, match.start()):
        return False
    return _is_behind_quote(text, low, match.start()) or text[low : match.start()].endswith((", ", "— ", "– ", "- "))


def _is_behind_quote(text: str, low: int, verb: int) -> bool:
    return text[low:verb].strip(" ") in ("", ",", ".") and low > 0 and text[low - 1] in "\"”»'’"


def _find_inverted(stage: Stage, low: int, match: re.Match[str], high: int) -> Subject | None:
    """The subject behind its verb; behind a mere comma only where the sentence does not go on with a clause.

    "..., said Omolo." but not "Ehrsam, a spokeswoman, said the department disagrees".
    """
    subject = find_subject_after(stage, match.end(), high)
    if subject is None or _is_behind_quote(stage.text, low, match.start()):
        return subject
    closing = stage.ending_at(match.start() - 2, low)
    is_apposed = closing is not None and begins_clause(stage.text[low : closing.start])
    is_clause = _FINITE.search(stage.text[subject.start : subject.end]) or not _RESTS.match(stage.text, subject.end)
    return None if is_apposed or is_clause else subject
