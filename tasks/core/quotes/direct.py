"""Direct speech: which quotations are somebody's sentences, and the cue that says whose.

A cue stands behind the quotation (`"...," X said`), before it (`X said: "..."`), or between its two halves. A further
quotation without a cue of its own belongs to who spoke right before it. Words quoted for their oddity are no speech.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.core.quotes.marks import Quotation
from tasks.core.quotes.speakers import Cue
from tasks.core.quotes.stage import Stage, Unit

_GAP_AFTER = re.compile(r"[\s,.–—-]*(?:(?:as|and|but|which|also|then|later)\s)?\Z")
_ENDS_INSIDE = re.compile(r"[,.?!…][)\]’']?\Z|[—–-]\Z|\.\.\.\Z")
_INTRODUCES = re.compile(r"(?:[,:—–]|:\s*\n)\s*\Z")
_JOINS = re.compile(
    r"\b(?:that|as|a|an|the|of|to|for|his|her|its|their|and|or|is|was|are|were|be|so-called|by|with|on|in|no)\s\Z"
)
_SO_CALLED = re.compile(
    r"\b(?:so-called|called|named|dubbed|known as|titled|entitled|codenamed|nicknamed|labelled|labeled)\s\Z"
)
# What a quotation opens with that goes on from the reporter's words: "The bridge, he said, “is older than the road.”"
_PREDICATE = re.compile(
    r"(?:is|are|was|were|has|have|had|will|would|can|could|should|must|may|might|does|did|remains?)\s"
)
_LEAST_WORDS = 2  # of a sentence with a cue; without one more are needed
_LEAST_ALONE = 5


@dataclass(frozen=True, slots=True)
class Utterance:
    """A quotation that is speech, with the cue that attributes it; without one it goes on from the speech before."""

    quotation: Quotation
    cue: Cue | None


def find_utterances(stage: Stage, unit: Unit, cues: list[Cue]) -> list[Utterance]:
    """The quotations of a unit that are whole sentences of somebody's speech."""
    found: list[Utterance] = []
    for quotation in unit.quotations:
        if not _is_sentence(stage.text, unit, quotation) or find_predicate(stage.text, unit, quotation, cues):
            continue
        cue = _find_cue(stage.text, unit, quotation, cues)
        if cue is None and found:
            cue = found[-1].cue
        words = len(stage.text[quotation.start : quotation.end].split())
        is_told = cue is not None or _is_whole_sentence(stage.text, unit, quotation)
        if words >= (_LEAST_WORDS if is_told else _LEAST_ALONE) or quotation.is_continued:
            found.append(Utterance(quotation, cue))
    return found


def _is_whole_sentence(text: str, unit: Unit, quotation: Quotation) -> bool:
    """Whether a quotation is all of a sentence and not the first of its paragraph: `"We wait."` after `she said.`"""
    is_whole = (quotation.outer_start, quotation.outer_end) == (unit.start, unit.end)
    return is_whole and unit.start > 1 and "\n" not in text[unit.start - 2 : unit.start]


def is_predicate(text: str, quotation: Quotation) -> bool:
    """Whether a quotation opens with the verb of a sentence that the reporter began."""
    return _PREDICATE.match(text, quotation.start, quotation.end) is not None


def find_predicate(text: str, unit: Unit, quotation: Quotation, cues: list[Cue]) -> Cue | None:
    """The cue between the reporter's words and the quotation that goes on from them, so that both are what was said."""
    if not is_predicate(text, quotation):
        return None
    for cue in cues:
        before = text[unit.start : cue.start].rstrip()
        is_between = cue.end <= quotation.outer_start and text[cue.end : quotation.outer_start].strip() == ","
        if is_between and before.endswith(",") and not any(other.start < cue.start for other in unit.quotations):
            return cue
    return None


def _is_sentence(text: str, unit: Unit, quotation: Quotation) -> bool:
    """Whether the words stand for themselves, instead of being a part of the reporter's sentence."""
    before = text[unit.start : quotation.outer_start]
    inside = text[quotation.start : quotation.end]
    ends = _ENDS_INSIDE.search(inside) is not None or text[quotation.outer_end : quotation.outer_end + 1] == ","
    if quotation.is_open or quotation.is_continued:
        return True
    opens = not before.strip(" \"“”'") or _INTRODUCES.search(before) is not None
    # "The bridge, which is old, “will not be closed,” he said."
    if before.strip() and quotation is unit.quotations[0] and is_predicate(text, quotation):
        return False
    if opens:
        return ends or (bool(before.strip()) and text[quotation.outer_end : quotation.outer_end + 1] == ".")
    if _SO_CALLED.search(before) or _JOINS.search(before):
        return False
    # "Trump said “We will win.”": no comma, but a sentence with its own capital and full stop.
    return inside[:1].isupper() and re.search(r"[.?!]\Z", inside) is not None and len(inside.split()) > _LEAST_ALONE


def _find_cue(text: str, unit: Unit, quotation: Quotation, cues: list[Cue]) -> Cue | None:
    """The cue right behind the quotation, else the last one before it, else the next behind it."""
    behind = [cue for cue in cues if cue.start >= quotation.outer_end]
    before = [cue for cue in cues if cue.end <= quotation.outer_start]
    if behind and _GAP_AFTER.fullmatch(text[quotation.outer_end : behind[0].start]):
        return behind[0]
    if before:
        return before[-1]
    return behind[0] if behind and not _is_parted(text, unit, quotation, behind[0]) else None


def _is_parted(text: str, unit: Unit, quotation: Quotation, cue: Cue) -> bool:
    """Whether a full stop or another quotation stands between the quotation and a cue behind it."""
    between = text[quotation.outer_end : cue.start]
    others = any(quotation.outer_end <= other.outer_start < cue.start for other in unit.quotations)
    return others or re.search(r"[.;]\s", between) is not None
