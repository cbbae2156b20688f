from __future__ import annotations

import asyncio
import gzip
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tasks.core.stages import FeedCount, PollReport
from tasks.edge.passes import PassRun
from tasks.edge.polling import poll_feeds
from tests.fakes import HTML, RSS, Answer, FakeWire, feed, hang, item, ok, packed, redirect, rss, status
from tests.passes import Lab, begin_empty

THREE = item(1) + item(2) + item(3)
BARE = "<item><title>Envoys leave the harbour town</title></item>"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassRun]:
    with begin_empty(tmp_path_factory.mktemp("polling")) as run:
        yield run


def poll(run: PassRun) -> PollReport:
    return asyncio.run(poll_feeds(run))


def poll_often(lab: Lab, wire: FakeWire, *answers: Answer, polls: int = 1) -> list[FeedCount]:
    """What each of some polls of one feed counted, a minute apart."""
    run = lab.watch({"feed": wire.say("/rss", *answers)}, wire.host)
    return [poll(lab.later(run, minutes)).feeds[0] for minutes in range(polls)]


def sums(count: FeedCount) -> tuple[int, int, int, int]:
    return count.found, count.known, count.repeated, count.new


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_a_new_feed_s_entries_are_items_that_wait(lab: Lab) -> None:
    with FakeWire() as wire:
        (count,) = poll_often(lab, wire, feed(THREE, etag='"1"'))
        items = lab.rows("items")

    assert (count.outcome, sums(count)) == ("read", (3, 0, 0, 3))
    assert [(row["status"], row["failures"]) for row in lab.polls()] == [(200, 0)]
    assert {(found["outcome"], found["reason"]) for found in items} == {("waiting", "new")}
    assert all(found["is_silent"] for found in items)  # a first load, and older than a day


def test_a_feed_that_has_not_changed_is_asked_with_its_validator_and_answers_304(lab: Lab) -> None:
    with FakeWire() as wire:
        counts = poll_often(lab, wire, feed(THREE, etag='"1"'), polls=3)
        asked = [request.headers.get("if-none-match") for request in wire.asked("/rss")]

    assert asked == [None, '"1"', '"1"']
    assert [(count.outcome, sums(count)) for count in counts[1:]] == [("unchanged", (0, 0, 0, 0))] * 2
    assert [row["status"] for row in lab.polls()] == [200, 304, 304]


def test_the_same_bytes_again_are_all_known(lab: Lab) -> None:
    with FakeWire() as wire:
        counts = poll_often(lab, wire, feed(THREE + item(3)), polls=3)

    assert [(count.outcome, sums(count)) for count in counts] == [
        ("read", (4, 0, 1, 3)),
        ("unchanged", (4, 3, 1, 0)),
        ("unchanged", (4, 3, 1, 0)),
    ]


def test_only_what_is_new_is_new(lab: Lab) -> None:
    with FakeWire() as wire:
        counts = poll_often(lab, wire, feed(THREE), feed(item(4) + THREE), polls=2)

    assert sums(counts[1]) == (4, 3, 0, 1)


def test_a_story_without_date_and_id_is_one_item_at_every_poll(lab: Lab) -> None:
    with FakeWire() as wire:
        counts = poll_often(lab, wire, feed(BARE), feed(BARE + item(2)), polls=2)
        items = [found for found in lab.rows("items") if found["url"] is None]

    assert [sums(count) for count in counts] == [(1, 0, 0, 1), (2, 1, 0, 1)]
    assert [(found["published_at"], found["published_source"]) for found in items] == [(None, "none")]


def test_repeats_in_a_feed_are_counted_and_stored_once(lab: Lab) -> None:
    with FakeWire() as wire:
        (count,) = poll_often(lab, wire, feed(THREE + THREE + item(2)))
        items = lab.rows("items")

    assert sums(count) == (7, 0, 4, 3)
    assert len(items) == 3


FAULTS = {
    "a web page": (ok(b"<!doctype html><html><body>Sign in</body></html>", HTML), "html_not_feed"),
    "nothing": (ok(b"", RSS), "empty_body"),
    "a path": (ok(b"/etc/passwd", RSS), "not_a_feed"),
    "a sitemap": (ok(b"<?xml version='1.0'?><urlset></urlset>", RSS), "unsupported_format"),
    "404": (status(404), "http_404"),
    "410": (status(410), "http_410"),
    "403": (status(403), "http_403"),
    "500": (status(500), "http_5xx"),
    "429": (status(429, Retry_After="7200"), "http_429"),
    "a gzip body that is cut": (packed(gzip.compress(rss(THREE)), cut=20), "truncated"),
    "a redirect inside": (redirect("http://169.254.169.254/latest"), "blocked_address"),
    "a redirect to itself": (redirect("/11"), "redirect_loop"),
}


