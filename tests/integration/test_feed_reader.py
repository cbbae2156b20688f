"""Feeds are read in a worker that can be killed; what cannot be read is kept, and read again by a parser that can."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tasks.core.feed.parse import parse_feed
from tasks.core.model import Auth, Failure, Feed, FeedBody
from tasks.edge.feed_reader import FEED_LIMITS, FeedReader
from tasks.edge.feed_worker import from_json, to_json
from tasks.edge.quarantine import BODIES_A_FEED, KEEP_DAYS, Kept, Quarantine, hide_secrets
from tests.fakes import item, rss

NOW = datetime(2026, 2, 17, 12, 0, tzinfo=UTC)
FEED = Feed("harbour/world", "harbour", "https://harbour.example/rss?key=0123456789", "en", "Asia/Manila", 300)
TYPE = "application/rss+xml"
THREE = rss(item(1) + item(2) + item(3))
# A format of which today's parser knows nothing.
STRANGE = b'<?xml version="1.0"?>' + rss(item(1) + item(4)).partition(b"?>")[2].replace(b"rss", b"newsfeed").replace(
    b"channel", b"newslist"
).replace(b"title", b"heading")
LATER = "tests.other_worker"


def keys(parsed: FeedBody | Failure) -> list[str]:
    assert isinstance(parsed, FeedBody), parsed
    return [entry.key for entry in parsed.entries]


def kind(parsed: FeedBody | Failure) -> str:
    assert isinstance(parsed, Failure), parsed
    return parsed.kind


async def read(home: Path | None, *bodies: bytes, feed: Feed = FEED, **how: object) -> list[FeedBody | Failure]:
    """Bodies of a feed in one pass that is committed."""
    async with FeedReader(home, **how) as reader:  # type: ignore[arg-type]
        parsed = [await reader.read(feed, body, TYPE, NOW) for body in bodies]
        reader.settle()
    return parsed


def kept_in(home: Path) -> list[dict[str, object]]:
    return [json.loads(path.read_text()) for path in sorted((home / "quarantine").glob("*/*.json"))]


async def test_a_body_is_read_in_the_worker_as_it_is_here() -> None:
    (parsed,) = await read(None, THREE)

    assert parsed == parse_feed(THREE, TYPE, FEED, NOW)
    assert keys(parsed) == ["story-1", "story-2", "story-3"]


@pytest.mark.parametrize("body", [THREE, b"", b"<html></html>", rss(item(1, date="Tue, 17 Feb 2099 10:00:00 GMT"))])
def test_what_a_worker_answers_survives_its_way_through_json(body: bytes) -> None:
    parsed = parse_feed(body, TYPE, FEED, NOW)

    assert from_json(json.loads(json.dumps(to_json(parsed)))) == parsed


async def test_a_body_that_takes_too_long_costs_itself_alone() -> None:
    great = rss("".join(item(n, "Envoys & ministers " * 50) for n in range(2000)))

    before, during, after = await read(None, THREE, great, THREE, limits=replace(FEED_LIMITS, cpu_s=0.25))

    assert (len(keys(before)), kind(during), len(keys(after))) == (3, "parse_timeout", 3)


async def test_a_body_that_takes_too_much_memory_costs_itself_alone() -> None:
    great = rss(
        "".join(f"<item><guid>{n}</guid><description>{'word ' * 1000}</description></item>" for n in range(1900))
    )

    before, during, after = await read(None, THREE, great, THREE, limits=replace(FEED_LIMITS, memory=90 << 20))

    assert (len(keys(before)), len(keys(after))) == (3, 3)
    assert kind(during) in {"parse_memory", "parse_crash"}


async def test_a_parser_that_dies_costs_its_body_alone() -> None:
    before, during, after = await read(None, THREE, b"ABORT", THREE, module=LATER)

    assert (len(keys(before)), kind(during), len(keys(after))) == (3, "parse_crash", 3)


async def test_feeds_that_come_at_once_are_all_read() -> None:
    async with FeedReader(None) as reader:
        waiting = [reader.read(replace(FEED, feed_id=str(n)), rss(item(n)), TYPE, NOW) for n in range(40)]
        parsed = [await each for each in waiting]

    assert [keys(each) for each in parsed] == [[f"story-{n}"] for n in range(40)]


# --- quarantine ------------------------------------------------------------------------------------------------------


async def test_a_body_that_cannot_be_read_is_kept_and_yields_its_entries_to_a_parser_that_can(tmp_path: Path) -> None:
    (today,) = await read(tmp_path, STRANGE)
    (still,) = await read(tmp_path, THREE)
    (mended,) = await read(tmp_path, THREE, module=LATER, version="later")
    (again,) = await read(tmp_path, THREE, module=LATER, version="later")

    assert kind(today) == "unsupported_format"
    assert keys(still) == ["story-1", "story-2", "story-3"]
    assert keys(mended) == ["story-1", "story-2", "story-3", "story-4"]
    assert isinstance(mended, FeedBody)
    assert "replayed:1" in mended.remarks
    assert keys(again) == keys(still)
    assert kept_in(tmp_path) == []
    assert not any((tmp_path / "quarantine").rglob("*.gz"))


async def test_what_is_kept_says_of_which_feed_when_and_why(tmp_path: Path) -> None:
    await read(tmp_path, STRANGE)

    (kept,) = kept_in(tmp_path)
    (body,) = (tmp_path / "quarantine" / "2026-02-17").glob("harbour-world-*.xml.gz")
    assert gzip.decompress(body.read_bytes()) == STRANGE
    assert (kept["feed_id"], kept["failure"], kept["kept_at"]) == (
        "harbour/world",
        "unsupported_format",
        NOW.isoformat(),
    )
    assert (kept["size"], kept["is_cut"], kept["content_type"]) == (len(STRANGE), False, TYPE)
    assert kept["cause"]
    assert "0123456789" not in str(kept["url"])


async def test_a_body_that_the_next_parser_cannot_read_either_waits_for_the_one_after_it(tmp_path: Path) -> None:
    await read(tmp_path, STRANGE)
    await read(tmp_path, THREE, version="second")
    (mended,) = await read(tmp_path, THREE, module=LATER, version="third")

    assert "story-4" in keys(mended)


async def test_what_was_read_again_stays_until_its_entries_are_in_the_lake(tmp_path: Path) -> None:
    await read(tmp_path, STRANGE)
    async with FeedReader(tmp_path, module=LATER, version="later") as dying:
        await dying.read(FEED, THREE, TYPE, NOW)  # and the pass ends before its commit

    (mended,) = await read(tmp_path, THREE, module=LATER, version="later")

    assert "story-4" in keys(mended)


async def test_a_feed_gets_back_its_own_bodies_only(tmp_path: Path) -> None:
    await read(tmp_path, STRANGE)

    (other,) = await read(tmp_path, THREE, feed=replace(FEED, feed_id="other"), module=LATER, version="later")

    assert keys(other) == ["story-1", "story-2", "story-3"]
    assert len(kept_in(tmp_path)) == 1


async def test_the_same_bytes_are_kept_once_and_nothing_at_all_is_not_kept(tmp_path: Path) -> None:
    await read(tmp_path, STRANGE, STRANGE, b"")
    await read(tmp_path, STRANGE)

    assert len(kept_in(tmp_path)) == 1


async def test_a_body_that_kills_its_worker_is_kept(tmp_path: Path) -> None:
    await read(tmp_path, b"<rss>ABORT</rss>", module=LATER, version="later")

    assert [kept["failure"] for kept in kept_in(tmp_path)] == ["parse_crash"]


def test_a_home_in_which_everything_could_be_read_has_no_quarantine(tmp_path: Path) -> None:
    assert Quarantine(tmp_path).list_kept() == []
    assert Quarantine(tmp_path).sweep(NOW) == 0
    assert not (tmp_path / "quarantine").exists()


def keep(home: Path, number: int, feed_id: str = "harbour/world", *, days: int = 0, max_bytes: int = 1000) -> None:
    at = NOW + timedelta(days=days, minutes=number)
    kept = Kept(feed_id, "https://harbour.example/rss", at, None, "feed_unreadable", "it is broken")
    Quarantine(home, "now", max_bytes=max_bytes).keep(kept, b"<rss>%d" % number)


def test_of_one_feed_only_the_newest_bodies_are_kept(tmp_path: Path) -> None:
    for number in range(BODIES_A_FEED + 6):
        keep(tmp_path, number)
    keep(tmp_path, 0, "other")

    kept = Quarantine(tmp_path).list_kept()
    assert len(kept) == BODIES_A_FEED + 1
    assert min(each.kept_at for each in kept if each.feed_id != "other") == NOW + timedelta(minutes=6)


def test_old_bodies_go_with_their_folders(tmp_path: Path) -> None:
    keep(tmp_path, 1)
    keep(tmp_path, 2, days=1)
    (tmp_path / "quarantine" / "2026-02-17" / ".torn.part").write_bytes(b"x")

    dropped = Quarantine(tmp_path).sweep(NOW + timedelta(days=KEEP_DAYS + 1))

    assert dropped == 1
    assert [path.name for path in (tmp_path / "quarantine").iterdir()] == ["2026-02-18"]


def test_all_bodies_together_have_a_bound(tmp_path: Path) -> None:
    for number in range(6):
        keep(tmp_path, number, f"feed {number}", max_bytes=100)

    sizes = [path.stat().st_size for path in (tmp_path / "quarantine").rglob("*.gz")]
    assert 0 < sum(sizes) <= 100
    assert Quarantine(tmp_path).list_kept()[-1].feed_id == "feed 5"


def damage_json(place: Path) -> None:
    place.write_text("{")


def damage_body(place: Path) -> None:
    place.with_name(f"{place.stem}.xml.gz").write_bytes(b"\x1f\x8b")


@pytest.mark.parametrize("damage", [damage_json, damage_body])
async def test_what_is_torn_in_quarantine_upsets_nobody(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    await read(tmp_path, STRANGE)
    damage(next((tmp_path / "quarantine").glob("*/*.json")))

    (parsed,) = await read(tmp_path, THREE, module=LATER, version="later")

    assert keys(parsed) == ["story-1", "story-2", "story-3"]


async def test_a_quarantine_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "quarantine").write_text("a file in its place")

    strange, three = await read(tmp_path, STRANGE, THREE)

    assert (kind(strange), len(keys(three))) == ("unsupported_format", 3)


async def test_no_secret_of_a_feed_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARBOUR_TOKEN", "Bearer canary-of-the-header")
    feed = replace(FEED, url=f"{FEED.url}&token=canary-of-the-address", auth=Auth("Authorization", "HARBOUR_TOKEN"))
    echo = b"<newsfeed>no rights: canary-of-the-header, key=canary-of-the-address, 0123456789</newsfeed>"

    await read(tmp_path, b'<?xml version="1.0"?>' + echo, feed=feed)

    (body,) = (tmp_path / "quarantine").rglob("*.gz")
    told = gzip.decompress(body.read_bytes()) + str(kept_in(tmp_path)).encode()
    assert b"no rights: ***, key=***, ***" in told
    assert not any(secret in told for secret in (b"canary", b"0123456789"))


def test_words_of_an_address_that_are_no_secret_stay() -> None:
    feed = replace(FEED, url="https://user:sesame-open@harbour.example/rss?section=diplomacy&key=short")

    assert hide_secrets(b"diplomacy, user, short, sesame-open", feed, []) == b"diplomacy, user, short, ***"
