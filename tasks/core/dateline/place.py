"""The places of a dateline's head: cities, a region or country after the last of them, and what the gazetteer adds."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.core.model import Place
from tasks.core.places import PlaceIndex

_PARTICLES = frozenset(
    (
        "of",
        "the",
        "de",
        "del",
        "della",
        "da",
        "do",
        "dos",
        "das",
        "di",
        "la",
        "las",
        "le",
        "les",
        "el",
        "al",
        "an",
        "am",
    )
) | frozenset(("im", "ob", "der", "und", "on", "upon", "sur", "y", "e", "and", "in", "near", "san"))
# Words with which a sentence, not a place, begins.
_NO_PLACE = frozenset(
    ("On", "In", "At", "By", "From", "Since", "Until", "After", "Before", "For", "As", "A", "An", "It", "He")
)
# Written small inside a name that is given in capitals; "El Paso" and "La Paz" begin with theirs.
_SMALL_INSIDE = frozenset(
    ("of", "the", "de", "del", "da", "do", "dos", "das", "di", "on", "upon", "sur", "au", "al", "el", "am")
)
_WORD = re.compile(r"[A-ZÀ-ÖØ-ÞŁŚŞŻŽČĆĐİ'’‘][\w.'’‘-]*")
_REGION_IN_SLASHES = re.compile(r"(.+?)\s*/\s?([^/]+?)\s?/$")
_BRACKETS = re.compile(r"(.+?)\s*[\[(]([^\])]+)[\])]$")
# The slash belongs to the name of one city.
_ONE_CITY = re.compile(r"\b(Frankfurt)\s?/\s?(Main|Oder)\b|\b(Halle)\s?/\s?(Saale)\b", re.I)
_UN_SEAT = frozenset(("united nations", "u.n.", "un headquarters", "u.n. headquarters"))
_MAX_CHARS = 70
_MAX_WORDS = 5


@dataclass(frozen=True, slots=True)
class Located:
    """Cities as written, the region and country as written or from the gazetteer."""

    cities: tuple[str, ...]
    region: str | None
    country: str | None
    is_country_inferred: bool


@dataclass(frozen=True, slots=True)
class HeadPlace:
    """The words of a head's places: `areas` follow the city of the same number after a comma."""

    cities: tuple[str, ...]
    areas: tuple[tuple[str, ...], ...]
    is_upper: bool

    def locate(self, places: PlaceIndex) -> Located:
        """What the words mean: one country only where all cities lie in it."""
        cities: list[str] = []
        region: str | None = None
        countries: list[tuple[str | None, bool]] = []
        for words, areas in zip(self.cities, self.areas, strict=True):
            more, at, country, is_written = _locate_city(words, areas, places)
            cities += more
            region = at or region
            countries.append((country, is_written))
        codes = {code for code, _ in countries}
        code = codes.pop() if len(codes) == 1 else None
        is_inferred = code is not None and not any(written for _, written in countries)
        return Located(tuple(cities), region if len(self.cities) == 1 else None, code, is_inferred)


def read_head_place(words: str) -> HeadPlace | None:
    """The places of a head, or None where the words cannot be a list of places."""
    words = " ".join(words.split())
    if not words or len(words) > _MAX_CHARS:
        return None
    words, region = _split_region(words)
    marked = _ONE_CITY.sub(lambda match: match.group().replace("/", "\0"), words)
    cities: list[str] = []
    areas: list[tuple[str, ...]] = []
    for part in re.split(r"\s*/\s*|\s+and\s+(?=[A-Z]{3})|\s?;\s?", marked):
        names = [name.strip() for name in part.split(",")]
        if not all(_is_name(name.replace("\0", " ")) for name in names):
            return None
        names = [name.replace("\0", "/") for name in names]
        cities.append(names[0])
        areas.append(tuple(names[1:]))
    if region:
        areas[-1] = (*areas[-1], region)
    return HeadPlace(tuple(cities), tuple(areas), all(_is_capitals(city) for city in cities))


