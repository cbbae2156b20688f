"""Names of states and organisations in languages other than English, from `names/<language>.csv`.

Columns: `id` (alpha-3, or the name of an organisation in organisations.toml), `names`, `people` (adjectives and what
its people are called; in small letters where the language writes them so) and `capital`. The names in English stand
in countries.csv and organisations.toml, with all else that is known of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from tasks.catalog.layers import CatalogEntry, Layers
from tasks.core.model import Country, NameKind, Organisation, SpokenName

NAME_FILES = "names/*.csv"

_COLUMNS: dict[str, NameKind] = {"names": "country", "people": "people", "capital": "capital"}


def load_spoken_names(
    layers: Layers, countries: Iterable[Country], organisations: Iterable[Organisation]
) -> tuple[SpokenName, ...]:
    """All names of all languages, in the order of the files; a row of what nobody knows is a fault."""
    codes = {country.code for country in countries}
    values = {organisation.name: organisation.code or organisation.name for organisation in organisations}
    found: list[SpokenName] = []
    for file in layers.files(NAME_FILES):
        lang = PurePosixPath(file).stem
        for entry in layers.rows(file):
            if entry.id in codes:
                found += _name_state(entry, lang)
            elif entry.id in values:
                found += _spell(entry, "names", SpokenName(lang, "", "organisation", values[entry.id]))
            else:
                told = "is neither a country of countries.csv nor an organisation of organisations.toml"
                layers.fault(entry.file, entry.where(), told, "correct the id")
    return tuple(found)


def _name_state(entry: CatalogEntry, lang: str) -> Iterator[SpokenName]:
    for column, kind in _COLUMNS.items():
        yield from _spell(entry, column, SpokenName(lang, "", kind, entry.id))


def _spell(entry: CatalogEntry, column: str, name: SpokenName) -> Iterator[SpokenName]:
    for spelling in str(entry.values.get(column, "")).split(";"):
        if spelling.strip():
            yield SpokenName(name.lang, spelling.strip(), name.kind, name.value)
