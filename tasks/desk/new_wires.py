"""The `[[wire]]` entry of a feed that was found: its name, its id, and what was seen of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from tasks.catalog.layers import CatalogEntry, Layers
from tasks.catalog.opml import suggest_ids
from tasks.catalog.wire_entry import read_wire
from tasks.catalog.wire_text import Value, write_entry
from tasks.catalog.wires import WIRES_FILE
from tasks.core.errors import BadInput, CatalogBroken
from tasks.core.feed.finding import FeedFinding
from tasks.core.model import Failure, Feed
from tasks.edge.probing import Probe


@dataclass(frozen=True, slots=True)
class Wish:
    """A feed to be added, and what its user says of it."""

    feed: Feed
    id: str | None
    name: str | None
    lang: str | None
    zone: str | None


def name_wire(wish: Wish, finding: FeedFinding, taken: Collection[str]) -> tuple[str, str]:
    """Id and name of the new wire. Raises BadInput where the id that was given is taken."""
    host = urlsplit(wish.feed.url).hostname or ""
    name = wish.name or finding.title or host
    if wish.id is None:
        return next(ident for ident in suggest_ids(name, wish.feed.url) if ident not in taken), name
    if wish.id in taken:
        raise BadInput(f"The id {wish.id} is taken in the catalog; give another with --id.")
    return wish.id, name


def draft_wire(wish: Wish, probe: Probe, ident: str, name: str, today: date) -> str:
    """The entry in TOML; `today` is when its feed answered. Raises CatalogBroken where a value cannot be used."""
    found = None if isinstance(probe.finding, Failure) else probe.finding
    wants_money = isinstance(probe.page, Failure) and probe.page.kind in {"http_401", "http_402"}
    values: dict[str, Value | None] = {
        "id": ident,
        "name": name,
        "lang": wish.lang or (found.lang if found else None),
        "zone": wish.zone,
        "gives": "subscription" if wants_money else None,
        "checked": today,
        "url": probe.feed.url,
    }
    layers = Layers(())
    read_wire(layers, CatalogEntry(ident, {key: value for key, value in values.items() if value}, WIRES_FILE, "wire"))
    if layers.faults:
        raise CatalogBroken(layers.faults)
    return write_entry(values, f"Added by `dateline feeds add` on {today.isoformat()}, when it answered.")
