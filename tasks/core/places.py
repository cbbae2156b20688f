"""Places of a text from the curated gazetteer, with exact spans and the way each is used.

A capital that stands for its government ("Moscow and Washington agreed") is no place: it counts only where the words
around it locate something. Names that are ordinary words count only after a preposition. What the gazetteer adds to
the words of the text (a city's region and country) is listed in `inferred`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ahocorasick_rs import AhoCorasick, MatchKind

from tasks.core.model import Country, GazetteerPlace, Place

# How a place stands: `in` it, going `to` it, before a noun ("the Budapest summit"), or none of these.
PlaceUse = Literal["in", "to", "attributive", "bare"]


@dataclass(frozen=True, slots=True)
class PlaceHit:
    """A place in a text: `text == source[start:end]`. `inferred` lists fields of `place` that no word there says."""

    place: Place
    use: PlaceUse
    text: str
    start: int
    end: int
    inferred: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """What a spelling means."""

    place: Place
    is_capital: bool
    is_common: bool


_KIND_NOUNS = (
    r"(?:city|town|capital|resort|village|port|province|region|state|island|district|suburb|territory|emirate|kingdom"
    r"|republic|municipality|peninsula|hub|enclave|outskirts|prefecture|canton|county)"
)
_QUARTER = r"(?:north|south|east|west)(?:ern)?"
_ADJECTIVES = (
    r"(?:central|downtown|upper|lower|greater|historic|nearby|neighbou?ring|northeastern|northwestern|southeastern|southwestern"
    rf"|occupied|annexed|rainy|sunny|snowy|{_QUARTER}(?:[- ]{_QUARTER})?)"
)
_BETWEEN = (
    rf"(?:the\s+|its\s+|their\s+|his\s+|her\s+)?(?:(?:[\w’'-]+\s+){{0,3}}?{_KIND_NOUNS}"
    rf"(?:\s+{_KIND_NOUNS})?(?:\s+of)?(?:\s+the)?,?\s+|{_ADJECTIVES}\s+)*"
)
_IN = re.compile(
    rf"(?:^|(?<=[\s(\"“,—-]))(?:in|at|near|outside|around|inside|across|throughout|off)\s+{_BETWEEN}$", re.I
)
_IN_CITY = re.compile(rf"\b{_KIND_NOUNS}\s+of\s+(?:the\s+)?$")
_TO = re.compile(
    r"\b(?:visit(?:s|ed|ing)?|reach(?:es|ed)?|left|leaves|leaving|tour(?:s|ed|ing)?"
    r"|(?:travel|trip|trips|tour|visit|visits|fl(?:y|ies|ew|own|ying)|arriv|went|go(?:es|ing)?|head|return"
    r"|c[oa]m(?:e|es|ing)"
    r"|depart|journey|invit|left|leav|sen[dt]|mov|pilgrimage)\w*\b[^.;,]{0,40}\b(?:to|for|from))\s+" + _BETWEEN + "$",
    re.I,
)
_NOUN_AFTER = re.compile(
    r"\s(?:(?:peace|nuclear|trade|ceasefire|climate|security|planned|proposed|upcoming|leaders[’']|two-day|three-day"
    r"|technical|trilateral|bilateral|high-level|direct|indirect|Peace|Climate|Security)\s){0,2}"
    r"(?:[Ss]ummits?|[Tt]alks|[Mm]eetings?|[Nn]egotiations|[Cc]onference|[Rr]ound|[Ff]ormat)\b"
)
_LIST_GAP = re.compile(r"(?:,|/|,? and|,? or|,? then|,? in|,? and in)\s*(?:later\s+|then\s+|in\s+)?")
_NAME_BEFORE = re.compile(r"\b(?!In\b|At\b|Near\b|The\b|From\b|To\b|Of\b|And\b|With\b)[A-Z][a-zà-ÿ]+\s$")
_CAPITALISED_AFTER = re.compile(
    r"\s(?!Summit|Conference|Talks|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Region)[A-Z][a-zà-ÿ]+"
)
_COMMA_PLACE = re.compile(r",\s([A-Z][\w.’'-]*(?:\s(?:and\s)?[A-Z][\w.’'-]*){0,3})")
# Words that may stand right before a place that is located; only after these the longer expressions are tried.
_LAST_WORDS = re.compile(
    rf"(?:^|[\s(\"“,—-])(in|at|near|outside|around|inside|across|throughout|off|to|for|from|the|its|their|his|her|of"
    rf"|visit\w*|reach\w*|left|leav\w+|tour\w*|{_KIND_NOUNS}|{_ADJECTIVES}),?\s+$",
    re.I,
)
# After a country's short name that is also an adjective, these words show that it is not one.
_AFTER_SHORT = re.compile(
    r"\s(?:on|in|next|this|last|later|earlier|for|from|to|and|or|with|by|at|after|before|as|if|when|while|where|but"
    r"|is|was"
    r"|will|would|has|had|since|during|over|amid|ahead|between|until|today|tomorrow|yesterday|early|late)\b|\W*$"
    r"|[.,;:)”\"]"
)
_SHORT = frozenset(("US", "U.S.", "UK", "U.K.", "UAE", "U.A.E.", "EU", "E.U.", "DRC", "DPRK", "PRC"))
# The US state's name is first of all the country's: the state is read from "Ga." only.
_NEVER = frozenset(("Georgia",))
_PREPOSITIONS = frozenset(("in", "at", "near", "outside", "around", "inside", "across", "throughout", "off"))
_LOOK_BACK = 90


class PlaceIndex:
    """The gazetteer, compiled once. With `countries` their names and capitals are known as well."""

    def __init__(self, places: Iterable[GazetteerPlace], countries: Iterable[Country] = ()) -> None:
        countries = tuple(countries)
        capitals = {name for country in countries for name in (country.capital, *country.capital_names) if name}
        places = tuple(places)
        if not capitals:
            # The catalog writes the capitals first, one a country, before all other places.
            capitals = _first_cities(places)
        self._known: dict[str, _Known] = {}
        self._folded: dict[str, _Known] = {}
        self._regions: dict[str, _Known] = {}
        self._spelled: dict[str, str] = {}
        for place in sorted(places, key=lambda each: each.is_common):
            self._add_place(place, capitals)
        for country in countries:
            self._add_country(country)
        spellings = [name for name in self._known if name not in _NEVER and not name.endswith(".")]
        self._masks = {mask.replace("’", "'") for country in countries for mask in country.masks} - set(spellings)
        spellings += sorted(self._masks)
        self._automaton = AhoCorasick(spellings, matchkind=MatchKind.Standard) if spellings else None

    def find(self, text: str) -> tuple[PlaceHit, ...]:
        """All places of the text, in order and without overlaps; capitals that stand for governments are left out."""
        plain = text.replace("’", "'").replace("\u00a0", " ")
        hits: list[PlaceHit] = []
        for start, end in self._spans(plain):
            if plain[start:end] in self._masks or (hits and start < hits[-1].end):
                continue
            known = self._known[plain[start:end]]
            use = _read_use(plain, start, end, known, hits[-1] if hits else None)
            if use is not None:
                hits.append(self._build_hit(text, plain, start, end, known, use))
        return tuple(hits)

    def look_up(self, name: str) -> Place | None:
        """The place of this name, whatever its case; cities before regions before countries."""
        known = self._folded.get(fold_name(name))
        return known.place if known else None

    def spell(self, name: str) -> str | None:
        """The name as the gazetteer writes this spelling of it ("KIEV" gives "Kiev", not "Kyiv"); None if unknown."""
        return self._spelled.get(fold_name(name))

    def look_up_area(self, name: str) -> Place | None:
        """The region or country of this name ("Fla.", "Saudi Arabia"), whatever its case."""
        known = self._regions.get(fold_name(name))
        return known.place if known else None

    def _add_place(self, place: GazetteerPlace, capitals: set[str]) -> None:
        value = Place(place.name, place.region, place.country, place.precision)
        for name in (place.name, *place.aliases):
            plain = name.replace("’", "'")
            folded = fold_name(plain)
            known = _Known(value, name in capitals, place.is_common)
            self._known.setdefault(plain, known)
            self._folded.setdefault(folded, known)
            self._spelled.setdefault(folded, place.name if plain.isupper() else plain)
            if place.precision == "region":
                self._regions.setdefault(folded, known)

    def _add_country(self, country: Country) -> None:
        value = Place(country.name, None, country.code, "country")
        for name in country.names:
            plain = name.replace("’", "'")
            known = _Known(value, True, False)
            self._known.setdefault(plain, known)
            self._regions.setdefault(fold_name(plain), known)
            self._folded.setdefault(fold_name(plain), known)

    def _spans(self, plain: str) -> list[tuple[int, int]]:
        """Matches with word boundaries, the longest where they overlap."""
        if self._automaton is None:
            return []
        found: list[tuple[int, int]] = []
        for _, start, end in self._automaton.find_matches_as_indexes(plain, overlapping=True):
            if start and (plain[start - 1].isalnum() or plain[start - 1] in "-'@"):
                continue
            if end < len(plain) and plain[end].isalnum():
                continue
            found.append((start, end))
        found.sort(key=lambda span: (span[0], -span[1]))
        kept: list[tuple[int, int]] = []
        for span in found:
            if not kept or span[0] >= kept[-1][1]:
                kept.append(span)
        return kept

    def _build_hit(self, text: str, plain: str, start: int, end: int, known: _Known, use: PlaceUse) -> PlaceHit:
        """The hit with the region or country that is written right after it."""
        place = known.place
        written = {"country"} if place.precision == "country" else set()
        if place.precision != "country" and (area := self._area_after(plain, end)) is not None:
            outer, end = area
            if outer.precision == "country":
                same = outer.country == place.country
                place = Place(place.name, place.region if same else None, outer.country, place.precision)
                written.add("country")
            elif place.precision == "city":
                place = Place(place.name, outer.name, outer.country, place.precision)
                written.add("region")
        inferred = tuple(key for key in ("region", "country") if getattr(place, key) and key not in written)
        return PlaceHit(place, use, text[start:end], start, end, inferred)

    def _area_after(self, plain: str, end: int) -> tuple[Place, int] | None:
        match = _COMMA_PLACE.match(plain, end)
        if match is None:
            return None
        words = match[1]
        while words:
            if (area := self.look_up_area(words.rstrip(","))) is not None:
                return area, match.start(1) + len(words)
            if (area := self.look_up_area(words.rstrip("."))) is not None:
                return area, match.start(1) + len(words.rstrip("."))
            words = words.rpartition(" ")[0]
        return None


def fold_name(name: str) -> str:
    """A name as the index compares it: case folded, straight apostrophes, single spaces."""
    return " ".join(name.replace("’", "'").replace("‘", "'").casefold().split())


def _first_cities(places: tuple[GazetteerPlace, ...]) -> set[str]:
    """The names of each country's first city."""
    capitals: set[str] = set()
    seen: set[str | None] = set()
    for place in places:
        if place.precision == "city" and place.country not in seen:
            seen.add(place.country)
            capitals.update((place.name, *place.aliases))
    return capitals


