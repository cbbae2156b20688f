"""The proper name of a meeting ("Mombasa Summit") and its edition ("15th", "2026"), as written."""

from __future__ import annotations

import re

from tasks.core.days.grammar import MONTH
from tasks.core.meetings.anchors import Anchor
from tasks.core.meetings.entities import ORG
from tasks.core.meetings.scene import Scene

_CAPITAL = r"[A-ZÀ-ÖØ-ÞŁŚŞŻŽČĆĐİ][\w’'&.-]*"
_SMALL = r"(?:of|for|on|and|the|de|des|du|la)"
_BEFORE = re.compile(rf"(?:{_CAPITAL}\s(?:(?:of|for|on|and)\s(?:the\s)?)?){{1,6}}$")
_AFTER = re.compile(
    rf"(?:\s(?:{_SMALL}\s){{1,2}}{_CAPITAL}(?:\s(?:{_SMALL}\s){{0,2}}{_CAPITAL}){{0,4}}"
    rf"|\s{_CAPITAL}(?:\s{_CAPITAL}){{0,2}})"
)
_FIRST = re.compile(
    r"^(?:The|This|That|A|An|At|In|On|After|Before|During|Following|Since|For|From|By|As|His|Her|Their|Its|Our"
    r"|Another|No|Both|Two|Ahead|When)\s"
)
_DATES = re.compile(
    r"\b(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July"
    r"|August|September|October|November|December)\b.*$"
)
_DANGLING = re.compile(rf"(?:\s{_SMALL})+$")
_ORDINAL = re.compile(
    r"\b(?P<edition>\d{1,3}(?:st|nd|rd|th)|(?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|thirteenth|fourteenth|fifteenth"
    r"|sixteenth|seventeenth|eighteenth|nineteenth|twentieth)|(?:19|20)\d\d)\s(?:[\w’'&.-]+\s){0,5}$",
    re.I,
)
# "the September 2018 summit": the year of a date is no edition.
_OF_DATE = re.compile(rf"\b{MONTH}\s(?:\d{{1,2}},?\s)?$")
_SINCE = re.compile(
    r"^[^.;]{0,40}\b(?:since|in\s(?:\w+\s)?(?:years|months|weeks|decades)|between the two|this year|in as many)\b"
)


def read_name(scene: Scene, anchor: Anchor) -> str | None:
    """The capitalised name that ends (or begins) with the anchor's noun, inside a sentence; None if it has none."""
    text, end = scene.text, scene.source(anchor.end)
    start = scene.source(anchor.start)
    if anchor.word not in ("summit", "conference") or not text[start].isupper():
        return None
    if scene.code[anchor.start] == ORG:
        return text[start:end] if "Summit" in text[start:end] else None
    before = _BEFORE.search(text[scene.start : start])
    words = text[start:end]
    prefix = ""
    if before is not None:
        prefix = _FIRST.sub("", before.group())
        while _FIRST.match(prefix):
            prefix = _FIRST.sub("", prefix)
    after = _AFTER.match(text, end, scene.end)
    suffix = (
        _DATES.sub("", after.group()).rstrip() if after and (not prefix.strip() or after.group()[1].islower()) else ""
    )
    if not prefix.strip() and not suffix.strip():
        return None
    return " ".join(_DANGLING.sub("", prefix + words + suffix).split())


def read_edition(scene: Scene, anchor: Anchor) -> str | None:
    """The ordinal or year right before the noun; "first in six years" is none."""
    text, start = scene.text, scene.source(anchor.start)
    if anchor.word not in ("summit", "conference"):
        return None
    before = text[max(scene.start, start - 60) : start]
    match = _ORDINAL.search(before)
    if match is not None and _OF_DATE.search(before[: match.start()]):
        return None
    if match is None or _SINCE.match(text[scene.source(anchor.end) : scene.end]):
        return None
    return match["edition"]
