"""Media that no catalog lists, by the words for what they are: "the radio station Voice of the Quay", "Al-Bahar TV".

Every country has more papers and stations than a catalog, and copy says what they are where its readers may not know
them. Whether such a medium is cited is another question: it needs a word of crediting beside it; see citations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ahocorasick_rs import AhoCorasick, MatchKind

from tasks.core.people.given import FEMALE, MALE
from tasks.core.quotes.cues import WEEKDAY

_LOW, _HIGH = 90, 70  # characters before and behind the word for a medium in which its name stands
# Words for a medium that name it together with a proper name before them ("the Khovar news agency") or behind them.
_THINGS = (
    "news agency|press agency|news service|wire service|newspaper|daily newspaper|weekly newspaper|daily|weekly"
    "|magazine|tabloid|broadsheet|newsletter|news website|news site|news portal|news outlet|news channel|news network"
    "|website|portal|outlet|broadcaster|radio station|radio|television station|television channel|television network"
    "|television|TV station|TV channel|TV network|TV|Telegram channel|YouTube channel|online channel|satellite channel"
    "|channel|network|journal"
).split("|")
# Of these the ones that mean something else with a name before them: "the Haqqani network", "the ministry's website".
_ONLY_BEHIND = frozenset(("daily", "weekly", "website", "portal", "outlet", "channel", "network", "journal"))
_SELF_NAMING = frozenset(("daily", "weekly", "website"))
_PLAIN = frozenset(("television", "TV", "radio", "website", "portal", "outlet", "network", "journal"))
_ON_PLATFORMS = frozenset(("Telegram channel", "YouTube channel", "online channel"))
# Those that stand for themselves with an adjective: "Bolivian media", "a Turkish newspaper", "state television".
_GENERIC = (
    "media outlets|media reports|media|newspapers|newspaper|press reports|press|television|TV|radio"
    "|news agency|news agencies|news outlets|news outlet|news sites|news reports|news channels|broadcaster"
    "|broadcasters|tabloid"
).split("|")
_REPORTS = frozenset(("media reports", "press reports", "news reports"))  # these need no adjective
# The last word of a name that says what it is. Papers have an article, and words that are surnames too count only so.
_PAPERS = (
    "Post|Times|Herald|Tribune|Gazette|Chronicle|Courier|Journal|Observer|Telegraph|Mirror|Ledger|Review|Daily|Standard"
    "|Independent|Guardian|Star|Examiner|Inquirer|Mail|Express|Dispatch|Sentinel|Register|Monitor|Newspaper|Magazine|Press"
    "|Morning News|Evening News|Daily News"
).split("|")
_STATIONS = "TV|Television|Radio|FM|News|News Agency|Press Agency|Broadcasting Corporation|News Network".split("|")
_FIRST = "Radio|Tele|Kanal|Canal|Channel".split("|")
_KINDS = dict.fromkeys(_FIRST, "first") | dict.fromkeys(_PAPERS, "paper") | dict.fromkeys(_STATIONS, "station")
_WORDS = sorted({*_KINDS, *_THINGS, *_GENERIC})
_FINDER = AhoCorasick(_WORDS, matchkind=MatchKind.LeftmostLongest)

_DAY = rf"(?!{WEEKDAY}\b|(?:On|In|At|The|A|An|But|And|According|Meanwhile|Citing)\b)"
_W = rf"{_DAY}(?:al-|el-|[a-z](?=[A-Z]{{2}}))?[A-Z][\w&-]*(?:'(?!s\b)\w+)?"
_JOIN = r"(?:of the|of|for|do|da|dos|de la|de|del|della|di|du|des|le|la|el|al) "
_NAME = rf"{_W}(?: (?:{_JOIN})?{_W}){{0,5}}"
_NAME_BEHIND = re.compile(rf" (?P<name>{_NAME}(?: \d{{1,3}}(?![\w,.]\d))?|\d{{1,3}}(?=[ ,.]))")
# "Told daily Il Meridiano", "with public broadcaster ZRD": who is credited needs no article.
_CREDITED = re.compile(
    r"(?<![\w'-])(?P<words>)(?:told|tells|telling|to|with|by|for)(?: (?:public|state|private|local|national|news"
    r"|regional|business|sports|leading|German|Italian|French|Japanese|Indian|Russian|online))* \Z"
)
# "An interview with Politika daily", "Nournews website"
_IS_PAPER = re.compile(r"\b(?:told|with|to|in|by|the|The) (?:[A-Z]\w+'s )?\Z")
_SITE = re.compile(r"(?:news|press|post|times|media|info|inform|online|\.\w{2,4})\Z", re.I)
_NAME_BEFORE = re.compile(rf"(?<![\w'-])(?P<name>{_NAME}) \Z")
_ARTICLE_BEFORE = re.compile(
    r"(?<![\w'-])(?:(?:the|an?|its|his|her|their) (?P<words>(?:(?!(?:the|an?) )[\w'-]+ ){0,4})"
    r"|(?P<owned>[A-Z][\w-]*'s (?:[\w-]+ ){0,3}))\Z",
    re.IGNORECASE,
)
_NO_ADJECTIVE = re.compile(
    r"\b(?:of|in|on|by|to|for|with|that|and|or|said|says|told|reported|from|at|as|is|was|were|has|had|have|who|which"
    r"|after|before|ago|amid|during|when|while|but|than|social|mass|new|same|other|own)\b",
    re.IGNORECASE,
)
_ADJECTIVES = frozenset(
    """state official local national regional foreign international private public independent opposition domestic
    several some most business sports financial online news pan-arab""".split()
)
_ADJECTIVES_BEFORE = re.compile(
    rf"(?<![\w'-])(?P<words>(?:(?:{'|'.join(sorted(_ADJECTIVES))}"
    rf"|[a-z]+-(?:run|owned|controlled|backed|funded|government)|{_W}(?:'s)?) )+)\Z"
)


@dataclass(frozen=True, slots=True)
class Medium:
    """A medium with the words that name it: `start`/`end` with its article, `name` as it is written without one."""

    start: int
    end: int
    name: str
    kind: Literal["outlet", "agency"]


def find_media(plain: str, start: int = 0, demonyms: frozenset[str] = frozenset()) -> Iterator[Medium]:
    """The media that a text names, from `start` on, cited or not; `plain` has straight apostrophes.

    A name that is one of the `demonyms` (or lands) is an adjective and no medium's own: "the Turkish newspaper".
    """
    for number, low, high in _FINDER.find_matches_as_indexes(plain):
        is_word = not (
            plain[low - 1 : low].isalnum() or plain[high : high + 1].isalnum() or plain[high : high + 1] == "-"
        )
        if low >= start and is_word and (medium := _read(plain, start, low, high, _WORDS[number], demonyms)):
            yield medium


def _read(plain: str, start: int, low: int, high: int, word: str, demonyms: frozenset[str]) -> Medium | None:
    floor = max(start, low - _LOW)
    before = plain[floor:low]
    kind: Literal["outlet", "agency"] = (
        "agency" if re.search("agenc|news service|wire service", word, re.I) else "outlet"
    )
    if shape := _KINDS.get(word):
        return _read_name(plain, floor, low, high, shape, kind)
    if word in _THINGS:
        behind = _NAME_BEHIND.match(plain, high, high + _HIGH)
        # A broadcaster is a house or a person.
        is_person = word == "broadcaster" and behind and behind["name"].split(" ")[0] in FEMALE | MALE
        if behind and not is_person and (words := _find_words(before)):
            return Medium(floor + words.start(), behind.end(), behind["name"], kind)
        if behind and not is_person and word not in _PLAIN and _CREDITED.search(before):
            return Medium(low, behind.end(), behind["name"], kind)
        named = None if word in _ONLY_BEHIND else _NAME_BEFORE.search(before)
        if word in _SELF_NAMING and (paper := _NAME_BEFORE.search(before)):
            is_site = word == "website" and _SITE.search(paper["name"])
            named = paper if is_site or (word != "website" and _IS_PAPER.search(before[: paper.start()])) else named
        if named and _is_name(before, named, demonyms):
            # A channel on a platform is no house of that name.
            name = plain[floor + named.start() : high] if word in _ON_PLATFORMS else named["name"]
            return Medium(floor + _with_article(before, named.start()), high, name, kind)
    if word not in _GENERIC:
        return None
    words = _find_words(before)
    begin = floor + (words.start() if words.groupdict().get("owned") else words.start("words")) if words else low
    return Medium(begin, high, plain[begin:high], kind) if begin < low or word in _REPORTS else None


def _read_name(
    plain: str, floor: int, low: int, high: int, shape: str, kind: Literal["outlet", "agency"]
) -> Medium | None:
    """A name that holds the word for what it is: "the Bosphorus Post", "Al-Masirah TV", "Radio Lualaba"."""
    before = plain[floor:low]
    behind = _NAME_BEHIND.match(plain, high, high + _HIGH) if plain[low:high] in _FIRST else None
    if behind and plain[high] == " ":
        return Medium(low, behind.end(), plain[low : behind.end()], kind)
    named = _NAME_BEFORE.search(before)
    if (
        named is None
        or shape == "first"
        or (shape == "paper" and _with_article(before, named.start()) == named.start())
    ):
        return None
    begin = floor + named.start()
    return Medium(floor + _with_article(before, named.start()), high, plain[begin:high], kind)


def _is_name(before: str, named: re.Match[str], demonyms: frozenset[str]) -> bool:
    """Whether capitals are a name and no adjective: "Turkish newspapers", "a Bogota newspaper", "State television"."""
    name = named["name"]
    is_adjective = name.lower() in _ADJECTIVES or not demonyms.isdisjoint((name, name.split(" ")[-1]))
    return not is_adjective and not before[: named.start()].endswith((" a ", " an ", "A ", "An "))


def _with_article(before: str, at: int) -> int:
    """Where the article before an offset begins, or the offset."""
    return at - 4 if before[:at].endswith(("the ", "The ")) else at


def _find_words(before: str) -> re.Match[str] | None:
    """The adjectives before the word for a medium, with the article: "the Bogota", "state-run"; None without any."""
    for found in (_ARTICLE_BEFORE.search(before), _ADJECTIVES_BEFORE.search(before)):
        if found and not _NO_ADJECTIVE.search(found["words"] or ""):
            return found
    return None
