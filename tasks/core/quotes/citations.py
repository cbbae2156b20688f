"""Sources that a text leans on: "according to the Axios news website", "Interfax reported", "citing court documents".

A citation is a cue of crediting with a source beside it. Outlets and agencies count wherever they are credited;
officials, offices and papers only where something is said "according to" them or "citing" them, since an office that
speaks for itself is quoted, not cited. The agency's mark in a dateline is no citation: it has no cue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from ahocorasick_rs import AhoCorasick, MatchKind

from tasks.core.model import Catalog, Citation, Outlet
from tasks.core.names import plain_text
from tasks.core.whole_names import WholeNames

_ACCORDING = re.compile(
    r"\b(?:[Aa]ccording to|(?:[Ww]hile |[Aa]lso )?[Cc]iting|[Cc]ited|[Cc]ites|[Qq]uoting|on the authority of)\s"
)
_CREDITED = (
    "(?:told|tells|telling|(?:reported|published|quoted|carried|cited|aired|broadcast|run|released|conducted|seen"
    "|obtained"
    "|reviewed) by|(?:an |the |his |her )?interview (?:with|to|on|for|published by)|(?:in )?(?:comments|remarks) to"
    "|speaking (?:to|on)|spoke to|confirmed to|statement to|(?:quoted|published|reported) in|reported on"
    "|appear(?:ing|ed) on"
    "|(?:report|article|story|editorial|op-ed|piece|poll|survey|investigation|column|commentary|interview)"
    " (?:by|in|from|for|of))"
)
_REPORTS = (
    "(?:(?:later |earlier |first |also |previously |had |has |have )?(?:reported|reports|reporting|wrote|writes"
    "|said|says"
    "|quoted|quotes|cited|cites|revealed|published|broadcast|aired|disclosed|noted|added|claimed|showed|carried"
    "|announced"
    "|confirmed|learned))\\b"
)
# Words between an article and an outlet's name ("the official", "Russia's state-run"), and what kind of thing it is.
_BEFORE = r"(?:(?:the|a|an|its|state|official|local|daily|business|[A-Z][\w.'-]*|[a-z]+-[a-z]+) ){0,5}?"
_ADJECTIVES = "Russian|state|daily|online|international|official|local|business|financial|satellite|private|public"
_THINGS = (
    "news agency|news website|news site|news outlet|news channel|newspaper|agency|website|daily|weekly|magazine|channel"
    "|network|TV|television|radio|broadcaster|portal|report|poll|survey|tally|review|correspondent|interview|editorial"
    "|data|analysis|calculations|estimates"
)
_KIND = f"(?: (?:(?:{_ADJECTIVES}) )?(?:{_THINGS}))*"
_REPORTING = re.compile(rf"{_KIND},? {_REPORTS}")
_CREDITING = re.compile(rf"\b{_CREDITED} {_BEFORE}\Z")
_KIND_AFTER = re.compile(_KIND)
_REACH = 110  # characters between a word of crediting and the end of the source's name
_NP_END = re.compile(
    r"[,.;:()\"“”\n]|\Z|\s(?:who|which|that|on \w+day|in an|in a|at a|after|before|as|and|but|citing|saying"
    r"|familiar|said|says"
    r"|reported|speaking|told|while|to|because|has|have|had|is|are|was|were|will)\s"
)
_DOTTED = re.compile(r"\b(?:[A-Z]\.){1,4}|\b(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|Adm|St|No)\.")
_ARTICLE = re.compile(
    r"(?:the|a|an|its|his|her|their|some|several|one|two|three|four|five|unnamed|unidentified|anonymous|other)\s", re.I
)
# Levels of roles whose holders speak for an office.
_OFFICIAL = frozenset(("minister", "deputy", "envoy", "aide", "spokesperson", "military", "official", "legislator"))
_LONGEST = 140  # characters of a noun phrase that names a source


class CitationFinder:
    """Finds the sources that stories cite, by one catalog. May be called from several threads."""

    def __init__(self, catalog: Catalog) -> None:
        self._sources: dict[str, Outlet] = {}
        for outlet in catalog.outlets:
            for name in (outlet.name, *outlet.aliases):
                self._sources.setdefault(plain_text(name), outlet)
        self._media = [name for name, outlet in self._sources.items() if outlet.kind in ("outlet", "agency")]
        self._automaton = AhoCorasick(self._media, matchkind=MatchKind.LeftmostLongest)
        roles = {name for role in catalog.roles for name in role.names if role.level in _OFFICIAL and len(name) > 3}
        self._roles = roles | {"authorities", "investigators"}
        self._medium, self._any = WholeNames(self._media), WholeNames(self._sources)

    @cached_property
    def _role(self) -> re.Pattern[str]:
        """Compiled for the first story with "according to": not every one has it."""
        return re.compile(rf"\b{_alternate(self._roles)}\b", re.IGNORECASE)

    def find(self, text: str, start: int) -> tuple[Citation, ...]:
        """The citations from `start` on, in text order; no two overlap."""
        plain = plain_text(text)
        found = [*self._find_named(plain, start), *self._find_according(plain, start)]
        return tuple(
            Citation(outlet.name, outlet.kind, text[low:high], low, high) for low, high, outlet in _keep_apart(found)
        )

    def _find_named(self, plain: str, start: int) -> Iterator[tuple[int, int, Outlet]]:
        """Outlets and agencies that report, or that somebody told, or whose work is quoted."""
        for number, low, high in self._automaton.find_matches_as_indexes(plain):
            if low < start or plain[low - 1 : low].isalnum() or plain[high : high + 1].isalnum():
                continue
            outlet = self._sources[self._media[number]]
            if reports := _REPORTING.match(plain, high):
                yield low - (4 if plain[max(0, low - 4) : low] in ("the ", "The ") else 0), reports.end(), outlet
            floor = max(start, low - _REACH)
            if credited := _CREDITING.search(plain[floor:low]):
                yield floor + credited.start(), _skip_kind(plain, high), outlet

    def _find_according(self, plain: str, start: int) -> Iterator[tuple[int, int, Outlet]]:
        """All sources after "according to" and "citing", with the whole noun phrase."""
        for match in _ACCORDING.finditer(plain, start):
            end = _find_end(plain, match.end())
            outlet = self._name_source(plain[match.end() : end])
            if outlet is not None:
                yield match.start(), end, outlet

    def _name_source(self, phrase: str) -> Outlet | None:
        """The source that a noun phrase names: a medium first, then an official by role, then an office or a paper."""
        if medium := self._medium.find_first(phrase):
            return self._sources[medium]
        if self._role.search(phrase):
            return Outlet(_strip_article(phrase), (), "official")
        if source := self._any.find_first(phrase):
            return self._sources[source]
        return None


def _alternate(names: Iterable[str]) -> str:
    """A group that matches any of the names, the longest first."""
    return f"(?:{'|'.join(re.escape(name) for name in sorted(names, key=len, reverse=True)) or '(?!)'})"


def _find_end(plain: str, start: int) -> int:
    """Where the noun phrase ends; the dots of abbreviations do not end it."""
    high = min(len(plain), start + _LONGEST)
    masked = _DOTTED.sub(lambda match: match[0].replace(".", "_"), plain[start:high])
    stop = _NP_END.search(masked)
    return start + (stop.start() if stop else len(masked))


def _skip_kind(plain: str, high: int) -> int:
    """Where an outlet's name ends with the words for what it is: "the Axios news website"."""
    match = _KIND_AFTER.match(plain, high)
    return match.end() if match else high


def _strip_article(phrase: str) -> str:
    while match := _ARTICLE.match(phrase):
        phrase = phrase[match.end() :]
    return phrase


def _keep_apart(found: list[tuple[int, int, Outlet]]) -> Iterator[tuple[int, int, Outlet]]:
    """The first and longest of citations that overlap, in text order."""
    done = 0
    for low, high, outlet in sorted(found, key=lambda each: (each[0], -each[1])):
        if low >= done:
            done = high
            yield low, high, outlet
