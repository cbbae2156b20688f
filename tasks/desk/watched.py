"""The feeds that a command means: by wire, feed or address, those that are off included where they are named."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.catalog.folders import lay_folders
from tasks.catalog.layers import Layers
from tasks.catalog.opml import suggest_ids
from tasks.catalog.wires import load_listed_wires
from tasks.core.address.forms import identity_url, redact_url, refuse_url
from tasks.core.errors import BadInput, CatalogBroken
from tasks.core.model import Feed, Wire
from tasks.settings import Settings


@dataclass(frozen=True, slots=True)
class Watched:
    """All wires of the catalog; `off` are the ids of those that are not watched."""

    wires: tuple[Wire, ...]
    off: frozenset[str]

    def feeds(self) -> tuple[Feed, ...]:
        """The feeds of the wires that are on."""
        return tuple(feed for wire in self.wires if wire.wire_id not in self.off for feed in wire.feeds)

    def find_address(self, url: str) -> tuple[Wire, Feed] | None:
        """The feed at an address, whatever scheme, `www.` or trailing slash it is written with."""
        wanted = identity_url(url)
        listed = ((wire, feed) for wire in self.wires for feed in wire.feeds)
        return next((pair for pair in listed if identity_url(pair[1].url) == wanted), None)

    def names(self) -> set[str]:
        """What is taken: the ids of wires and of feeds."""
        return {wire.wire_id for wire in self.wires} | {feed.feed_id for wire in self.wires for feed in wire.feeds}


def load_watched(settings: Settings) -> Watched:
    """The wires of the catalog in use. Raises CatalogBroken."""
    layers = Layers(lay_folders(settings.overlay, settings.catalog))
    wires, off = load_listed_wires(layers)
    if layers.faults:
        raise CatalogBroken(layers.faults)
    return Watched(wires, off)


def pick_feeds(watched: Watched, names: Sequence[str]) -> list[Feed]:
    """The feeds that the names mean, each once; all that are on where no name is given. Raises BadInput."""
    if not names:
        return list(watched.feeds())
    picked = [feed for name in names for feed in _pick(watched, name.strip())]
    return list({feed.url: feed for feed in picked}.values())


def feed_of_address(url: str) -> Feed:
    """A feed that is in no catalog, named after its host. Raises BadInput where the address cannot be asked."""
    reason = refuse_url(url)
    if reason is not None:
        raise BadInput(f"{redact_url(url)[:200]!r} is not asked: {reason}; write it as https://host/path.")
    ident = next(suggest_ids("", url))
    return Feed(ident, ident, url, None, "UTC", 600)


def _pick(watched: Watched, name: str) -> Sequence[Feed]:
    if "://" in name:
        known = watched.find_address(name)
        return (known[1],) if known else (feed_of_address(name),)
    for wire in watched.wires:
        if name.casefold() in {wire.wire_id.casefold(), wire.name.casefold()}:
            return wire.feeds
    feeds = [feed for wire in watched.wires for feed in wire.feeds if feed.feed_id == name]
    if not feeds:
        near = difflib.get_close_matches(name, sorted(watched.names()), n=1)
        meant = f"is {near[0]} meant?" if near else "`dateline feeds` lists them."
        raise BadInput(f"No wire and no feed is called {name!r}, and it is no address; {meant}")
    return feeds
