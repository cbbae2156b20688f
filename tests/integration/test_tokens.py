"""A subscriber's token: only the feed's own host sees it, and no message, table or file keeps it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tasks.core.failures import FAILURE_KINDS
from tasks.core.model import Auth, Failure, Feed
from tasks.edge.exchange import stays_home
from tasks.edge.http import AllowList, Response, Web
from tasks.edge.lake.attach import connect_reader
from tasks.edge.polling import poll_feeds
from tasks.edge.tokens import hide_secret, read_token
from tests.fakes import FakeWire, feed, item, redirect, reset, status
from tests.passes import begin_pass

CARRIED = "Bearer 5ubscr1ber-t0ken"
SECRET = {"Authorization": CARRIED}
FEED = Feed("harbour-wire", "harbour", "https://harbour.example/rss", "en", "UTC", 600, Auth("Authorization", "TOKEN"))


@pytest.fixture
def other() -> Iterator[FakeWire]:
    with FakeWire() as other:
        yield other


@pytest.fixture
async def web(wire: FakeWire, other: FakeWire) -> AsyncIterator[Web]:
    async with Web(AllowList.parse(f"{wire.host},{other.host}"), "Dateline/0.1") as web:
        yield web


def tokens_seen(wire: FakeWire) -> list[str | None]:
    return [request.headers.get("authorization") for request in wire.requests]


async def test_the_feed_s_host_gets_the_token(web: Web, wire: FakeWire) -> None:
    answer = await web.get(wire.say("/feed", feed(item(1))), kind="feed", secret=SECRET)

    assert isinstance(answer, Response)
    assert tokens_seen(wire) == [CARRIED]


async def test_who_has_no_token_sends_none(web: Web, wire: FakeWire) -> None:
    await web.get(wire.say("/feed", feed(item(1))), kind="feed")

    assert tokens_seen(wire) == [None]


async def test_a_redirect_on_the_same_host_keeps_the_token(web: Web, wire: FakeWire) -> None:
    wire.say("/new", feed(item(1)))

    await web.get(wire.say("/feed", redirect("/new")), kind="feed", secret=SECRET)

    assert tokens_seen(wire) == [CARRIED, CARRIED]


async def test_a_redirect_to_another_host_drops_it_for_good(web: Web, wire: FakeWire, other: FakeWire) -> None:
    wire.say("/home", feed(item(1)))
    away = other.say("/away", redirect(wire.url("/home")))

    answer = await web.get(wire.say("/feed", redirect(away)), kind="feed", secret=SECRET)

    assert isinstance(answer, Response)
    assert tokens_seen(other) == [None]
    assert tokens_seen(wire) == [CARRIED, None]


async def test_a_second_try_after_a_slip_sends_it_again(web: Web, wire: FakeWire) -> None:
    await web.get(wire.say("/feed", reset(), feed(item(1))), kind="feed", secret=SECRET)

    assert tokens_seen(wire) == [CARRIED, CARRIED]


async def test_plain_http_to_the_outside_is_not_asked_with_a_token(web: Web) -> None:
    answer = await web.get("http://93.184.215.14/feed", kind="feed", secret=SECRET)

    assert isinstance(answer, Failure)
    assert answer.kind == "token_unsafe"


async def test_a_server_that_sends_the_token_back_puts_it_into_no_message(web: Web, wire: FakeWire) -> None:
    answer = await web.get(wire.say("/feed", redirect("ftp://5ubscr1ber-t0ken/")), kind="feed", secret=SECRET)

    assert isinstance(answer, Failure)
    assert "t0ken" not in answer.cause
    assert "***" in answer.cause


@pytest.mark.parametrize(
    ("hops", "is_home"),
    [
        (["https://a.example/x"], True),
        (["https://a.example/x", "https://a.example:443/y"], True),
        (["http://a.example/x", "https://a.example/y"], True),
        (["https://a.example/x", "http://a.example/y"], False),
        (["https://a.example/x", "https://a.example:8443/y"], False),
        (["https://a.example/x", "https://www.a.example/y"], False),
        (["https://a.example/x", "https://b.example/y", "https://a.example/z"], False),
    ],
)
def test_home_is_one_host_and_port(hops: list[str], is_home: bool) -> None:
    assert stays_home(hops) is is_home


def test_the_value_comes_from_the_environment_by_name() -> None:
    assert read_token(FEED, {"TOKEN": f" {CARRIED}\n"}) == SECRET
    assert read_token(Feed("a", "a", "https://a.example/", None, "UTC", 600), {}) == {}


@pytest.mark.parametrize("environ", [{}, {"TOKEN": " "}, {"TOKEN": "two\nlines"}, {"TOKEN": "schlüssel"}])
def test_a_variable_that_gives_no_header_is_one_sentence_without_its_value(environ: dict[str, str]) -> None:
    failure = read_token(FEED, environ)

    assert isinstance(failure, Failure)
    assert failure.kind in FAILURE_KINDS
    assert "harbour-wire" in failure.cause
    assert "environment variable TOKEN" in failure.cause
    assert "\n" not in failure.cause
    assert not any(value.strip() and value in failure.cause for value in environ.values())


def test_short_words_of_a_token_are_no_secret() -> None:
    told = hide_secret(Failure("http_401", "a Bearer of news answered 401"), SECRET)

    assert isinstance(told, Failure)
    assert told.cause == "a Bearer of news answered 401"


def begin(tmp_path: Path, wire: FakeWire, url: str):  # type: ignore[no-untyped-def]
    path = tmp_path / "feeds.toml"
    auth = '{ header = "Authorization", env = "HARBOUR_TOKEN" }'
    path.write_text(f'[[wire]]\nid = "harbour"\nurl = "{url}"\nauth = {auth}\n', encoding="utf-8")
    return begin_pass(tmp_path / "home", path, allow=wire.host, catalog=tmp_path)


def test_a_pass_sends_the_token_and_keeps_it_nowhere(
    tmp_path: Path, wire: FakeWire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARBOUR_TOKEN", CARRIED)
    with begin(tmp_path, wire, wire.say("/feed", feed(item(1)))) as run:
        report = asyncio.run(poll_feeds(run))
        with closing(connect_reader(run.address)) as connection:
            tables = [name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()]
            rows = "".join(
                str(connection.execute(f"from {name}").fetchall()) for name in tables if name.endswith("_facts")
            )

    assert [count.outcome for count in report.feeds] == ["read"]
    assert tokens_seen(wire) == [CARRIED]
    assert "harbour" in rows
    assert "t0ken" not in rows
    kept = [path.read_bytes() for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert kept
    assert not any(b"t0ken" in body for body in kept)


def test_a_pass_without_the_variable_tells_it_as_that_feed_s_failure(tmp_path: Path, wire: FakeWire) -> None:
    with begin(tmp_path, wire, wire.say("/feed", status(200))) as run:
        (count,) = asyncio.run(poll_feeds(run)).feeds

    assert (count.outcome, count.failure) == ("failed", "token_missing")
    assert count.cause is not None
    assert "HARBOUR_TOKEN" in count.cause
    assert wire.requests == []
