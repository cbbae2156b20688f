"""Parties that are only counted or meant: "the two sides", "both countries", "they last met", "the bloc's ministers".

Who they are was told before: the one pair, or the one three, of whose meetings the story has told so far. Where it has
told of several pairs, nobody is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tasks.core.meetings.anchors import Anchor
from tasks.core.meetings.entities import ROLE, ROLE_LEADER, ROLE_MINISTER, Level
from tasks.core.meetings.scene import Scene

_COUNTED = re.compile(
    rf"(?<!\w)(?:(?P<of>{ROLE}|leaders|presidents|ministers)\s(?:of|from)\s(?:the\s)?)?(?P<number>[Tt]wo|[Bb]oth"
    rf"|[Tt]hree)\s(?:of\sthe(?:m|ir)\s)?(?:\w+\s)?(?P<who>{ROLE}|leaders|presidents|premiers|sides"
    r"|countries|nations|states|neighbou?rs|governments|capitals|parties|delegations|teams|negotiators|ministers)"
    rf"(?:['’]s?\s(?:\w+\s){{0,2}}(?P<own>{ROLE}))?"
)
# Right before the verb: "They last met in May", "The three will meet".
_PRONOUN = re.compile(
    r"(?:^|[.;,]\s|\b(?:that|and|when|where|since)\s)[“\"]?"
    rf"(?:They|they|[Tt]he (?:(?P<number>two|three|pair|duo|trio)(?:\s(?:men|women|leaders|presidents))?"
    rf"|(?P<who>{ROLE}|leaders|ministers|presidents|delegations|sides|teams))|(?:Their"
    rf"|their)\s(?:[a-z]+\s)?(?P<own>{ROLE}|ministers|leaders)|Both)\s(?:[a-z]+\s){{0,3}}$"
)
_OF_THE = re.compile(r"\sof\sthe\s(?P<number>two|three)\b")
# A link of a chain of meetings of the same parties.
_ROUND = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|next|last|previous|final|latest|new|another"
    r"|further)\sround\b",
    re.IGNORECASE,
)
_BODY = r"[Tt]he\s(?:[\w-]+\s)?(?:bloc|organi[sz]ation|grouping|alliance|union|community)"
_OF_BODY = re.compile(
    rf"\b{_BODY}['’]s\s(?:[\w-]+\s){{0,3}}(?:{ROLE}|leaders|ministers|members|summit|meeting|council)"
    rf"|(?:{ROLE}|leaders|ministers|members|council)\s(?:of|from)\s{_BODY}\b"
    rf"|\b[Ii]ts\s(?:[a-z]+\s)?(?:{ROLE_LEADER}|{ROLE_MINISTER})",
    re.IGNORECASE,
)
# "prime ministers of the Nordic and Baltic countries"
_REGION = re.compile(
    rf"(?P<who>{ROLE_LEADER}|{ROLE_MINISTER}|leaders|presidents|ministers)\s(?:of|from)\s(?:the\s)?(?!both\b|two\b"
    rf"|three\b)"
    r"(?:[\w-]+\s){1,6}(?:countries|states|nations)\b"
)
_BEFORE, _AFTER = 80, 60
_LEVELS: dict[str, Level] = {
    **dict.fromkeys((ROLE_LEADER, "leaders", "presidents", "premiers"), "leader"),
    **dict.fromkeys((ROLE_MINISTER, "ministers"), "minister"),
}


@dataclass(frozen=True, slots=True)
class Unnamed:
    """How many parties are told of without their names, 0 for none, ANY for as many as before. `level` is that of those
    who meet for them.

    `is_pronoun`: "they met again", who are of the level that they were before; `is_region`: "ministers of the Alpine
    countries", who need no names.
    """

    number: int = 0
    level: Level | None = None
    is_pronoun: bool = False
    is_region: bool = False


ANY = -1
NOBODY = Unnamed()


def find_unnamed(scene: Scene, anchor: Anchor) -> Unnamed:
    """The parties that the words around an anchor count."""
    before = scene.code[max(0, anchor.start - _BEFORE) : anchor.start]
    near = before + scene.code[anchor.start : anchor.end + _AFTER]
    pronoun = _PRONOUN.search(before) if anchor.is_verb else None
    match = pronoun or _COUNTED.search(near) or _OF_THE.match(scene.code, anchor.end)
    if match is not None:
        number = {"three": 3, "trio": 3, "": ANY if match is pronoun else 2}.get((match["number"] or "").lower(), 2)
        return Unnamed(number, _read_level(match), is_pronoun=match is pronoun)
    if (region := _REGION.search(near)) is not None:
        return Unnamed(0, _LEVELS.get(region["who"]), is_region=True)
    return Unnamed(ANY) if anchor.word == "talks" and _ROUND.search(near) else NOBODY


def _read_level(match: re.Match[str]) -> Level | None:
    """Of "envoys of the two presidents" the envoys meet."""
    words = match.groupdict()
    return _LEVELS.get(words.get("of") or words.get("own") or words.get("who") or "")


def is_of_the_body(scene: Scene, anchor: Anchor) -> bool:
    """Do the words around an anchor say whose meeting it is by "the bloc's ministers", without the body's name?"""
    return _OF_BODY.search(scene.code[max(0, anchor.start - _BEFORE) : anchor.end + _AFTER]) is not None


def find_meant(number: int, told: Iterable[Iterable[str]]) -> frozenset[str] | None:
    """The only parties of this number among those told of, by their codes; None where there is no or more than one."""
    groups = {group for group in map(frozenset, told) if len(group) == number or (number == ANY and len(group) > 1)}
    return groups.pop() if len(groups) == 1 else None