def test_feeds_that_fail_are_facts_with_a_cause_and_cost_the_one_that_answers_nothing(lab: Lab) -> None:
    with FakeWire() as wire:
        urls = {str(n): wire.say(f"/{n}", answer) for n, (answer, _) in enumerate(FAULTS.values())}
        report = poll(lab.watch({"alive": wire.say("/rss", feed(THREE)), **urls}, wire.host))

    told = {count.feed_id.removeprefix(lab.prefix): count for count in report.feeds}
    assert {name: told[str(n)].failure for n, name in enumerate(FAULTS)} == {
        name: kind for name, (_, kind) in FAULTS.items()
    }
    assert (told.pop("alive").new, {sums(count) for count in told.values()}) == (3, {(0, 0, 0, 0)})
    failed = [row for row in lab.rows("feeds") if row["outcome"] == "failed"]
    assert len(failed) == len(FAULTS)
    assert all(row["cause"] for row in failed)
    assert {(row["failures"], row["etag"], row["body_hash"]) for row in failed} == {(1, None, None)}
    assert not report.is_egress_down


def test_a_feed_that_cannot_be_reached_costs_no_other(lab: Lab) -> None:
    port = closed_port()
    with FakeWire() as wire:
        urls = {"alive": wire.say("/rss", feed(THREE)), "refused": f"http://127.0.0.1:{port}/rss"}
        report = poll(lab.watch(urls, f"{wire.host},127.0.0.1:{port}"))

    assert [(count.failure, count.new) for count in report.feeds] == [(None, 3), ("connect", 0)]
    assert not report.is_egress_down


def test_a_validator_of_a_body_that_could_not_be_read_is_not_kept(lab: Lab) -> None:
    with FakeWire() as wire:
        page = ok(b"<html><body>Maintenance</body></html>", etag='"page"')
        counts = poll_often(lab, wire, page, feed(THREE, etag='"1"'), polls=2)
        asked = [request.headers.get("if-none-match") for request in wire.asked("/rss")]

    assert asked == [None, None]
    assert [count.new for count in counts] == [0, 3]


def test_a_feed_that_failed_keeps_what_it_answered_before(lab: Lab) -> None:
    with FakeWire() as wire:
        same = feed(THREE, etag='"1"')
        counts = poll_often(lab, wire, same, status(503), status(503), same, polls=4)
        asked = [request.headers.get("if-none-match") for request in wire.asked("/rss")]

    assert asked == [None, '"1"', '"1"', '"1"']
    assert [count.outcome for count in counts] == ["read", "failed", "failed", "unchanged"]
    assert [row["failures"] for row in lab.polls()] == [0, 1, 2, 0]


def test_failures_put_the_next_poll_off(lab: Lab) -> None:
    with FakeWire() as wire:
        poll_often(lab, wire, feed(THREE), status(500), status(500), status(429, Retry_After="36000"), polls=4)
        waits = [row["next_poll_at"] - row["polled_at"] for row in lab.polls()]

    assert waits[0] < waits[1] < waits[2] < waits[3]
    assert waits[3] > timedelta(hours=9, minutes=50)


def test_a_feed_is_left_alone_until_it_is_due(lab: Lab) -> None:
    with FakeWire() as wire:
        run = replace(lab.watch({"feed": wire.say("/rss", feed(THREE))}, wire.host), with_all_feeds=False)
        reports = [poll(lab.later(run, minutes)) for minutes in (0, 1, 11)]

    assert [(len(report.feeds), report.not_due) for report in reports] == [(1, 0), (0, 1), (1, 0)]


def test_where_nothing_can_be_reached_the_feeds_are_not_to_blame(lab: Lab) -> None:
    port = closed_port()
    hosts = ("127.0.0.1", "localhost", "[::1]")
    urls = {str(number): f"http://{host}:{port}/rss" for number, host in enumerate(hosts)}

    report = poll(lab.watch(urls, ",".join(f"{host}:{port}" for host in hosts)))

    assert report.is_egress_down
    assert {(row["failure"], row["failures"]) for row in lab.polls()} == {("connect", 0)}


def test_an_address_that_is_not_public_is_not_asked(lab: Lab) -> None:
    with FakeWire() as wire:
        (count,) = poll(lab.watch({"feed": wire.say("/rss", feed(THREE))}, "127.0.0.1:1")).feeds

        assert wire.requests == []

    assert count.failure == "blocked_address"


def test_secrets_of_an_address_are_not_stored(lab: Lab) -> None:
    with FakeWire() as wire:
        (count,) = poll(lab.watch({"feed": wire.say("/rss?api_key=canary", feed(THREE))}, wire.host)).feeds

    assert count.new == 3
    assert "canary" not in repr([lab.rows("polls"), lab.rows("feeds")])


async def test_a_poll_that_is_cut_off_leaves_no_trace(lab: Lab) -> None:
    with FakeWire() as wire:
        urls = {"alive": wire.say("/rss", feed(THREE, etag='"1"')), "hangs": wire.say("/hang", hang())}
        polling = asyncio.create_task(poll_feeds(lab.watch(urls, wire.host)))
        while len(wire.requests) < 2:
            await asyncio.sleep(0)
        polling.cancel()
        with pytest.raises(asyncio.CancelledError):
            await polling

    assert lab.rows("polls") == lab.rows("items") == []
