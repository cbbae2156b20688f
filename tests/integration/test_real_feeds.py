"""Feeds and pages that nobody here wrote: what must be found in them is what others found."""

from __future__ import annotations

import json
import tarfile
from datetime import UTC, datetime
from functools import cache
from statistics import mean
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from tasks.core.address.tracking import is_tracking_parameter
from tasks.core.feed.parse import parse_feed
from tasks.core.model import Failure, Feed, FeedBody
from tests.bench.pages import measure_pages, share
from tests.data import DATA, needs_data

FEEDS = DATA / "data" / "feeds_real"
SUITE = DATA / "data" / "feeds_suite"
CAPTURED_AT = datetime(2026, 2, 18, 2, 57, 6, tzinfo=UTC)
PAGES_EVERY = 2  # all of them: python -m tests.bench.pages


@cache
def read_manifest() -> dict[str, dict[str, Any]]:
    manifest = FEEDS / "MANIFEST.json"
    rows = json.loads(manifest.read_text(encoding="utf-8")) if manifest.is_file() else []
    return {row["file"]: row for row in rows}


def parse_again(name: str) -> FeedBody:
    row = read_manifest()[name]
    feed = Feed(name, "wire", row["feed_url"] or "https://feed.example/rss", None, "UTC", 300)
    parsed = parse_feed((FEEDS / name).read_bytes(), None, feed, CAPTURED_AT)
    assert isinstance(parsed, FeedBody), parsed
    return parsed


parse = cache(parse_again)
every_feed = pytest.mark.parametrize("name", sorted(read_manifest()) or ["(no data)"])


@needs_data
def test_all_feeds_are_there() -> None:
    assert len(read_manifest()) == 50
    assert sum(row["entries"] for row in read_manifest().values()) == 2046


@needs_data
@every_feed
def test_each_entry_of_a_feed_is_found(name: str) -> None:
    parsed, row = parse(name), read_manifest()[name]

    assert len(parsed.entries) + parsed.repeated == row["entries"]
    assert parsed.repeated == row["repeated_ids"]


@needs_data
@every_feed
def test_keys_are_unique_and_the_same_at_the_next_poll(name: str) -> None:
    keys = [entry.key for entry in parse(name).entries]

    assert len(set(keys)) == len(keys)
    assert keys == [entry.key for entry in parse_again(name).entries]


@needs_data
@every_feed
def test_entries_say_what_they_are_and_nothing_that_is_not_so(name: str) -> None:
    parsed, row = parse(name), read_manifest()[name]
    sources = [entry.published_source for entry in parsed.entries]

    assert all(entry.title or entry.summary for entry in parsed.entries)
    assert sources.count("none") == row["without_date"]
    assert all(entry.published_at is None or entry.published_at.year <= 2026 for entry in parsed.entries)
    for entry in parsed.entries:
        names = [name for name, _ in parse_qsl(urlsplit(entry.url or "").query)]
        assert not any(map(is_tracking_parameter, names)), entry.url


@needs_data
def test_dates_in_the_future_are_marked() -> None:
    marked = {name: sum(e.published_source == "feed_future" for e in parse(name).entries) for name in read_manifest()}

    assert {name: count for name, count in marked.items() if count} == {
        name: row["future_dated"] for name, row in read_manifest().items() if row["future_dated"]
    }


@needs_data
def test_no_feed_of_the_parser_s_own_suite_makes_us_fail() -> None:
    archive = next(SUITE.glob("*.tar.gz"))
    feed = Feed("suite", "wire", "https://feed.example/rss", None, "UTC", 300)

    with tarfile.open(archive, "r:gz") as suite:
        bodies = [file.read() for member in suite if (file := suite.extractfile(member)) is not None]
    parsed, again = ([parse_feed(body, None, feed, CAPTURED_AT) for body in bodies] for _ in range(2))
    entries = [entry for each in parsed if isinstance(each, FeedBody) for entry in each.entries]
    moments = [moment for entry in entries for moment in (entry.published_at, entry.updated_at) if moment is not None]

    assert len(parsed) == 2106
    assert parsed == again  # ids and all: the same bytes are the same entries at the next poll
    assert len(entries) > 1000
    assert all(moment.tzinfo is UTC and 1990 <= moment.year < 2100 for moment in moments)
    assert all(isinstance(each, FeedBody | Failure) for each in parsed)
    assert sum(isinstance(each, FeedBody) for each in parsed) > len(parsed) / 2


@needs_data
def test_pages_are_read_as_well_as_the_library_reads_them_or_better() -> None:
    measured = measure_pages(PAGES_EVERY)
    read = [page for page in measured if page.failure is None]

    assert share(measured, 0.9) >= 0.95
    assert mean(page.precision for page in read) >= mean(page.baseline["precision"] for page in read)
    assert mean(page.day for page in measured if page.day is not None) >= 0.95
    assert all(page.length > 0 for page in read)
