"""Which wires are watched: the catalog's `wires.toml`, or a file of the user's own (the same TOML, or OPML).

    [[wire]]                                 id and one address are all that is needed
    id = "tass"
    feeds = [{ id = "tass-world", url = "https://tass.com/rss/v2.xml", every = "5m" }]

`wire_entry.py` says what each key means and which values it takes; faults are collected, and raised all at once.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tasks.catalog.layers import Layers
from tasks.catalog.opml import looks_like_opml, read_opml
from tasks.catalog.wire_entry import read_wire
from tasks.core.errors import BadInput, CatalogBroken
from tasks.core.model import Wire

WIRES_FILE = "wires.toml"


def load_wires(layers: Layers) -> tuple[Wire, ...]:
    """The wires of wires.toml in the order of the file; faults go to `layers.faults`."""
    return _read_wires(layers, WIRES_FILE)


def load_listed_wires(layers: Layers) -> tuple[tuple[Wire, ...], frozenset[str]]:
    """All wires of wires.toml, also those that are off, and the ids of these; faults go to `layers.faults`."""
    entries = layers.all_entries(WIRES_FILE, "wire")
    read = [read_wire(layers, entry) for entry in entries]
    off = frozenset(entry.id for entry in entries if not entry.values.get("enabled", True))
    return tuple(wire for wire in read if wire is not None), off


def load_wires_file(path: Path) -> tuple[Wire, ...]:
    """The wires of one file: `[[wire]]` entries of TOML, or an OPML list of subscriptions.

    Raises BadInput where the file cannot be read or names no feed, CatalogBroken with every fault of its entries.
    """
    try:
        body = path.read_bytes()
    except OSError as error:
        raise BadInput(
            f"The feeds file {path} cannot be read ({error.strerror or error}); give a TOML or OPML file."
        ) from error
    layers = Layers((path.parent,))
    wires = read_opml(body, layers, path.name) if looks_like_opml(body) else _read_wires(layers, path.name)
    if layers.faults:
        raise CatalogBroken(layers.faults)
    if not any(wire.feeds for wire in wires):
        raise BadInput(f"The feeds file {path} names no feed; write [[wire]] entries as in tasks/catalog/wires.toml.")
    return wires


def _read_wires(layers: Layers, name: str) -> tuple[Wire, ...]:
    _check_kinds(layers, name)
    read = [read_wire(layers, entry) for entry in layers.entries(name, "wire")]
    wires = tuple(wire for wire in read if wire is not None)
    _check_unique(layers, name, wires)
    return wires


def _check_kinds(layers: Layers, name: str) -> None:
    """A misspelt `[[wires]]` would be passed over in silence otherwise; broken TOML is reported by the layers."""
    for folder in layers.folders:
        path = folder / name
        for kind in (layers.document(path).keys() if path.is_file() else set()) - {"wire"}:
            layers.fault(name, kind, "is not known here", "write each wire under [[wire]]")


def _check_unique(layers: Layers, name: str, wires: tuple[Wire, ...]) -> None:
    """No two feeds may share an id, by which items are known; an address given twice would tell everything twice."""
    feeds = [feed for wire in wires for feed in wire.feeds]
    for ident, count in Counter(feed.feed_id for feed in feeds).items():
        if count > 1:
            layers.fault(name, f"feed {ident}", f"this id is given to {count} feeds", "rename all but one of them")
    for url, count in Counter(feed.url for feed in feeds).items():
        if count > 1:
            layers.fault(name, url, f"this address stands {count} times", "keep one of them")
