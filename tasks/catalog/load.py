"""Load the whole catalog from its layers, or raise all of its faults at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from tasks.catalog.alert_rules import load_alert_rules, load_channels
from tasks.catalog.folders import lay_folders
from tasks.catalog.knowledge import (
    load_countries,
    load_leaders,
    load_organisations,
    load_outlets,
    load_roles,
)
from tasks.catalog.layers import Layers
from tasks.catalog.places import load_cues, load_places
from tasks.catalog.rules import load_topics
from tasks.catalog.spoken_names import load_spoken_names
from tasks.catalog.wires import load_wires
from tasks.core.errors import CatalogBroken
from tasks.core.model import Catalog
from tasks.core.reading import READING_VERSION

# The files that change what a reading says. Addresses of feeds are not among them, the styles of datelines are.
READING_FILES = (
    "topics/**/*.toml",
    "plover.toml",
    "cues.toml",
    "places.csv",
    "countries.csv",
    "names/*.csv",
    "leaders.csv",
    "roles.toml",
    "organisations.toml",
    "outlets.toml",
)


def load_catalog(overlay: Path | None = None, replacement: Path | None = None) -> Catalog:
    """The catalog: the built-in one (or `replacement`) with the folder `overlay` laid over it where there is one.

    Raises CatalogBroken with every fault of every file.
    """
    layers = Layers(lay_folders(overlay, replacement))
    if replacement is not None and not replacement.is_dir():
        layers.fault(str(replacement), "folder", "does not exist", "correct DATELINE_CATALOG, or unset it")
    catalog = lay_catalog(layers)
    if layers.faults:
        raise CatalogBroken(layers.faults)
    return catalog


def lay_catalog(layers: Layers) -> Catalog:
    """The catalog of these layers without what is faulty; the faults go to `layers.faults`."""
    topics, suppressors = load_topics(layers)
    wires = load_wires(layers)
    countries, organisations = load_countries(layers), load_organisations(layers)
    files = layers.hashes(READING_FILES)
    alert_rules = load_alert_rules(layers, countries)
    return Catalog(
        wires=wires,
        topics=topics,
        suppressors=suppressors,
        countries=countries,
        places=load_places(layers),
        leaders=load_leaders(layers),
        roles=load_roles(layers),
        organisations=organisations,
        outlets=load_outlets(layers),
        cues=load_cues(layers),
        languages=frozenset(topic.lang for topic in topics),
        rules_version=hash_rules(files, ((wire.wire_id, wire.agency, wire.dateline) for wire in wires)),
        files=files,
        spoken_names=load_spoken_names(layers, countries, organisations),
        alert_rules=alert_rules,
        channels=load_channels(layers, alert_rules),
    )


def hash_rules(files: dict[str, str], datelines: Iterable[tuple[str | None, ...]]) -> str:
    """The rules version: 16 hex digits over the reader's version, the rule files and the styles of datelines."""
    styles = sorted(map(list, datelines), key=str)
    stated = json.dumps([READING_VERSION, sorted(files.items()), styles], ensure_ascii=False)
    return hashlib.sha256(stated.encode()).hexdigest()[:16]
