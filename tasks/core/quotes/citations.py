"""Sources that a text leans on: "according to the Axios news website", "Interfax reported", "citing court documents".

A citation is a cue of crediting with a source beside it. Outlets and agencies count wherever they are credited, those
of the catalog by its name for them, others by the words for what they are (see media); officials, offices and papers
only where something is said "according to" them or "citing" them, since an office that speaks for itself is quoted, not
cited, and in the words of the text. The agency that wrote the story is no source of it: "told Reuters" in its own copy.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

from ahocorasick_rs import AhoCorasick, MatchKind

from tasks.core.flow import flow_lines
from tasks.core.model import Catalog, Citation, Outlet
from tasks.core.names import plain_text
from tasks.core.quotes.cues import WEEKDAY
from tasks.core.quotes.media import Medium, find_media
from tasks.core.whole_names import WholeNames

_ACCORDING = re.compile(
    r"\b(?:[Aa]ccording to|(?:[Ww]hile |[Aa]lso )?[Cc]iting|[Cc]ited|[Cc]ites|[Qq]uoting|on the authority of)\s"
    r"(?!(?:in|by|as|for|on|at|that)\s)"
)
# One of these words stands in each of its matches; to look for the words alone is much faster.
_ACCORDING_WORDS = (
    "ccording to",
    "citing",
    "Citing",
    "cited",
    "Cited",
    "cites",
    "Cites",
    "uoting",
    "n the authority of",
)
_CREDITED = (
    "(?:told|tells|telling|(?:reported|published|quoted|carried|cited|aired|broadcast|run|released|conducted|seen"
    "|obtained"
    "|reviewed)(?: (?:on )?(?:[A-Z][a-z]+day|today|earlier))? by|(?:wrote|writing) in|said on"
    "|(?:an |the |his |her )?interview (?:with|to|on|for|published by)|(?:in )?(?:comments|remarks) to"
    "|speaking (?:to|on)|spoke to|confirmed to|statement to|(?:quoted|published|reported) in|reported on"
    "|appear(?:ing|ed) on"
    "|(?:report|article|story|editorial|op-ed|piece|poll|survey|investigation|column|commentary|interview)"
    " (?:by|in|from|for|of))"
)
_REPORTS = (
    "(?:(?:later |earlier |first |also |previously |had |has |have ){0,3}(?:reported|reports|reporting|wrote|writes"
    "|said|says|say|claim"
    "|quoted|quotes|cited|cites|revealed|published|broadcast|aired|disclosed|noted|added|claimed|showed|carried"
    "|announced"
    "|confirmed|learned))\\b"
)
# Words between an article and an outlet's name ("the official", "Russia's state-run"), and what kind of thing it is.
_BEFORE = r"(?:(?:the|a|an|its|state|official|local|daily|business|[A-Z][\w'-]*|(?:[A-Z]\.)+|[a-z]+-[a-z]+) ){0,5}?"
_ADJECTIVES = "Russian|state|daily|online|international|official|local|business|financial|satellite|private|public"
_THINGS = (
    "news agency|news website|news site|news outlet|news channel|newspaper|agency|website|daily|weekly|magazine|channel"
    "|network|TV|television|radio|broadcaster|portal|report|poll|survey|tally|review|correspondent|interview|editorial"
    "|data|analysis|calculations|estimates"
)
_KIND = rf"(?: (?:(?:{_ADJECTIVES}) )?(?:{_THINGS})\b)*"
# "Al-Masirah TV, which is run by the group, later reported".
_ASIDE = r"(?P<aside>, (?:which|who|an?|the|citing|quoting|referring to|affiliated|close|owned"
_ASIDE += r"|run|linked|based)\b[^,.;:\n]{1,80})?"
# "The Korean Central News Agency (KCNA) said", "Channel 12 and the Haaretz newspaper reported".
_SHORT = r"(?: \([A-Z][\w-]{1,9}\))?"
_OTHER_TOO = rf"(?P<too> and (?:the |[A-Z]\w*'s )?[A-Z][\w'-]*(?: [A-Z][\w'-]*){{0,3}}{_KIND}(?= reported))?"
_REPORTING = re.compile(rf"{_KIND}{_SHORT}{_OTHER_TOO}{_ASIDE},? {_REPORTS}")
# "Told the ministry's press service": the word for a medium is none.
_GOES_ON = re.compile(
    r" (?:office|service|conference|briefing|pool|corps|freedom|statement|release|centre|center|group|mogul|company"
    r"|officer|team|secretary)\b"
)
_OF_REPORTS = re.compile(r" (?:that|about|of|on)\b")  # behind "media reports", which need nobody to cite them
# Words that make a known name a part of another one: "Frankfurter" Handelsblatt, Folha "do Litoral".
_NO_PART = (
    rf"(?!{WEEKDAY}\b|(?:The|A|An|On|In|At|But|And|As|By|While|When|State|Agency|Newspaper"
    r"|Channel|TV|Television|Radio|Magazine|Daily|Broadcaster|Network|Website|President|Minister|Correspondent)\b)"
)
_PART_BEFORE = re.compile(rf"(?:(?<=[a-z,] )|(?<=The ))(?P<parts>(?:{_NO_PART}[A-Z][a-z]\w* )+)\Z")
_PART_AFTER = re.compile(r" (?:do|da|de|del|della|di|du|am|im|aan|van|der|den|zum) [A-Z]\w+")
# "Told La Voce", "reported by Le Courrier": a name that opens with a foreign article, where a medium is credited.
_WORD_ON = re.compile(r"\w|-\d")
_FOREIGN = re.compile(
    r"\b(?:(?:told|tells|telling)|(?:reported|published|quoted|cited|carried)(?: [A-Z][a-z]+day)? by"
    r"|interview (?:with|to|by|for|in)|(?:published|reported|wrote|writing) in|speaking to|statement to)"
    r" (?P<name>(?:Il|La|Le|Lo|Les|Las|Los|Der|Die|Das|De|O|A|Gazeta|Diario|Corriere|Jornal|Nova|Novaya)"
    r"(?: (?:[a-z]{1,3} )?[A-Z]\w+(?:-[A-Z]\w+)?){1,3})(?! (?:of|and) [A-Z])"
)
# "People familiar with the matter" are no office, and yet who is cited.
_INFORMED = re.compile(
    r"(?:(?:an?|the|two|three|four|five|six|several|some|multiple|unnamed|unidentified|anonymous|other) ){0,2}"
    r"(?:people|persons?|someone|individuals?|sources?|officials?|executives?|diplomats?|bankers?|aides?)"
    r" (?:familiar with|close to|with (?:direct |first-hand )?knowledge of|briefed on|involved in|aware of)"
    r" [^,.;:()\"“”\n]+?(?=[,.;:()\"“”\n]| (?:said|reported|told|as|who|which|on \w+day)\b|\Z)"
)
_CREDITING = re.compile(rf"\b{_CREDITED} {_BEFORE}\Z")
_KIND_AFTER = re.compile(_KIND)
_REACH = 110  # characters between a word of crediting and the end of the source's name
_NP_END = re.compile(
    r"[.;:()\"“”\n]|,(?!\d{3})|\Z|\s(?:who|which|that|on \w+day|in an|in a|at a|after|before|as|and(?! [A-Z])|but"
    r"|citing|saying|familiar|asking|declining|quoted|said|says"
    r"|reported|speaking|told|while|(?<!close\s)to|because|has|have|had|is|are|was|were|will)\s"
)
_DOTTED = re.compile(r"\b(?:[A-Z]\.){1,4}|\b(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|Adm|St|No)\.")
_ARTICLE = re.compile(r"(?:the|a|an|unnamed|unidentified|anonymous|other)\s", re.I)
# Levels of roles whose holders speak for an office.
_OFFICIAL = frozenset(("minister", "deputy", "envoy", "aide", "spokesperson", "military", "official", "legislator"))
_LONGEST = 140  # characters of a noun phrase that names a source
# Where the head of a noun phrase ends: "a letter | seen by Kyodo", "a source | close to the presidency".
_SEEN = re.compile(r"\b(?:seen|obtained|reviewed|viewed) by\b")
_HEAD_END = re.compile(
    r"\s(?:of|by|from|in|on|to|at|with|for|about|against|over|between|under|into|after|close|near|seen|obtained|released|published|issued|posted|carried|sent"
    r"|signed|reviewed|shared|made|given|inside|within|involved|based)\b|\Z"
)


_Found = tuple[int, int, Outlet]


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
        self._offices = [name for name, outlet in self._sources.items() if outlet.kind == "official"]
        self._medium = WholeNames(self._media)
        self._papers = WholeNames(name for name, outlet in self._sources.items() if outlet.kind == "document")
        self._lands = frozenset(name for each in catalog.countries for name in (*each.names, *each.demonyms))

    @cached_property
    def _official(self) -> re.Pattern[str]:
        """Who a noun phrase ends with, a name behind or not. Compiled for the first story that cites somebody."""
        return re.compile(
            rf"\b(?:(?i:{_alternate(self._roles)})|{_alternate(self._offices)})(?: [A-Z][\w.'-]*){{0,6}}\Z"
        )

    def find(self, text: str, start: int, own: Iterable[str | None] = ()) -> tuple[Citation, ...]:
        """The citations from `start` on, in text order; no two overlap. `own`: what the text's own house is called."""
        plain = plain_text(flow_lines(text))
        authors = [self._sources.get(plain_text(name)) for name in own if name]
        found = [
            *self._find_known(plain, start),
            *self._find_media(plain, start),
            *self._find_according(plain, start, authors),
            *self._find_foreign(plain, start),
        ]
        return tuple(
            Citation(outlet.name, outlet.kind, text[low:high], low, high)
            for low, high, outlet in _keep_apart(found)
            if outlet not in authors
        )

    def _find_known(self, plain: str, start: int) -> Iterator[_Found]:
        """Outlets and agencies of the catalog that report, or that somebody told, or whose work is quoted."""
        for number, low, high in self._automaton.find_matches_as_indexes(plain):
            if low < start or plain[low - 1 : low].isalnum() or _WORD_ON.match(plain, high):
                continue
            outlet = self._sources[self._media[number]]
            yield from _find_credits(plain, start, *self._widen(plain, start, low, high, outlet))

    def _find_media(self, plain: str, start: int) -> Iterator[_Found]:
        """Media that are not in the catalog, by the words for what they are."""
        for medium in find_media(plain, start, self._lands):
            outlet = self._open(medium)
            if medium.name.endswith(" reports") and _OF_REPORTS.match(plain, medium.end):
                yield medium.start, medium.end, outlet
            yield from _find_credits(plain, start, medium.start, medium.end, outlet)

    def _find_foreign(self, plain: str, start: int) -> Iterator[_Found]:
        """Papers of other languages that are credited, unless the name is a person's in this story."""
        for match in _FOREIGN.finditer(plain, start):
            name = match["name"]
            if name not in self._sources and not re.search(rf"[a-z] {re.escape(name)}\b", plain[: match.start()]):
                yield match.start(), match.end(), Outlet(name, (), "outlet")

    def _open(self, medium: Medium) -> Outlet:
        """A medium by the catalog's name for it, if it has one."""
        known = self._sources.get(medium.name) or self._sources.get(f"The {medium.name}")
        return known or Outlet(medium.name, (), medium.kind)

    def _widen(self, plain: str, start: int, low: int, high: int, outlet: Outlet) -> _Found:
        """The longer name, of another outlet, in which a known one is a part; else the known one."""
        if after := _PART_AFTER.match(plain, high):
            return low, after.end(), Outlet(plain[low : after.end()], (), outlet.kind)
        before = _PART_BEFORE.search(plain, max(start, low - _REACH), low)
        if before is None or not self._lands.isdisjoint(before["parts"].split()):
            return low, high, outlet
        return before.start(), high, Outlet(plain[before.start() : high], (), outlet.kind)

    def _find_according(self, plain: str, start: int, authors: Collection[Outlet | None]) -> Iterator[_Found]:
        """All sources after "according to" and "citing", with the whole noun phrase."""
        if not any(words in plain for words in _ACCORDING_WORDS):
            return
        for match in _ACCORDING.finditer(plain, start):
            if informed := _INFORMED.match(plain, match.end()):
                yield match.start(), informed.end(), Outlet(_strip_article(informed[0]), (), "official")
                continue
            end = _find_end(plain, match.end())
            outlet = self._name_source(plain[match.end() : end].rstrip(), authors)
            if outlet is not None:
                yield match.start(), end, outlet

    def _name_source(self, phrase: str, authors: Collection[Outlet | None]) -> Outlet | None:
        """The source that a noun phrase names: a medium first, then a paper, then an official or an office."""
        if (medium := self._medium.find_first(phrase)) and self._sources[medium] not in authors:
            at = phrase.index(medium)
            return self._widen(phrase, 0, at, at + len(medium), self._sources[medium])[2]
        if (named := next(find_media(phrase, 0, self._lands), None)) is not None:
            return self._open(named)
        source = _strip_article(phrase)
        stop = _HEAD_END.search(phrase)
        head = phrase[: stop.start()] if stop else phrase
        paper = self._papers.find_first(head)
        if (paper and head.endswith(paper)) or _SEEN.search(phrase):
            return Outlet(source, (), "document")
        if self._official.search(head):
            known = self._sources.get(source)
            return known if known and known.name[:1].isupper() else Outlet(source, (), "official")
        return None


def _find_credits(plain: str, start: int, low: int, high: int, outlet: Outlet) -> Iterator[_Found]:
    """The words that credit an outlet: those of reporting behind its name, and those of telling before it."""
    if reports := _REPORTING.match(plain, high):
        aside = next((group for group in ("too", "aside") if reports[group]), None)
        end = reports.start(aside) if aside else reports.end()
        yield low - (4 if plain[max(0, low - 4) : low] in ("the ", "The ") else 0), end, outlet
    floor = max(start, low - _REACH)
    if (credited := _CREDITING.search(plain[floor:low])) and not _GOES_ON.match(plain, high):
        yield floor + credited.start(), _skip_kind(plain, high), outlet


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


def _keep_apart(found: list[_Found]) -> Iterator[_Found]:
    """The first and longest of citations that overlap, in text order."""
    done = 0
    for low, high, outlet in sorted(found, key=lambda each: (each[0], -each[1])):
        if low >= done:
            done = high
            yield low, high, outlet
