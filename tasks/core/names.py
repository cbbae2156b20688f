"""Names of countries, leaders, roles and organisations in a text, with exact spans.

One Aho-Corasick automaton over the catalog's names; all overlapping matches are taken, those without word boundaries
are dropped, and of matches that overlap the longest stays. Masks (longer phrases in which a name means something else,
and the names of outlets) take part and leave no hit. Matching is case-sensitive, apart from roles.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ahocorasick_rs import AhoCorasick, MatchKind

from tasks.core.model import Catalog, Country, Leader

HitKind = Literal["country", "demonym", "capital", "leader", "role", "organisation"]


@dataclass(frozen=True, slots=True)
class NameHit:
    """A name in a text: `text == source[start:end]`, without a possessive ending.

    `code` is alpha-3 (for roles None, for organisations the catalog's code, such as `EUU`), `name` the catalog's name
    ("Russia", "Vladimir Putin", "Foreign Minister"), `level` the level of a role or of a leader's latest office.
    """

    kind: HitKind
    code: str | None
    name: str
    text: str
    start: int
    end: int
    level: str | None


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a pattern means; `kind` None is a mask."""

    kind: HitKind | None
    code: str | None
    name: str
    level: str | None
    is_surname: bool = False


# Names that are also given names or surnames: no country where a capitalised word stands right before or after.
_PERSON_NAMES = frozenset(
    ("Jordan", "Chad", "Georgia", "Israel", "Cuba", "Ireland", "Holland", "Paris", "London", "Washington", "Berlin")
    + (
        "Sofia",
        "Santiago",
        "Wellington",
        "Lima",
        "Havana",
        "Vienna",
        "Cairo",
        "Dominica",
        "Grenada",
        "Niger",
        "Britain",
    )
    + ("Turkey", "Mali", "Montserrat", "Victoria", "America", "England", "Kenya", "India", "China", "Malta")
)
# Capitals whose name is first of all something else in wire copy.
_AMBIGUOUS_CAPITALS = frozenset(
    (
        "Victoria",
        "Hamilton",
        "Kingston",
        "Georgetown",
        "San Juan",
        "San Jose",
        "Male",
        "Sucre",
        "The Hague",
        "Basseterre",
    )
    + ("Roseau", "Castries", "Majuro", "San Salvador", "St. John's", "Nassau", "Monaco", "Bern")
)
# Capitalised words that may stand before a bare surname or a country without being a first name.
_OPENERS = frozenset(
    """a about after against ahead all also although among an and another any as asked at because before beyond both but by
    can citing contrary could despite did do does during earlier either even every excluding following for former from
    given gov had has have he her his how however if in including inside instead into is it its last late later like
    many meanwhile mister more most mr mrs ms near neither neighboring neighbouring never next no nor not now of off on
    once one only or our out outside over per perhaps rather recently republican republicans democrat democrats sen rep
    said say says separately several she should since so some still such than that the their then there these they this
    those though through throughout thus today together tomorrow tonight under unless unlike until upon was we were what
    when where whereas whether which while who why will with within without would yesterday yet
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december will president minister king queen prince chancellor premier sir dr lord
    anti pro post western eastern southern northern central soviet nato opposition conservative""".split()
)
_COMPANY_WORDS = frozenset(
    """Tower Towers Organization Organisation Jr Jr. Sr International University Foundation Street Airport Plaza Hotel
    Center Centre Institute Library Avenue Park Stadium School College""".split()
)
_US_STATES = re.compile(
    r"\b(?:Atlanta|Savannah|Augusta|Ga\.|Alabama|Tennessee|Florida|South Carolina|North Carolina|Pennsylvania|Michigan"
    r"|Arizona|Wisconsin|Nevada|Texas|Virginia|Ohio|Kentucky|Louisiana|Mississippi|U\.S\. state|US state|gubernatorial"
    r"|Republican|Democrat|Fulton County|Congressman|statehouse)"
)
_CAUCASUS = re.compile(
    r"\b(?:Tbilisi|Abkhazia|South Ossetia|Caucasus|Batumi|Georgian (?:Dream|[Pp]resident|[Pp]rime|[Ff]oreign)|Armenia"
    r"|Azerbaijan|Moldova|Ukraine|Saakashvili)"
)
_OTHER_CONGO = re.compile(r"\bBrazzaville\b|(?<!Democratic )\bRepublic of (?:the )?Congo\b|\bCongo Republic\b")
_MAIN_CONGO = re.compile(r"\bKinshasa\b|\bDemocratic Republic\b|\bDRC\b|\bDR Congo\b|\bM23\b")
_CONTEXT = 160
_SMALL_WORDS = frozenset(("of", "the", "for", "and", "in", "to", "on", "or", "at"))
_PRIORITY = {"organisation": 0, "country": 1, "leader": 2, "demonym": 3, "capital": 4, "role": 5}


def plain_text(text: str) -> str:
    """The text with straight apostrophes and plain spaces, of the same length."""
    return text.replace("’", "'").replace("\u00a0", " ").replace("‑", "-")


def fold_accents(text: str) -> str:
    """The text without accents: `Erdoğan` gives `Erdogan`. The length may change."""
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


class NameIndex:
    """The names of one catalog, compiled once. `find` is pure and may be called from several threads."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._leaders: dict[str, list[Leader]] = {}
        for leader in catalog.leaders:
            self._leaders.setdefault(leader.name, []).append(leader)
        meanings: dict[str, _Meaning] = {}
        for pattern, meaning in self._list_patterns():
            known = meanings.get(pattern)
            if known is None or _rank(meaning) < _rank(known):
                meanings[pattern] = meaning
        self._patterns = list(meanings)
        self._meanings = list(meanings.values())
        self._lengths = [len(pattern) for pattern in self._patterns]
        self._automaton = AhoCorasick(self._patterns, matchkind=MatchKind.Standard)
        self._country_names = {country.code: country.name for country in catalog.countries}
        # The readers of a story ask for the same text, in turn.
        self.find = lru_cache(maxsize=2)(self._find)

    def _find(self, text: str) -> tuple[NameHit, ...]:
        """All names of the text, in text order, without overlaps."""
        plain = plain_text(text)
        hits: list[NameHit] = []
        for start, end, number in self._resolve(plain):
            meaning = self._meanings[number]
            if meaning.kind is None or not self._fits(plain, start, end, meaning, hits):
                continue
            code, name = meaning.code, meaning.name
            if code == "COD" and plain[start:end] in ("Congo", "Congolese") and _is_other_congo(plain):
                code, name = "COG", self._country_names.get("COG", name)
            hits.append(NameHit(meaning.kind, code, name, text[start:end], start, end, meaning.level))
        return tuple(hits)

    def leaders_named(self, name: str) -> tuple[Leader, ...]:
        """The offices of the person with this canonical name, in the catalog's order."""
        return tuple(self._leaders.get(name, ()))

    def country_name(self, code: str) -> str | None:
        """The name of a country as people read it."""
        return self._country_names.get(code)

    def _resolve(self, plain: str) -> list[tuple[int, int, int]]:
        """Matches with word boundaries, longest first where they overlap, in text order."""
        length = len(plain)
        found: list[tuple[int, int, int]] = []
        for number, start, end in self._automaton.find_matches_as_indexes(plain, overlapping=True):
            if start and (plain[start - 1].isalnum() or plain[start - 1] in "@#_"):
                continue
            if end < length and plain[end].isalnum():
                continue
            found.append((start, end, number))
        found.sort(key=lambda match: (match[0], -match[1]))
        return _keep_longest(found)

    def _fits(self, plain: str, start: int, end: int, meaning: _Meaning, before: list[NameHit]) -> bool:
        """Whether the surroundings allow this meaning."""
        word = plain[start:end]
        if start and plain[start - 1] == "-" and plain[max(0, start - 5) : start - 1].lower().endswith(_NEGATIONS):
            return False
        if meaning.kind == "role":
            return True
        if word == "US" and plain[end : end + 1] == "$":
            return False
        if word == "Georgia" and _is_us_state(plain, start, end):
            return False
        if meaning.is_surname or word in _PERSON_NAMES:
            return not _is_part_of_a_name(plain, start, end, meaning, before)
        if meaning.kind == "leader":
            return not plain.startswith((" Jr", ", Jr"), end)
        return True

    def _list_patterns(self) -> Iterator[tuple[str, _Meaning]]:  # noqa: C901 - one loop a kind of name
        catalog = self.catalog
        for country in catalog.countries:
            yield from _list_country(country)
        for organisation in catalog.organisations:
            meaning = _Meaning("organisation", organisation.code, organisation.name, None)
            for name in (organisation.name, *organisation.aliases):
                yield plain_text(name), meaning
        for outlet in catalog.outlets:
            if outlet.kind in ("outlet", "agency"):
                for name in (outlet.name, *outlet.aliases):
                    if " " in name:
                        yield plain_text(name), _Meaning(None, None, name, None)
        for name, offices in self._leaders.items():
            yield from _list_leader(name, offices)
        for role in catalog.roles:
            for phrase in role.names:
                for form in list_cases(plain_text(phrase)):
                    yield form, _Meaning("role", None, role.role, role.level)


_NEGATIONS = ("anti", "pro", "non", "ex")


def list_cases(phrase: str) -> tuple[str, ...]:
    """The forms in which a lower-case phrase may stand: as it is, capitalised, in title case, in capitals."""
    if phrase != phrase.lower():
        return (phrase,)
    words = phrase.split(" ")
    title = " ".join(word if word in _SMALL_WORDS else word[:1].upper() + word[1:] for word in words)
    hyphened = "-".join(part[:1].upper() + part[1:] for part in title.split("-"))
    forms = (phrase, phrase[:1].upper() + phrase[1:], title, hyphened, phrase.upper())
    return tuple(dict.fromkeys(forms))


def _rank(meaning: _Meaning) -> int:
    return -1 if meaning.kind is None else _PRIORITY[meaning.kind]


def _list_country(country: Country) -> Iterator[tuple[str, _Meaning]]:
    named = _Meaning("country", country.code, country.name, None)
    for name in country.names:
        yield plain_text(name), named
        if len(name) > 4 and name.isalpha():
            yield name.upper(), named
    for name in country.demonyms:
        yield plain_text(name), _Meaning("demonym", country.code, country.name, None)
    for seat in (country.capital, *country.capital_names):
        if seat and seat not in _AMBIGUOUS_CAPITALS:
            yield plain_text(seat), _Meaning("capital", country.code, country.name, None)
    for phrase in country.masks:
        yield plain_text(phrase), _Meaning(None, None, phrase, None)


def _list_leader(name: str, offices: list[Leader]) -> Iterator[tuple[str, _Meaning]]:
    latest = max(offices, key=lambda office: (office.until is None, str(office.since or ""), str(office.until or "")))
    full = _Meaning("leader", latest.country or None, name, latest.level)
    short = _Meaning("leader", latest.country or None, name, latest.level, is_surname=True)
    spellings = {spelling for office in offices for spelling in (office.name, *office.names)}
    families = {family for office in offices for family in office.families}
    for spelling in sorted(spellings | {fold_accents(spelling) for spelling in spellings}):
        yield plain_text(spelling), full if " " in spelling else short
    for family in sorted(families | {fold_accents(family) for family in families}):
        yield plain_text(family), short


def _keep_longest(found: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    kept: list[tuple[int, int, int]] = []
    for match in found:
        while kept and match[0] < kept[-1][1] and match[1] - match[0] > kept[-1][1] - kept[-1][0]:
            kept.pop()
        if not kept or match[0] >= kept[-1][1]:
            kept.append(match)
    return kept


def _is_part_of_a_name(plain: str, start: int, end: int, meaning: _Meaning, before: list[NameHit]) -> bool:
    """Whether a capitalised word that is no title stands right before, or a word of a company or a name right after."""
    word_before = _word_before(plain, start)
    if word_before and word_before[0].isupper() and not (before and before[-1].end == start - 1):
        if word_before.rstrip(".").lower() not in _OPENERS and not word_before.isupper():
            return True
    after = re.match(r" ([A-Z][\w.]*)", plain[end : end + 24])
    if after is None:
        return plain.startswith(", Jr", end)
    if meaning.kind == "leader":
        return after[1] in _COMPANY_WORDS
    return after[1][1:2].islower() and after[1] not in _TITLES_AFTER and after[1].lower() not in _OPENERS


# A country or capital may stand before these: "Turkey President ...", "London Mayor ...".
_TITLES_AFTER = frozenset(
    """President Prime Foreign Defense Defence Minister King Queen Premier Ambassador Government Parliament Deputy Vice
    Finance Interior Economy Oil Energy Trade Army Navy Mayor Governor Summit Agreement Accord Treaty Police Monday
    Tuesday Wednesday Thursday Friday Saturday Sunday""".split()
)


def _word_before(plain: str, start: int) -> str:
    """The word that ends right before `start`, parted by one space; empty if there is none."""
    if start < 2 or plain[start - 1] != " " or not (plain[start - 2].isalpha() or plain[start - 2] == "."):
        return ""
    return plain[max(0, start - 25) : start - 1].rsplit(None, 1)[-1] if plain[start - 2] != " " else ""


def _is_us_state(plain: str, start: int, end: int) -> bool:
    around = plain[max(0, start - _CONTEXT) : end + _CONTEXT]
    if re.match(r", (?:U\.S|US\b|USA)", plain[end : end + 6]):
        return True
    return _US_STATES.search(around) is not None and _CAUCASUS.search(plain) is None


def _is_other_congo(plain: str) -> bool:
    return _OTHER_CONGO.search(plain) is not None and _MAIN_CONGO.search(plain) is None
