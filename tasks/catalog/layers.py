"""The catalog's files in layers: the built-in folder, and the user's own folder laid over it.

A TOML file of the catalog holds arrays of tables (`[[wire]]`), each entry with an `id`. The overlay may hold a file of
the same name: an entry with a known id changes only the keys that it names, `enabled = false` switches one off, and a
new id is added. A CSV file works the same way, with the column `id`.
"""

from __future__ import annotations

import csv
import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tasks.core.errors import Fault


@dataclass(frozen=True, slots=True)
class CatalogEntry:
    """One table of a catalog file. `where` names the file and entry for messages; `own` is what the overlay named."""

    id: str
    values: dict[str, Any]
    file: str
    kind: str
    own: frozenset[str] = frozenset()

    def where(self) -> str:
        """The entry as a message names it: `wire[tass]`."""
        return f"{self.kind}[{self.id}]"


@dataclass(slots=True)
class Layers:
    """Folders in order, the later laid over the earlier, and every fault met while reading them."""

    folders: tuple[Path, ...]
    faults: list[Fault] = field(default_factory=list)
    _documents: dict[Path, dict[str, Any]] = field(default_factory=dict)

    def files(self, pattern: str) -> list[str]:
        """Relative names that match `pattern` in any layer, sorted."""
        found = {path.relative_to(folder).as_posix() for folder in self.folders for path in folder.glob(pattern)}
        return sorted(found)

    def entries(self, name: str, kind: str, needs_id: bool = True) -> list[CatalogEntry]:
        """The `[[kind]]` entries of one TOML file after laying the layers over each other, in order of first sight."""
        return [entry for entry in self.all_entries(name, kind, needs_id) if entry.values.get("enabled", True)]

    def all_entries(self, name: str, kind: str, needs_id: bool = True) -> list[CatalogEntry]:
        """The same with the entries that are switched off."""
        merged: dict[str, CatalogEntry] = {}
        for depth, folder in enumerate(self.folders):
            for number, table in enumerate(self._tables(folder / name, name, kind)):
                self._lay(merged, table, name, kind, number, is_overlay=depth > 0, needs_id=needs_id)
        return list(merged.values())

    def named(self, name: str, kind: str) -> list[CatalogEntry]:
        """The top-level tables of one TOML file by their names, laid over each other in the same way."""
        merged: dict[str, CatalogEntry] = {}
        for depth, folder in enumerate(self.folders):
            path = folder / name
            for number, (ident, table) in enumerate(self.document(path).items() if path.is_file() else ()):
                if isinstance(table, dict):
                    self._lay(merged, {**table, "id": ident}, name, kind, number, is_overlay=depth > 0, needs_id=True)
                else:
                    self.fault(name, ident, "stands outside a table", f"write it under the name of a {kind}: [desk]")
        return [entry for entry in merged.values() if entry.values.get("enabled", True)]

    def rows(self, name: str) -> list[CatalogEntry]:
        """The rows of one CSV file (column `id`), laid over each other in the same way; empty cells are left out."""
        merged: dict[str, CatalogEntry] = {}
        for depth, folder in enumerate(self.folders):
            for number, table in enumerate(self._csv(folder / name, name)):
                self._lay(merged, table, name, "row", number, is_overlay=depth > 0, needs_id=True)
        return [entry for entry in merged.values() if str(entry.values.get("enabled", "true")).lower() != "false"]

    def document(self, path: Path) -> dict[str, Any]:
        """One TOML file, parsed once; an empty one where it is not TOML, which is noted."""
        if path not in self._documents:
            try:
                self._documents[path] = tomllib.loads(path.read_text(encoding="utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                self.fault(str(path), "file", f"is not valid TOML: {error}", "correct the line that the message names")
                self._documents[path] = {}
        return self._documents[path]

    def fault(self, file: str, key: str, problem: str, mend: str, line: int | None = None) -> None:
        """Note a fault; the loader raises all of them at once."""
        self.faults.append(Fault(file, key, problem, mend, line))

    def hashes(self, patterns: Iterable[str]) -> dict[str, str]:
        """SHA-256 of each matching file in each layer, keyed by `layer/name`, for the rules version."""
        digests: dict[str, str] = {}
        for depth, folder in enumerate(self.folders):
            for pattern in patterns:
                for path in sorted(folder.glob(pattern)):
                    name = f"{depth}/{path.relative_to(folder).as_posix()}"
                    digests[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        return digests

    def _lay(
        self,
        merged: dict[str, CatalogEntry],
        table: dict[str, Any],
        file: str,
        kind: str,
        number: int,
        *,
        is_overlay: bool,
        needs_id: bool,
    ) -> None:
        ident = str(table.get("id", "")).strip()
        if not ident and needs_id:
            self.fault(file, f"{kind} {number + 1}", "has no id", 'give it one, such as id = "tass"')
            return
        ident = ident or f"{number}"
        known = merged.get(ident)
        if known is not None and not is_overlay:
            self.fault(file, f"{kind}[{ident}]", "this id stands twice", "rename or remove one of the two")
            return
        base = known.values if known else {}
        own = frozenset(table) if is_overlay else frozenset()
        merged[ident] = CatalogEntry(ident, {**base, **table}, file, kind, own)

    def _tables(self, path: Path, name: str, kind: str) -> list[dict[str, Any]]:
        if not path.is_file():
            return []
        tables = self.document(path).get(kind, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self.fault(name, kind, "is not a list of tables", f"write each entry under [[{kind}]]")
            return []
        return tables

    def _csv(self, path: Path, name: str) -> list[dict[str, Any]]:
        if not path.is_file():
            return []
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
        if rows and "id" not in rows[0]:
            self.fault(name, "header", "has no column id", "name the first column id")
            return []
        return [{key: cell.strip() for key, cell in row.items() if key and cell and cell.strip()} for row in rows]
