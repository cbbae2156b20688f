"""What a feed is like by one body of it, the feeds that a page names, and a new entry of the catalog as text."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tasks.catalog.wire_text import append_entries, write_entry
from tasks.core.errors import BadInput
from tasks.core.feed.finding import EAST, WEST, FeedFinding, examine_feed
from tasks.core.feed.links import find_feed_links
from tasks.core.feed.parse import parse_feed
from tasks.core.model import Feed, FeedBody
from tests.fakes import item, rss

NOW = datetime(2026, 2, 18, tzinfo=UTC)
FEED = Feed("harbour", "harbour", "https://harbour.example/rss", None, "UTC", 600)
STORY = "The two delegations met in the harbour town on Tuesday and agreed to meet again in spring. " * 20


def examine(items: str, title: str = "Harbour Wire") -> FeedFinding:
    zones = (replace(FEED, zone=zone) for zone in (FEED.zone, EAST, WEST))
    read, east, west = (parse_feed(rss(items, title), "application/rss+xml", feed, NOW) for feed in zones)
    assert isinstance(read, FeedBody), read
    return examine_feed(read, east, west)


def test_a_finding_has_title_number_newest_language_and_a_page() -> None:
    found = examine(item(1) + item(2, date="Tue, 17 Feb 2026 11:30:00 GMT"))

    assert (found.title, found.entries, found.lang) == ("Harbour Wire", 2, "en")
    assert found.newest == datetime(2026, 2, 17, 11, 30, tzinfo=UTC)
    assert found.page == "https://wire.example/story/1"


@pytest.mark.parametrize(
    ("written", "dates"),
    [
        ("Tue, 17 Feb 2026 10:00:00 GMT", "with a zone"),
        ("2026-02-17T10:00:00+09:00", "with a zone"),
        ("2026-02-17T10:00:00", "without a zone"),
        ("17 Feb 2026 10:00", "without a zone"),
        ("", "none"),
        ("yesterday", "none"),
    ],
)
def test_dates_are_told_by_whether_they_carry_a_zone(written: str, dates: str) -> None:
    assert examine(item(1, date=written)).dates == dates


def test_most_dates_decide() -> None:
    bare = "".join(item(number, date="2026-02-17T10:00:00") for number in range(2))

    assert examine(item(9) + bare).dates == "without a zone"
    assert examine(item(9) + item(8) + bare).dates == "with a zone"


@pytest.mark.parametrize(
    ("deck", "texts"),
    [(STORY, "full text"), ("The talks opened on Tuesday.", "summary"), ("", "titles")],
)
def test_texts_are_told_by_what_most_entries_hold(deck: str, texts: str) -> None:
    entry = (
        f"<item><guid>1</guid><title>Envoys meet in the harbour town</title><description>{deck}</description></item>"
    )

    assert examine(entry).texts == texts


def test_a_feed_in_another_language_says_so() -> None:
    entry = (
        "<item><guid>1</guid><title>Die Delegationen treffen sich am Dienstag wieder in der Hafenstadt</title></item>"
    )

    assert examine(entry * 1).lang == "de"


def test_an_empty_feed_is_a_feed_without_entries() -> None:
    found = examine("")

    assert (found.entries, found.newest, found.dates, found.texts, found.page) == (0, None, "none", "titles", None)


LINK = '<link rel="alternate" type="{}" href="{}">'


def test_the_feeds_of_a_page_are_found_once_each_and_absolute() -> None:
    page = "".join(
        [
            LINK.format("application/rss+xml", "/rss"),
            LINK.format("application/atom+xml; charset=utf-8", "https://other.example/atom"),
            LINK.format("application/rss+xml", "https://harbour.example/rss"),
            LINK.format("text/html", "/en"),
            LINK.format("application/rss+xml", "javascript:alert(1)"),
            '<link rel="stylesheet" type="application/rss+xml" href="/no">',
        ]
    )

    found = find_feed_links(f"<html><head>{page}</head></html>".encode(), "https://harbour.example/world")

    assert found == ("https://harbour.example/rss", "https://other.example/atom")


@pytest.mark.parametrize("body", [b"", b"\x00\xff", b"plain words", b"<html></html>"])
def test_a_page_that_names_no_feed_has_no_links(body: bytes) -> None:
    assert find_feed_links(body, "https://harbour.example/") == ()


def test_an_entry_reads_back_as_it_was_meant() -> None:
    name = 'Harbour "Wire" \\ Söhne\x7f\n[[wire]]'

    text = append_entries(
        "", [write_entry({"id": "a", "name": name, "lang": None, "checked": date(2026, 2, 17)}, "x\ny")], "w"
    )

    (wire,) = tomllib.loads(text)["wire"]
    assert wire == {"id": "a", "name": 'Harbour "Wire" \\ Söhne  [[wire]]', "checked": date(2026, 2, 17)}


def test_what_stands_in_the_file_stays_and_comes_first() -> None:
    before = "# mine\n[[wire]]\nid = 'a'   # as I like it\n\n\n"

    text = append_entries(before, [write_entry({"id": "b"}, "new"), write_entry({"id": "c"}, "new")], "wires.toml")

    assert text.startswith(before.rstrip("\n"))
    assert [wire["id"] for wire in tomllib.loads(text)["wire"]] == ["a", "b", "c"]


def test_a_broken_file_is_not_added_to() -> None:
    with pytest.raises(BadInput, match=r"wires\.toml is not valid TOML: .*correct that line"):
        append_entries("[[wire\n", [write_entry({"id": "b"}, "new")], "wires.toml")