def spell_name(words: str) -> str:
    """A name in capitals as a name is written: `DEIR AL-BALAH` gives `Deir al-Balah`; mixed case stays."""
    if not _is_capitals(words):
        return words
    spelled = [_spell_word(word, is_first=index == 0) for index, word in enumerate(words.split(" "))]
    return " ".join(spelled)


def _split_region(words: str) -> tuple[str, str | None]:
    """`SOCHI /Krasnodar Region/` and `New Delhi [India]` give the city and what lies in the marks."""
    match = _REGION_IN_SLASHES.fullmatch(words) or _BRACKETS.fullmatch(words)
    return (match[1], match[2]) if match and _is_name(match[2]) else (words, None)


def _is_name(words: str) -> bool:
    """Whether the words can be the name of one place: up to five, capitalised, particles aside."""
    parts = words.split()
    if not parts or len(parts) > _MAX_WORDS or not _WORD.match(parts[0]) or parts[0] in _NO_PLACE:
        return False
    return all(_WORD.fullmatch(part) or part.lower() in _PARTICLES for part in parts) and any(map(str.isalpha, words))


def _is_capitals(words: str) -> bool:
    letters = [char for char in words if char.isalpha()]
    capitals = sum(char.isupper() for char in letters)
    return len(letters) > 1 and (capitals == len(letters) or (capitals > 4 and capitals * 10 >= len(letters) * 8))


def _spell_word(word: str, *, is_first: bool) -> str:
    parts = re.split(r"([-'’])", word.lower())
    for index in range(0, len(parts), 2):
        is_inside = index > 0 or not is_first
        after_apostrophe = index > 0 and parts[index - 1] in "'’"
        if is_inside and parts[index] in _SMALL_INSIDE:
            continue
        if after_apostrophe and parts[index - 2] not in ("o", "d", "l", "n"):
            continue
        parts[index] = parts[index][:1].upper() + parts[index][1:]
    return "".join(parts)


def _locate_city(
    words: str, areas: tuple[str, ...], places: PlaceIndex
) -> tuple[list[str], str | None, str | None, bool]:
    """Cities (the areas may hold a second one), region, country, and whether the country is written."""
    region: str | None = None
    written: str | None = None
    cities = [words]
    for area in areas:
        known = _look_up_area(area, places)
        if known is not None and known.precision == "country":
            written = known.country
        elif known is not None:
            region, written = known.name, written
        elif (city := places.look_up(area)) is not None and city.precision == "city":
            cities.append(area)
        else:
            region = spell_name(area)
    known_places = [places.look_up(city) for city in cities]
    if len(cities) == 1 and not areas and _is_area(known_places[0]):
        return _locate_area(known_places[0], words)
    country = written or _region_country(areas, places) or _shared_country(known_places)
    spelled = [places.spell(city) or spell_name(city) for city in cities]
    if words.lower() in _UN_SEAT:
        country = None
    return spelled, region, country, written is not None


def _look_up_area(area: str, places: PlaceIndex) -> Place | None:
    """The area, also where the full stop of an abbreviation was taken for the end of the head ("Pa")."""
    return places.look_up_area(area) or places.look_up_area(f"{area}.")


def _is_area(place: Place | None) -> bool:
    return place is not None and place.precision != "city"


def _locate_area(place: Place | None, words: str) -> tuple[list[str], str | None, str | None, bool]:
    """A head that names a region or a country only."""
    if place is None:
        return [words], None, None, False
    if place.precision == "country":
        return [], None, place.country, True
    return [], place.name, place.country, False


def _shared_country(known: list[Place | None]) -> str | None:
    codes = {place.country if place else None for place in known}
    return codes.pop() if len(codes) == 1 else None


def _region_country(areas: tuple[str, ...], places: PlaceIndex) -> str | None:
    for area in areas:
        known = _look_up_area(area, places)
        if known is not None:
            return known.country
    return None
