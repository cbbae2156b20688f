"""The gazetteer (places.csv) and the cues of meetings (cues.toml).

A faulty row is left out and its fault noted in `layers.faults`, with the file, the entry, the cause and the mend.
Cells of places.csv that hold several values part them with `|`.
"""

from __future__ import annotations

from typing import Literal

from tasks.catalog.layers import CatalogEntry, Layers
from tasks.core.model import GazetteerPlace

PLACES_FILE = "places.csv"
CUES_FILE = "cues.toml"


def load_places(layers: Layers) -> tuple[GazetteerPlace, ...]:
    """The places of places.csv, in the order of the file."""
    return tuple(place for entry in layers.rows(PLACES_FILE) if (place := _read_place(layers, entry)))


def load_cues(layers: Layers) -> dict[str, tuple[str, ...]]:
    """The phrases of each `[[cue]]` of cues.toml, by its id."""
    cues: dict[str, tuple[str, ...]] = {}
    for entry in layers.entries(CUES_FILE, "cue"):
        phrases = entry.values.get("phrases")
        if not isinstance(phrases, list) or not phrases or not all(isinstance(phrase, str) for phrase in phrases):
            layers.fault(
                CUES_FILE, entry.where(), "has no list of phrases", 'write phrases = ["called off", "scrapped"]'
            )
            continue
        if wrong := [phrase for phrase in phrases if not phrase.strip()]:
            layers.fault(CUES_FILE, entry.where(), f"has {len(wrong)} empty phrases", "remove them")
        cues[entry.id] = tuple(dict.fromkeys(phrase.strip() for phrase in phrases if phrase.strip()))
    return cues


def _read_place(layers: Layers, entry: CatalogEntry) -> GazetteerPlace | None:
    values = entry.values
    name, country = values.get("name"), values.get("country")
    precision = _read_precision(values.get("precision"))
    if not name:
        layers.fault(PLACES_FILE, entry.where(), "has no name", "write the name in the column name")
        return None
    if precision is None:
        layers.fault(PLACES_FILE, entry.where(), "has no precision", "write city or region in the column precision")
        return None
    if country is not None and not (len(country) == 3 and country.isupper()):
        layers.fault(PLACES_FILE, entry.where(), f"has the country {country!r}", "write its alpha-3 code, such as CHE")
        return None
    aliases = tuple(alias.strip() for alias in str(values.get("aliases", "")).split("|") if alias.strip())
    is_common = str(values.get("common", "")).lower() == "true"
    return GazetteerPlace(name, aliases, values.get("region"), country, precision, is_common)


def _read_precision(value: object) -> Literal["city", "region"] | None:
    if value == "city":
        return "city"
    return "region" if value == "region" else None
