"""The acceptance test of the first issue: fifty real feeds and 258 real pages, each feed a wire of its own.

What is changed so that all can be served on loopback, and nothing else: in the bytes of a feed, where the host of one of
its stories' links stands, that of the loopback server stands before it (`https://a.example/b?c` becomes
`http://127.0.0.1:PORT/a.example/b?c`). The pages stand, as they came, behind the first 258 distinct addresses that the
feeds then list; every other address is a 404.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tasks.core.feed.charset import decode_feed
from tasks.core.feed.parse import parse_feed
from tasks.core.model import Entry, Feed, FeedBody
from tasks.edge.clock import utc_now
from tests.data import DATA, needs_data
from tests.fakes import HTML, RSS, FakeWire, ok
from tests.passes import PassDone, ask_home, run_pass, write_feeds

FEEDS = DATA / "data" / "feeds_real"
PAGES = DATA / "data" / "pages_fundus"
NO_CHARSET = HTML.partition(";")[0]  # the pages say themselves how they are written, or are known by their bytes


@dataclass(frozen=True, slots=True)
class Passes:
    """Two passes over the same bytes, what each asked for, and the home that they left."""

    home: Path
    manifest: Mapping[str, Mapping[str, Any]]
    addresses: tuple[str, ...]
    first: PassDone
    second: PassDone
    asked_second: tuple[str, ...]


@pytest.fixture(scope="module")
def passes(tmp_path_factory: pytest.TempPathFactory) -> Passes:
    folder = tmp_path_factory.mktemp("acceptance")
    manifest = {row["file"]: row for row in json.loads((FEEDS / "MANIFEST.json").read_text(encoding="utf-8"))}
    with FakeWire() as wire:
        urls = {f"feed-{n:02}": wire.url(f"/feeds/{n}") for n in range(len(manifest))}
        addresses: dict[str, None] = {}
        for (feed_id, url), name in zip(urls.items(), manifest, strict=True):
            body = move_to_loopback((FEEDS / name).read_bytes(), wire.url("/"))
            wire.say(urlsplit(url).path, ok(body, RSS.partition(";")[0]))
            addresses |= dict.fromkeys(entry.url for entry in list_entries(body, feed_id, url) if entry.url)
        pages = [json.loads(line)["page"] for line in (PAGES / "INDEX.jsonl").read_text(encoding="utf-8").splitlines()]
        for address, page in zip(addresses, pages, strict=False):
            parts = urlsplit(address)
            path = f"{parts.path}?{parts.query}" if parts.query else parts.path
            wire.say(path, ok(gzip.decompress((PAGES / page).read_bytes()), NO_CHARSET))
        feeds_file = write_feeds(folder, urls)
        begun = utc_now()
        first = run_pass(folder / "home", feeds_file, allow=wire.host, now=begun)
        asked = len(wire.requests)
        second = run_pass(folder / "home", feeds_file, allow=wire.host, now=begun + timedelta(minutes=5))
        asked_second = tuple(request.path for request in wire.requests[asked:])
    return Passes(folder / "home", manifest, tuple(addresses), first, second, asked_second)


def move_to_loopback(body: bytes, base: str) -> bytes:
    """The feed with the hosts of its stories' links moved under `base`, in whatever encoding it is written."""
    hosts = {
        match[0]
        for entry in list_entries(body, "feed", "https://feed.example/rss")
        if entry.url and (match := re.match(r"https?://[^/?#]+", entry.url))
    }
    wide = "utf-16-le" if body.startswith(b"\xff\xfe") else "utf-16-be" if body.startswith(b"\xfe\xff") else None
    for host in hosts:
        for scheme in ("https", "http"):
            written = f"{scheme}://{host.partition('://')[2]}/"
            moved = base + written.partition("://")[2]
            body = body.replace(written.encode(wide or "ascii"), moved.encode(wide or "ascii"))
    return body


