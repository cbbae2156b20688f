"""The catalog mirrored into the lake, so that SQL can join it: a fact for each change, nothing when nothing changed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from tasks.core.address.forms import redact_url
from tasks.core.model import Catalog
from tasks.core.reading import READING_VERSION
from tasks.edge.lake.write import LakeWriter, Row, fetch_rows

_LATEST = {"wire_facts": "wire_id", "feed_facts": "feed_id", "topic_definition_facts": "topic"}


def mirror_catalog(lake: LakeWriter, catalog: Catalog, now: datetime, *, is_whole: bool = True) -> None:
    """Append what the catalog says differently from the lake's latest word.

    Wires that are missing are switched off in the lake only where the catalog `is_whole` (not a file of other feeds).
    """
    rules = {
        "rules_version": catalog.rules_version,
        "recorded_at": now,
        "reading_version": READING_VERSION,
        "files": json.dumps(dict(catalog.files), sort_keys=True),
    }
    lake.append("rule_facts", [rules])
    for table, rows in (
        ("wire_facts", _wire_rows(catalog)),
        ("feed_facts", _feed_rows(catalog)),
        ("topic_definition_facts", _topic_rows(catalog)),
    ):
        _append_changes(lake, table, list(rows), now, is_whole=is_whole)


def _append_changes(lake: LakeWriter, table: str, rows: list[Row], now: datetime, *, is_whole: bool) -> None:
    key = _LATEST[table]
    statement = f"select * from {table} qualify row_number() over (partition by {key} order by recorded_at desc) = 1"  # noqa: S608 - a table of this module
    latest = {row[key]: row for row in fetch_rows(lake.connection, statement)}
    changed: list[Row] = [
        {**row, "recorded_at": now}
        for row in rows
        if any(latest.get(row[key], {}).get(column) != value for column, value in row.items())
    ]
    named = {row[key] for row in rows}
    gone: list[Row] = [
        {**row, "is_enabled": False, "recorded_at": now}
        for ident, row in latest.items()
        if is_whole and ident not in named and row["is_enabled"]
    ]
    lake.append(table, changed + gone)


def _wire_rows(catalog: Catalog) -> Iterable[Row]:
    for wire in catalog.wires:
        parts = (
            "wire_id", "name", "country", "region", "ownership", "tier", "lang", "agency", "gives", "checked", "floor",
        )  # fmt: skip
        yield {**{part: getattr(wire, part) for part in parts}, "is_enabled": True}


def _feed_rows(catalog: Catalog) -> Iterable[Row]:
    for wire in catalog.wires:
        for feed in wire.feeds:
            parts = ("feed_id", "wire_id", "lang", "every_s")
            yield {**{part: getattr(feed, part) for part in parts}, "url": redact_url(feed.url), "is_enabled": True}


def _topic_rows(catalog: Catalog) -> Iterable[Row]:
    seen: set[str] = set()
    for topic in catalog.topics:
        if topic.topic not in seen:
            seen.add(topic.topic)
            parts = ("topic", "label", "definition", "iptc", "plover")
            yield {**{part: getattr(topic, part) for part in parts}, "is_enabled": True}
