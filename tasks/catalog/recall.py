"""The catalog as it was last read: files that have not changed since are not parsed again.

catalog files, code, Python  --name-->  __pycache__/catalog-<name>.pickle  -->  Catalog

To parse 10,000 lines of TOML and CSV takes a quarter of the start of `dateline read`, to read the result back a tenth
of that (measured). It is kept beside the bytecode of this package and is as much or as little to be trusted; it may be
deleted at any time, and where it cannot be written every start parses.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from collections.abc import Iterable
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path

from tasks.catalog.folders import BUILT_IN, lay_folders
from tasks.core.model import Catalog

_CODE = (BUILT_IN, BUILT_IN.parent / "core")  # what parses the files, and what the catalog is made of
_KEPT = Path(cache_from_source(__file__)).parent
_KEEPS = 4  # catalogs: with a home's own folder laid over and without, before and after an edit


def recall_catalog(overlay: Path | None = None, replacement: Path | None = None) -> Catalog:
    """The same as `load_catalog`, parsed only if the files, the code or Python are not those of a kept one.

    Raises CatalogBroken with every fault of every file.
    """
    place = _KEPT / f"catalog-{_name_catalog(lay_folders(overlay, replacement))}.pickle"
    kept = _read_kept(place)
    if kept is not None:
        return kept
    from tasks.catalog.load import load_catalog

    catalog = load_catalog(overlay, replacement)
    if not sys.dont_write_bytecode:
        _keep(catalog, place)
    return catalog


def _name_catalog(folders: Iterable[Path]) -> str:
    """20 hex digits over Python, the stamps of the code and the bytes of the catalog's files, layer by layer."""
    told = hashlib.sha256(sys.version.encode())
    for code in _CODE:
        for path in sorted(code.rglob("*.py")):
            stat = path.stat()
            told.update(f"\n{path} {stat.st_size} {stat.st_mtime_ns}".encode())
    for folder in folders:
        told.update(f"\n{folder}".encode())
        files = (path for path in folder.rglob("*") if path.suffix in (".toml", ".csv") and path.is_file())
        for path in sorted(files):
            told.update(f"\n{path} ".encode() + hashlib.sha256(path.read_bytes()).digest())
    return told.hexdigest()[:20]


def _read_kept(place: Path) -> Catalog | None:
    try:
        kept = pickle.loads(place.read_bytes())  # noqa: S301 - ours, in the folder of this package's own bytecode
    except Exception:  # noqa: BLE001 - absent, torn or of another shape: whatever is wrong with it, the files are there
        return None
    return kept if isinstance(kept, Catalog) else None


def _keep(catalog: Catalog, place: Path) -> None:
    """Put the parsed catalog beside the bytecode in one step, and drop the oldest of the others."""
    half = place.with_suffix(f".{os.getpid()}.part")
    with suppress(OSError):
        place.parent.mkdir(exist_ok=True)
        half.write_bytes(pickle.dumps(catalog, pickle.HIGHEST_PROTOCOL))
        half.replace(place)
        others = sorted(_KEPT.glob("catalog-*.pickle"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
        for old in others[_KEEPS:]:
            old.unlink(missing_ok=True)