def _read_use(plain: str, start: int, end: int, known: _Known, before: PlaceHit | None) -> PlaceUse | None:
    """How the place is used; None if the words around it do not make it a place."""
    is_owner = plain.startswith("'s", end)
    if (is_owner and known.place.precision == "country") or _is_adjective(plain, start, end, known):
        return None
    back = plain[max(0, start - _LOOK_BACK) : start]
    if (located := _read_preposition(back, known)) is not None:
        return located
    if before is not None and before.use in ("in", "to") and _LIST_GAP.fullmatch(plain[before.end : start]):
        return before.use
    if is_owner or known.is_common or known.place.precision == "country":
        return None
    return _read_bare(plain, back, end, known)


def _read_preposition(back: str, known: _Known) -> PlaceUse | None:
    """The use by the words before: `in` it, going `to` it."""
    last = _LAST_WORDS.search(back[-20:])
    if last is None:
        return None
    if last[1].lower() in _PREPOSITIONS or _IN.search(back) or _IN_CITY.search(back):
        return "in"
    return "to" if _TO.search(back) and not (known.is_common and "visit" not in back) else None


def _read_bare(plain: str, back: str, end: int, known: _Known) -> PlaceUse | None:
    """Without a preposition: before a noun of meeting, or a name that can only be a place."""
    if _NOUN_AFTER.match(plain, end) and not _NAME_BEFORE.search(back.removesuffix("the ")):
        return "attributive"
    if known.is_capital or _NAME_BEFORE.search(back) or _CAPITALISED_AFTER.match(plain, end):
        return None
    return "bare"


def _is_adjective(plain: str, start: int, end: int, known: _Known) -> bool:
    """Whether a country's short name belongs to the noun after it ("in the US president's car")."""
    if known.place.precision != "country" or plain[start:end] not in _SHORT:
        return False
    return _AFTER_SHORT.match(plain, end) is None
