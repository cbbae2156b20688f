"""Speech by "according to": what persons of a story are said to have said.

"According to the Axios news website" and "according to officials" are citations and no quotations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tasks.core.model import Catalog
from tasks.core.names import NameIndex
from tasks.core.quotes.media import find_media
from tasks.core.quotes.stage import Stage, Unit
from tasks.core.whole_names import WholeNames

_ACCORDING = re.compile(r"\b[Aa]ccording to ")
_ENDS = re.compile(r"[,.;:]\s|[,.;:\"”)]*\Z|\s(?:who|which|on \w+day|in an?|after|before|as|and|citing|at an?)\b")
_PAPERS = """\
    accounts? agency agreement analysis bill blog broadcaster census channel complaint constitution copy count daily
    data documents? draft emails? estimates? figures filings? footage forecast images? index indictment journal laws?
    lawsuit letters? magazine media memos? network news newspaper outlet papers photos? plan polls? portal posts? press
    radio records reporting reports? results rules schedule site statements? study summary survey tabloid tally
    television text transcript tv tweets? video website weekly
"""
_PAPER = re.compile(rf"\b(?:{'|'.join(_PAPERS.split())})\b", re.IGNORECASE)
_MEDIUM = re.compile(
    r"\b(?:newspaper|daily|weekly|magazine|outlet|network|broadcaster|portal|tabloid|journal|blog|news agency"
    r"|channel|media"
    r"|radio|television|TV)\Z",
    re.IGNORECASE,
)
# "X, according to officials, declined": the clause is not over, so that its first half says nothing.
_GOES_ON = re.compile(
    r", (?!(?:and|but|who|which|citing|adding|with|as|in|on|while|after|though)\b)(?!(?:an?|the) [^,]*\Z)[a-z]"
)
_LONGEST = 160
_IS_HEAD = re.compile(r"(?:(?:the|an?) )?", re.IGNORECASE)
_PRONOUNS = {"him": "he", "her": "she"}
_ANOTHER_HEAD = re.compile(r"\b(?:for|of|to|with|at|from|by|in|and)\b")


def may_be_accorded(text: str, unit: Unit) -> bool:
    """Whether "according to" stands in a unit: cheaper than to look for it as a whole word."""
    return text.find("ccording to ", unit.start, unit.end) >= 0


def find_accorded(stage: Stage, number: int, names: NameIndex) -> Iterator[tuple[int, int, tuple[int, int], int]]:
    """Range of the words, range of the speaker and the actor of each "according to" a person in a unit."""
    text, unit = stage.text, stage.units[number]
    if not may_be_accorded(text, unit):
        return
    for match in _ACCORDING.finditer(text, unit.start, unit.end):
        if unit.is_quoted(match.start()):
            continue
        end = _find_end(text, match.end(), unit.end)
        source = text[match.end() : end]
        actor = None if _PAPER.search(source) else _find_person(stage, number, match.end(), end)
        if actor is None or is_outlet(stage.actors[actor].name, source, names):
            continue
        span = _find_clause(text, unit, match.start(), end)
        if span is not None:
            yield (*span, (match.end(), end), actor)


def _find_person(stage: Stage, number: int, start: int, end: int) -> int | None:
    """Who the words after "according to" are: a pronoun, or a name with or without its title."""
    words = stage.text[start:end]
    if pronoun := _PRONOUNS.get(words):
        return stage.resolve_pronoun(number, start, pronoun)
    named = stage.starting_at(start) or stage.ending_at(end, start)
    if named is None or _ANOTHER_HEAD.search(words[: max(0, named.start - start)]) or named.end > end:
        return None
    return None if stage.text.startswith(("'s ", "’s "), named.end) else named.actor


def is_outlet(name: str, words: str, names: NameIndex) -> bool:
    """Whether what was taken for a person's name is an outlet's: "Aarhuser Handelsblatt", not "Petra Moen"."""
    outlet = _outlets(names.catalog).find_first(name)
    return (outlet is not None and name.endswith(outlet)) or any(each.name == name for each in find_media(words))


def names_outlet(words: str, names: NameIndex) -> bool:
    """Whether these words name an outlet or an agency, which is cited and does not speak for itself."""
    told = words[:1].upper() + words[1:]
    if _MEDIUM.search(words) or _outlets(names.catalog).find_first(told):
        return True
    return any(medium.end == len(words) and _IS_HEAD.fullmatch(words[: medium.start]) for medium in find_media(words))


def _find_end(text: str, start: int, high: int) -> int:
    stop = _ENDS.search(text, start, min(high, start + _LONGEST))
    return stop.start() if stop else start


def _find_clause(text: str, unit: Unit, at: int, source_end: int) -> tuple[int, int] | None:
    """The clause before ", according to X", or after "According to X, "."""
    before = text[unit.start : at].rstrip(" ,")
    if len(before.split()) >= 4:
        if _GOES_ON.match(text, source_end, unit.end):
            return None
        return unit.start, unit.start + len(before)
    start = source_end
    while start < unit.end and text[start] in " ,":
        start += 1
    end = unit.end
    while end > start and text[end - 1] in " .,;":
        end -= 1
    return (start, end) if not before and len(text[start:end].split()) >= 4 else None


@lru_cache(maxsize=4)
def _outlets(catalog: Catalog) -> WholeNames:
    """The names of all outlets and agencies of a catalog."""
    return WholeNames(
        name
        for outlet in catalog.outlets
        if outlet.kind in ("outlet", "agency")
        for name in (outlet.name, *outlet.aliases)
    )
