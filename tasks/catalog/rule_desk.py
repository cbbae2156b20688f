"""What all readers of topic rules share: where entries stand, which language they are for, and where faults go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tasks.catalog.layers import CatalogEntry, Layers
from tasks.catalog.lines import find_line

OWN_LANG = "en"  # of rules in files of no language, such as those of an analyst

_LANG = re.compile(r"[a-z]{2,3}")
Keys = Mapping[str, type | tuple[type, ...]]


@dataclass(frozen=True, slots=True)
class RuleDesk:
    """The layers, and the named word lists of each language that phrases may use as `@list` and `{list}`.

    `known` are the topics that stand, `off` those that are switched off, `plover` the categories by topic.
    """

    layers: Layers
    contexts: Mapping[tuple[str, str], str] = field(default_factory=dict)  # by language and id
    known: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()
    plover: Mapping[str, str] = field(default_factory=dict)

    def report(self, entry: CatalogEntry, problem: str, mend: str, words: str = "") -> None:
        """Note a fault of an entry, with the line that holds the `words`, or else the entry's first line."""
        line = find_line(self.layers, entry.file, (entry.kind, entry.id), words)
        self.layers.fault(entry.file, entry.where(), problem, mend, line=line.number if line else None)

    def check_keys(self, entry: CatalogEntry, keys: Keys) -> bool:
        """Whether all values are of the right type; reports each that is not, and each key that is unknown."""
        is_sound = True
        for key, value in entry.values.items():
            if key not in keys:
                self.report(entry, f"has the unknown key {key}", f"use one of {', '.join(keys)}", key)
            elif not isinstance(value, keys[key]) or (isinstance(value, bool) and keys[key] is not bool):
                told = f"has {key} = {value!r}, which is of the wrong type"
                self.report(entry, told, f"see {key} in README.md", key)
                is_sound = False
        return is_sound

    def check_ids(self, entries: Iterable[CatalogEntry]) -> None:
        """Report each id that stands in two files of one language."""
        seen: dict[tuple[str, str], str] = {}
        for entry in entries:
            key = (file_lang(entry.file) or "", entry.id)
            if key in seen:
                self.report(entry, f"stands also in {seen[key]}", "rename or remove one of the two")
            seen[key] = entry.file

    def need_text(self, entry: CatalogEntry, key: str) -> str:
        """A text that must not be empty."""
        value: str = entry.values.get(key, "")
        if not value.strip():
            self.report(entry, f"has no {key}", f"give it a text for {key}", key)
        return value.strip()

    def read_number(self, entry: CatalogEntry, key: str, default: float, most: float, *, least: float = 0.1) -> float:
        """A number within its bounds; reports one that is not."""
        value: Any = entry.values.get(key, default)
        if not least <= value <= most:
            told = f"has {key} = {value}, out of range"
            self.report(entry, told, f"use a number from {least:g} to {most:g}", key)
        return float(value)


def file_lang(name: str) -> str | None:
    """The language of a file of rules: `topics/ru/words.toml` is Russian; None where it lies in topics/ itself."""
    parts = name.split("/")
    return parts[1] if len(parts) > 2 else None


def entry_lang(entry: CatalogEntry) -> str:
    """The language that the words of an entry are in: its folder's, else what it says itself, else English."""
    return file_lang(entry.file) or str(entry.values.get("lang", OWN_LANG))


def lay_own_over(entries: Iterable[CatalogEntry]) -> list[CatalogEntry]:
    """Word lists or suppressors that stand: those of files of no language laid over those of their language."""
    laid: dict[tuple[str, str], CatalogEntry] = {}
    for entry in sorted(entries, key=lambda each: file_lang(each.file) is None):
        known = laid.get((entry_lang(entry), entry.id))
        values = {**known.values, **entry.values} if known else entry.values
        laid[entry_lang(entry), entry.id] = replace(entry, values=values)
    return [entry for entry in laid.values() if entry.values.get("enabled", True)]


def check_place(layers: Layers, name: str) -> None:
    """Report a file that lies in a folder which is no language, or deeper."""
    parts = name.split("/")
    if len(parts) > 3 or (len(parts) == 3 and not _LANG.fullmatch(parts[1])):
        layers.fault(
            name, "file", "lies in no folder of a language", "move it to topics/, or to one such as topics/ru/"
        )
