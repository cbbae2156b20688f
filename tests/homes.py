"""A home with a real lake for tests, passes over it at any time, and stories that tell of given meetings.

To make a lake takes seconds, so it is made once in a run of the tests, and each test works on a copy.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from tasks.core.model import Article, Catalog, Country, Item, LedgerClaim, Mention, Reading, Wire
from tasks.core.stages import ReadChunk, StoreReport
from tasks.edge.lake.adhoc import ask, connect_adhoc
from tasks.edge.lake.attach import LakeAddress, locate_lake
from tasks.edge.passes import PassRun
from tasks.edge.storing import store_chunk
from tasks.settings import read_settings
from tests import lake_profile
from tests.lakes import make_lake

_NAMES = {"ECU": "Ecuador", "PAN": "Panama", "COL": "Colombia", "EGY": "Egypt", "ETH": "Ethiopia", "CHE": "Switzerland"}
COUNTRIES = tuple(Country(code, name, (name,), (), None) for code, name in _NAMES.items())
WIRES = tuple(
    Wire(wire_id, name, None, None, "en", None, "UTC", None, "full text", None, None, ())
    for wire_id, name in {"norvik": "Norvik Press", "meridian": "Meridian Wire", "lumen": "Agence Lumen"}.items()
)
CATALOG = Catalog(
    wires=WIRES,
    topics=(),
    suppressors=(),
    countries=COUNTRIES,
    places=(),
    leaders=(),
    roles=(),
    organisations=(),
    outlets=(),
    cues={},
    languages=frozenset({"en"}),
    rules_version="rules",
)


def begin(home: Path, now: datetime, environ: Mapping[str, str] | None = None) -> PassRun:
    """A pass at this time over the lake of the home, an empty one at first; the pass lock is not held."""
    settings = read_settings(home, {"DATELINE_ALERT_URLS": f"file:{home / 'alerts.jsonl'}", **(environ or {})})
    address = locate_lake(settings)
    lay_empty_lake(address)
    return PassRun(f"{now:%Y%m%dT%H%M%S}-test", "monitor", now, settings, CATALOG, address)


def store(run: PassRun, *claims: LedgerClaim, is_first_load: bool = False) -> StoreReport:
    """Store a story for each claim, which says so in its one sentence, the way an import does."""
    pairs = tuple(write_story(claim, run.now, is_first_load=is_first_load) for claim in claims)
    return store_chunk(run, ReadChunk(0, pairs, ()), is_import=True)


def ask_lake(run: PassRun, statement: str) -> list[Any]:
    """The rows of a question to the views."""
    connection = connect_adhoc(run.address, run.settings)
    try:
        return list(ask(connection, statement).rows)
    finally:
        connection.close()


def lay_empty_lake(address: LakeAddress) -> None:
    """Put a copy of an empty lake of today's layout into a home that has none."""
    if not address.is_sqlite:
        if not lake_profile.has_lake(address.metadata):
            make_lake(address.home)
        return
    if address.metadata_file.exists():
        return
    make_lake(address.home)
    with closing(sqlite3.connect(address.metadata_file)) as metadata, metadata:
        metadata.execute("update ducklake_metadata set value = ? where key = 'data_path'", [address.data])


def write_story(claim: LedgerClaim, now: datetime, *, is_first_load: bool = False) -> tuple[Article, Reading]:
    """A story whose headline tells its versions apart."""
    sentence = claim.meeting.claims[0].text
    title = f"{claim.article_id}, version {claim.version}"
    item = Item(
        item_id=f"item of {claim.article_id}",
        feed_id=f"{claim.wire_id}/world",
        wire_id=claim.wire_id,
        day=claim.day,
        first_seen_at=now,
        url=f"https://wire.example/{claim.article_id}",
        title=title,
        summary="",
        content="",
        author=None,
        published_at=claim.published_at,
        published_source="feed",
        is_silent=claim.is_silent,
        is_first_load=is_first_load,
    )
    article = Article(
        item=item,
        article_id=claim.article_id,
        url=item.url,
        title=title,
        text=sentence,
        summary="",
        authors=(),
        published_at=claim.published_at,
        published_source="feed",
        page_published_at=None,
        lang_hint="en",
        quality="ok",
        reason=None,
        content_hash=title,
        fetched_at=now,
        archive_file=None,
        archive_offset=None,
    )
    meeting = replace(claim.meeting, claims=(Mention(sentence, 0, len(sentence)),))
    return article, Reading("en", "rules", None, (), (), (), (), (meeting,))