def list_entries(body: bytes, feed_id: str, url: str) -> tuple[Entry, ...]:
    parsed = parse_feed(body, None, Feed(feed_id, feed_id, url, None, "UTC", 600), utc_now())
    assert isinstance(parsed, FeedBody), (decode_feed(body, None)[0][:200], parsed)
    return parsed.entries


@needs_data
def test_every_entry_of_every_feed_has_one_end(passes: Passes) -> None:
    total = passes.first.sum

    assert (total["found"], total["known"], total["repeated"], total["new"]) == (2046, 0, 10, 2036)
    assert total["stored"] + total["duplicate"] + total["rejected"] + total["waiting"] == 2036
    assert passes.first.unexplained == (0, 0)


@needs_data
def test_each_feed_is_counted_as_it_was_listed(passes: Passes) -> None:
    counts = {count.feed_id: count for count in passes.first.polled.feeds}

    assert len(counts) == 50
    for (feed_id, count), row in zip(sorted(counts.items()), passes.manifest.values(), strict=True):
        assert (count.failure, count.found, count.repeated) == (None, row["entries"], row["repeated_ids"]), feed_id


@needs_data
def test_what_is_reachable_is_stored_and_what_is_not_waits_with_its_reason(passes: Passes) -> None:
    rows = ask_home(passes.home, "select outcome, reason, count(*) as n from items group by all")
    ends = {(row["outcome"], row["reason"]): row["n"] for row in rows}

    assert ends["stored", "new"] >= 250  # of 258 pages one has its text only in scripts
    assert ends["waiting", "extract_empty"] >= 1
    assert {outcome for outcome, _ in ends} <= {"stored", "duplicate", "waiting", "rejected"}
    assert set(ends) - {("stored", "new"), ("waiting", "http_404"), ("waiting", "extract_empty")} <= {
        ("duplicate", "same"),
        ("rejected", "no_text"),
    }


@needs_data
def test_no_article_is_empty_and_each_has_its_page_in_the_archive(passes: Passes) -> None:
    rows = ask_home(passes.home, "select text, title, quality, archive_file from articles")

    assert len(rows) == passes.first.sum["stored"]
    assert all(row["text"].strip() and row["title"] for row in rows)
    assert all((passes.home / "raw" / row["archive_file"]).is_file() for row in rows if row["quality"] != "summary")


@needs_data
@pytest.mark.parametrize("relation", ["topic_evidence", "actors", "quotes", "citations", "meeting_claims"])
def test_every_claim_has_its_words_in_the_stored_text(passes: Passes, relation: str) -> None:
    text = "case when c.field = 'title' then a.title else a.text end" if relation == "topic_evidence" else "a.text"
    words = "c.sentence" if relation == "meeting_claims" else "c.text"
    assert ask_home(passes.home, f"select count(*) > 0 as some from {relation}") == [{"some": True}]  # noqa: S608
    wrong = ask_home(
        passes.home,
        f"select c.* from {relation} as c inner join article_versions as a using (day, article_id, version) "  # noqa: S608
        f"where substring({text}, c.start_char + 1, c.end_char - c.start_char) is distinct from {words}",
    )

    assert wrong == []


@needs_data
def test_the_same_bytes_again_add_nothing(passes: Passes) -> None:
    total = passes.second.sum
    versions = ask_home(
        passes.home, "select count(*) as n, count(distinct article_id) as articles from article_versions"
    )

    assert (total["found"], total["known"], total["repeated"], total["new"]) == (2046, 2036, 10, 0)
    assert (total["stored"], total["alerts"]) == (0, 0)
    assert passes.second.unexplained == (0, 0)
    assert versions == [{"n": passes.first.sum["stored"], "articles": passes.first.sum["stored"]}]


@needs_data
def test_nothing_but_the_feeds_is_asked_while_nothing_is_due(passes: Passes) -> None:
    assert sorted(passes.asked_second) == sorted(f"/feeds/{n}" for n in range(50))
