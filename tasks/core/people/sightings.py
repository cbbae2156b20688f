"""Sightings: places of a text where a person is named, or may be, with what speaks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tasks.core.people.coded_text import INSTITUTION, LEADER, NAME, NAME_CHARS, WORD, CodedText, Piece
from tasks.core.people.credits import find_credits
from tasks.core.people.given import GIVEN
from tasks.core.people.lists import find_listed
from tasks.core.people.title import Title
from tasks.core.people.titles import has_age, read_title
from tasks.core.people.words import FAMILY_FIRST, HONORIFICS, THINGS
from tasks.core.quotes.cues import BETWEEN, INVERTED, SAID

_NAME = re.compile(NAME)
_HONORIFIC = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Sir|Dame|Lady|Lord)\.? \Z")
_SPEAKS = re.compile(
    rf"(?: {BETWEEN})? (?:{SAID})\b|, who\b|, (?:an?|the) [^,.;:\n]{{3,80}}, (?:said|says|told|added)\b"
)
_IS_SPOKEN = re.compile(rf"[,?!]['\"”]* (?:{INVERTED}) \Z")
_THING_BEFORE = re.compile(rf"\b(?:{THINGS}) \Z")
_ARTICLE = ("The ", "the ")
_INSTITUTION_NEXT, _INSTITUTION_BEFORE = f" {INSTITUTION}", f"{INSTITUTION} "
_INSTITUTION_AFTER = (_INSTITUTION_NEXT, f"-{INSTITUTION}", f" of {INSTITUTION}")
_BRACKETED = re.compile(rf"\[{WORD}(?: {WORD})?\] [{NAME_CHARS}]")
_NO_BRACKETS = str.maketrans("", "", "[]")
# Foreign articles open the names of papers and firms.
_ARTICLES = ("La ", "Le ", "Les ", "El ", "Los ", "Las ", "De ", "Der ", "Die ", "Das ", "Il ", "Het ", "Al ")


@dataclass(frozen=True, slots=True)
class Sighting:
    """A name in a text. `leader` is the catalog's name of the person, if the words are one of theirs.

    `low` and `high` are offsets of the name itself; `start` is where its title begins. `is_person` says that something
    beside the words speaks for a person, `is_speaker` that they speak; `owner` names whom the holder serves.
    """

    name: str
    low: int
    high: int
    start: int
    leader: str | None
    title: Title | None
    is_person: bool
    is_speaker: bool
    owner: str | None = None

    @property
    def words(self) -> list[str]:
        """The words of the name."""
        return self.name.split(" ")


def find_sightings(coded: CodedText, not_persons: frozenset[str]) -> Iterator[Sighting]:
    """All sightings in the order of the text, without words of institutions and places, and the story's makers."""
    code = coded.code
    listed = find_listed(coded)
    makers = find_credits(coded.plain)
    for match in _NAME.finditer(code):
        low, high = match.span()
        if code.startswith("] ", high) and _BRACKETED.match(code, low - 1):
            continue  # it belongs to the name behind it
        if code.startswith("] ", low - 2):
            low = _find_bracket(code, low)
        if makers and any(start <= coded.begin(low) < end for start, end in makers):
            continue
        title = read_title(coded, low, high) or listed.get(low)
        low = _skip_honorifics(coded, low, high)
        first, name = _read_name(coded, low, high)
        is_named = title is not None or first.kind == LEADER
        if not is_named and (_is_institution(code, low, high) or name.lower() in not_persons):
            continue
        if first.kind != LEADER and code.startswith(_INSTITUTION_NEXT, high) and name.split(" ")[0] not in GIVEN:
            continue  # a title may be a part of a name: "the Investor Education Foundation"
        is_speaker = _is_speaker(code, low, high)
        yield Sighting(
            name=name,
            low=coded.begin(low),
            high=coded.finish(high),
            start=coded.begin(low if title is None or title.begin is None else title.begin),
            leader=first.hit.name if first.hit else None,
            title=title,
            is_person=is_named or _is_person(code, low, high, name, is_speaker),
            is_speaker=is_speaker,
            owner=_owner_name(coded, title),
        )


def _skip_honorifics(coded: CodedText, low: int, high: int) -> int:
    """Where the name itself begins: behind "Datuk Seri", if more than one word is left."""
    while (number := coded.code.find(" ", low, high)) > 0 and " " in coded.code[number + 1 : high]:
        if coded.plain[coded.begin(low) : coded.finish(number)] not in HONORIFICS or coded.code[number + 1] == " ":
            break
        low = number + 1
    return low


def _find_bracket(code: str, low: int) -> int:
    """Where the name at `low` begins if the wire put a first name before it: "President [Ana] Ruiz"."""
    bracket = code.rfind("[", 0, low)
    return bracket if bracket >= 0 and _BRACKETED.match(code, bracket) else low


def _read_name(coded: CodedText, low: int, high: int) -> tuple[Piece, str]:
    """The piece that tells who is meant, and the name without the wire's brackets."""
    first, name = coded.piece(low), coded.plain[coded.begin(low) : coded.finish(high)]
    if not name.startswith("["):
        return first, name
    named = coded.hits(low, high, NAME_CHARS)
    return next((piece for piece in named if piece.kind == LEADER), first), name.translate(_NO_BRACKETS)


def _owner_name(coded: CodedText, title: Title | None) -> str | None:
    if title is None or title.owner is None or title.level == "private":
        return None
    return coded.plain[coded.begin(title.owner[0]) : coded.finish(title.owner[1])]


def _is_speaker(code: str, low: int, high: int) -> bool:
    return bool(_SPEAKS.match(code, high) or _IS_SPOKEN.search(code[max(0, low - 24) : low]))


def _is_person(code: str, low: int, high: int, name: str, is_speaker: bool) -> bool:
    """Whether two words or more are a person's, by a given name, an age, an honorific or their speaking."""
    if _HONORIFIC.search(code[max(0, low - 8) : low]):
        return True
    words = name.split(" ")
    if len(words) < 2 or name.startswith(_ARTICLES) or _THING_BEFORE.search(code[max(0, low - 16) : low]):
        return False
    if code[max(0, low - 4) : low] in _ARTICLE and words[0] not in GIVEN:
        return False  # "the Himalayan Ledger said"
    if words[0] in FAMILY_FIRST and re.fullmatch(r"[A-Z][a-z]+-[a-z]+", words[1]):
        return True
    return words[0] in GIVEN or words[0].split("-")[0] in GIVEN or is_speaker or has_age(code, high)


def _is_institution(code: str, low: int, high: int) -> bool:
    """Whether an institution's word stands directly beside: "Human Rights Watch", "Deutsche Bank"."""
    return code.startswith(_INSTITUTION_AFTER, high) or (
        code[max(0, low - 2) : low] == _INSTITUTION_BEFORE or code[max(0, low - 1) : low] in ("@", "#")
    )
