"""The part of the catalog that topics need, loaded by itself: a fault elsewhere does not hide a fault here."""

from __future__ import annotations

from pathlib import Path

from tasks.catalog.folders import BUILT_IN
from tasks.catalog.knowledge import load_countries, load_leaders, load_organisations, load_outlets
from tasks.catalog.layers import Layers
from tasks.catalog.places import load_places
from tasks.catalog.rules import load_topics
from tasks.catalog.spoken_names import load_spoken_names
from tasks.core.errors import CatalogBroken
from tasks.core.model import Catalog


def load_rules(*overlays: Path) -> Catalog:
    """Topics, suppressors and all that names something; CatalogBroken with all their faults."""
    layers = Layers((BUILT_IN, *overlays))
    topics, suppressors = load_topics(layers)
    countries, organisations = load_countries(layers), load_organisations(layers)
    catalog = Catalog(
        wires=(),
        topics=topics,
        suppressors=suppressors,
        countries=countries,
        places=load_places(layers),
        leaders=load_leaders(layers),
        roles=(),
        organisations=organisations,
        outlets=load_outlets(layers),
        cues={},
        languages=frozenset(topic.lang for topic in topics),
        rules_version="",
        spoken_names=load_spoken_names(layers, countries, organisations),
    )
    if layers.faults:
        raise CatalogBroken(layers.faults)
    return catalog
