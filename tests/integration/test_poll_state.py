"""What polls leave behind of a feed, over days of a scripted wire: validators, moves, pauses, health, identity, gaps."""

from __future__ import annotations

import asyncio
import json
import re
import socket
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from flows.__main__ import main
from tasks.core.stages import FeedCount, PollReport
from tasks.edge.passes import PassRun
from tasks.edge.polling import poll_feeds
from tests.fakes import RSS, Answer, FakeWire, Request, drip, feed, head, item, ok, redirect, rss, status
from tests.passes import Lab, begin_empty

THREE = item(1) + item(2) + item(3)
HOUR, DAY = 60, 1440  # minutes


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassRun]:
    with begin_empty(tmp_path_factory.mktemp("polling")) as run:
        yield run


def poll(run: PassRun) -> PollReport:
    return asyncio.run(poll_feeds(run))


def poll_at(lab: Lab, wire: FakeWire, minutes: Sequence[float], *answers: Answer) -> list[FeedCount]:
    """What each poll of one feed counted, at these minutes."""
    run = lab.watch({"feed": wire.say("/rss", *answers)}, wire.host)
    return [count for minute in minutes for count in poll(lab.later(run, minute)).feeds]


def state_of(lab: Lab) -> dict[str, Any]:
    (row,) = lab.rows("feeds")
    return row


def events_of(lab: Lab) -> list[str]:
    return [row["event"] for row in lab.rows("feed_events", "to_at, event")]


def stuck(*bodies: bytes) -> tuple[Answer, ...]:
    """Answers of a server whose ETag never changes: 304 to whoever has it, whatever the body is by now."""
    return tuple(ok(body, RSS, etag='"stuck"') for body in bodies)


# --- validators (rows 33 to 35) ----------------------------------------------------------------------------------------


def test_after_a_day_the_body_is_asked_for_and_a_validator_that_hid_a_change_is_used_no_more(
    lab: Lab, wire: FakeWire
) -> None:
    counts = poll_at(lab, wire, (0, 10, DAY + 1, DAY + 11), *stuck(rss(THREE), rss(THREE), rss(item(4) + THREE)))

    asked = [request.headers.get("if-none-match") for request in wire.asked("/rss")]
    assert asked == [None, '"stuck"', None, None]
    assert [count.new for count in counts] == [3, 0, 1, 0]
    assert [row["is_full"] for row in lab.polls()] == [False, False, True, True]
    assert events_of(lab) == ["lying_etag"]
    assert state_of(lab)["has_lying_etag"]


def test_a_server_that_still_says_304_to_the_old_validator_of_a_new_body_lies_too(lab: Lab, wire: FakeWire) -> None:
    def stale(request: Request) -> bytes:
        if request.headers.get("if-none-match"):
            return head(304, {"ETag": request.headers["if-none-match"]})
        number = len(wire.asked("/rss"))
        body = rss(item(4) + THREE if number > 2 else THREE)
        return head(200, {"Content-Type": RSS, "ETag": f'"{number}"', "Content-Length": str(len(body))}) + body

    poll_at(lab, wire, (0, 10, DAY + 1, DAY + 11), answered_by(stale))

    assert [request.headers.get("if-none-match") for request in wire.asked("/rss")] == [None, '"1"', None, '"1"', None]
    assert events_of(lab) == ["lying_etag"]


def test_a_last_modified_in_the_future_is_echoed_and_never_compared(lab: Lab, wire: FakeWire) -> None:
    later = format_datetime(lab.begun.now + timedelta(days=3), usegmt=True)
    counts = poll_at(lab, wire, (0, 10), ok(rss(THREE), RSS, Last_Modified=later, Date=later))

    assert [request.headers.get("if-modified-since") for request in wire.asked("/rss")] == [None, later]
    assert [count.outcome for count in counts] == ["read", "unchanged"]


def test_a_feed_with_another_address_in_the_catalog_is_asked_without_the_old_one_s_validator(
    lab: Lab, wire: FakeWire
) -> None:
    poll_at(lab, wire, (0,), feed(THREE, etag='"1"'))
    run = lab.watch({"feed": wire.say("/new", feed(item(4) + THREE, etag='"1"'))}, wire.host)

    (count,) = poll(lab.later(run, 10)).feeds

    assert (count.outcome, count.new) == ("read", 1)
    assert [request.headers.get("if-none-match") for request in wire.asked("/new")] == [None]


def answered_by(make: Any) -> Answer:
    """An answer whose bytes depend on the request."""

    async def play(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(make(request))

    return Answer(play)


# --- pauses of a host (rows 30 and 31) ---------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [429, 503])
def test_other_feeds_of_a_host_that_asks_for_a_pause_wait_too(lab: Lab, wire: FakeWire, code: int) -> None:
    urls = {"a": wire.say("/a", status(code, Retry_After="7200")), "b": wire.say("/b", feed(THREE))}
    with FakeWire() as other:
        urls["c"] = other.say("/c", feed(THREE))
        allow = f"{wire.host},{other.host}"
        poll(lab.watch({"a": urls["a"]}, allow))
        run = lab.watch(urls, allow)
        early, late = poll(lab.later(run, 60)), poll(lab.later(run, 180))

    assert [count.feed_id.removeprefix(lab.prefix) for count in early.feeds] == ["c"]
    assert early.not_due == 2
    assert {count.feed_id.removeprefix(lab.prefix) for count in late.feeds} == {"a", "b", "c"}
    assert len(wire.asked("/b")) == 1


def test_what_was_put_off_for_a_host_s_pause_is_no_failure(lab: Lab, wire: FakeWire) -> None:
    urls = {name: wire.say(f"/{name}", feed(THREE)) for name in "ab"}
    run = lab.watch(urls, wire.host)
    poll(run)
    wire.say("/a", status(429, Retry_After="7200"))
    poll(lab.later(lab.watch({"a": urls["a"]}, wire.host), 10))

    poll(lab.later(run, 20))

    states = {row["feed_id"].removeprefix(lab.prefix): row for row in lab.rows("feeds")}
    assert (states["b"]["failures"], states["b"]["health"], len(lab.polls())) == (0, "ok", 3)
    assert states["b"]["host_paused_until"] == states["a"]["host_paused_until"] == states["b"]["next_poll_at"]


# --- moves (rows 22 to 25) ---------------------------------------------------------------------------------------------


def test_a_permanent_move_is_kept_after_three_answers_over_a_day(lab: Lab, wire: FakeWire) -> None:
    new = wire.say("/new", feed(THREE))
    poll_at(lab, wire, (0, 23 * HOUR), redirect("/new", 308))
    before = state_of(lab)
    poll_at(lab, wire, (25 * HOUR, 26 * HOUR), redirect("/new", 308))

    state = state_of(lab)
    assert (before["effective_url"], before["moved_to"], before["moved_polls"]) == (None, new, 2)
    assert (state["url"], state["effective_url"]) == (wire.url("/rss"), new)
    assert (len(wire.asked("/rss")), len(wire.asked("/new"))) == (3, 4)
    assert events_of(lab) == ["moved"]


def test_only_the_permanent_part_of_a_chain_is_kept(lab: Lab, wire: FakeWire) -> None:
    wire.say("/today", feed(THREE))
    new = wire.say("/new", redirect("/today", 302))
    poll_at(lab, wire, (0, DAY, 2 * DAY), redirect("/new", 301))

    assert state_of(lab)["effective_url"] == new


def test_a_move_to_an_address_with_a_secret_is_followed_and_stands_nowhere(lab: Lab, wire: FakeWire) -> None:
    wire.say("/new?api_key=canary", feed(THREE))
    poll_at(lab, wire, (0, DAY, 2 * DAY), redirect("/new?api_key=canary", 301))

    assert state_of(lab)["effective_url"] is None
    assert "canary" not in repr([lab.rows("polls"), lab.rows("feeds")])


# --- gone, dead, and whose fault it is (rows 1 to 4, 19, 27 to 29, 32) -------------------------------------------------


def test_a_feed_that_is_gone_for_a_week_is_told_and_asked_monthly(lab: Lab, wire: FakeWire) -> None:
    poll_at(lab, wire, (0, 3 * DAY), status(410))
    before = state_of(lab)
    poll_at(lab, wire, (8 * DAY,), status(410))

    state = state_of(lab)
    assert (before["health"], state["health"]) == ("ok", "gone")
    assert state["next_poll_at"] - lab.begun.now > timedelta(days=30)
    assert "once a month" in state["trouble"]
    assert events_of(lab) == ["gone"]


def test_when_most_feeds_fail_alike_nothing_is_held_against_them(lab: Lab, wire: FakeWire) -> None:
    """Three of five hosts, all of which answered before, cannot be reached now."""
    with FakeWire() as going, FakeWire() as dying, FakeWire() as ending:
        gone = [going, dying, ending]
        hosts = ("127.0.0.1", "localhost", "[::1]")
        urls = {f"gone{number}": each.say("/rss", feed(THREE)) for number, each in enumerate(gone)}
        urls |= {f"up{number}": wire.say(f"/{number}", feed(THREE)) for number in range(2)}
        allow = ",".join([wire.host, *(each.host for each in gone)])
        poll(lab.watch(urls, allow))
    moved = {f"gone{number}": f"http://{host}:{gone[number].host[10:]}/rss" for number, host in enumerate(hosts)}
    allow += "," + ",".join(f"{host}:{each.host[10:]}" for host, each in zip(hosts, gone, strict=True))

    report = poll(lab.later(lab.watch({**urls, **moved}, allow), 10))

    assert (report.is_egress_ill, report.is_egress_down) == (True, False)
    failed = [row for row in lab.polls() if row["outcome"] == "failed"]
    assert {(row["is_ours"], row["failures"], row["weight"], row["health"]) for row in failed} == {(True, 0, 0.0, "ok")}
    assert len(failed) == 3


def test_a_name_that_cannot_be_looked_up_for_the_moment_weighs_little(
    lab: Lab, wire: FakeWire, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = {"again.example": socket.EAI_AGAIN, "nowhere.example": socket.EAI_NONAME}
    real = socket.getaddrinfo

    def resolve(host: str, *more: Any) -> Any:
        if host in faults:
            raise socket.gaierror(faults[host], "scripted")
        return real(host, *more)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    urls = {name.partition(".")[0]: f"http://{name}/rss" for name in faults}
    poll(lab.watch({**urls, "up": wire.say("/rss", feed(THREE))}, wire.host))

    told = {row["feed_id"].removeprefix(lab.prefix): (row["failure"], row["weight"]) for row in lab.polls()}
    assert told == {"again": ("dns_temporary", 0.25), "nowhere": ("dns", 0.5), "up": (None, 0.0)}


# --- the lane of the known bad (row 40) --------------------------------------------------------------------------------


def test_a_feed_known_as_bad_gets_a_short_deadline_and_a_good_one_does_not(
    lab: Lab, wire: FakeWire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tasks.core.poll.lanes.BAD_DEADLINE_S", 0.3)
    monkeypatch.setattr("tasks.core.poll.lanes.DEADLINE_S", 600.0)
    poll_at(lab, wire, (0, DAY), status(500))
    slow = drip(head(200, {"Content-Type": RSS}), b" ")
    poll_at(lab, wire, (2 * DAY,), slow)

    last = lab.polls()[-1]
    assert (last["failure"], last["failures"]) == ("timeout", 3)
    assert "within 0 s" in last["cause"]


# --- the body as a feed (rows 55 to 58) --------------------------------------------------------------------------------


def test_a_feed_that_lists_nothing_where_it_did_is_told_after_two_polls(lab: Lab, wire: FakeWire) -> None:
    poll_at(lab, wire, (0, 10, 20, 30, 40), feed(THREE), feed(""), feed(""), feed(""), feed(THREE))

    assert [row["remarks"] for row in lab.polls()] == [[], [], ["empty_feed"], ["empty_feed"], []]
    assert events_of(lab) == ["empty_feed"]
    assert state_of(lab)["trouble"] is None


CASINO = "".join(item(number, f"Win big {number}") for number in range(50, 53))


def test_a_feed_that_is_suddenly_another_is_told_and_its_items_are_silent(lab: Lab, wire: FakeWire) -> None:
    fresh = format_datetime(lab.begun.now, usegmt=True)
    other = "".join(item(number, date=fresh) for number in (50, 51))
    more = item(52, date=fresh) + other
    taken = (feed(other, title="Lucky Casino"), feed(more, title="Lucky Casino"))
    poll_at(lab, wire, (0, 10, 20), feed(THREE, title="Harbour Press"), *taken)

    assert "identity_changed" in events_of(lab)
    silent = {row["url"].rpartition("/")[2]: row["is_silent"] for row in lab.rows("items")}
    assert [silent[number] for number in ("50", "51", "52")] == [True, True, True]
    assert "raise no alert" in state_of(lab)["trouble"]
    assert state_of(lab)["identity"] == "Harbour Press"


def test_a_wire_that_was_renamed_is_accepted_after_a_week(lab: Lab, wire: FakeWire) -> None:
    renamed = feed(CASINO, title="Quay Agency")
    poll_at(lab, wire, (0, 10, 3 * DAY, 8 * DAY), feed(THREE, title="Harbour Press"), renamed)

    assert [event for event in events_of(lab) if event.startswith("identity")] == [
        "identity_changed",
        "identity_accepted",
    ]
    assert state_of(lab)["identity"] == "Quay Agency"


def test_a_window_without_a_known_entry_is_a_gap_with_the_times_of_both_polls(lab: Lab, wire: FakeWire) -> None:
    later = feed("".join(item(number) for number in (7, 8, 9)))
    poll_at(lab, wire, (0, 10, 20, 30), feed(THREE), status(500), later)

    polls = lab.polls()
    (gap,) = lab.rows("feed_events")
    assert (gap["event"], gap["from_at"], gap["to_at"]) == (
        "possible_gap",
        polls[0]["polled_at"],
        polls[2]["polled_at"],
    )
    assert [row["overlap"] for row in polls] == [None, None, 0.0, 1.0]
    assert polls[2]["interval_s"] == polls[0]["interval_s"] / 2
    assert state_of(lab)["gaps"] == 1


# --- the clock (row 36) ------------------------------------------------------------------------------------------------


def test_a_clock_that_goes_back_neither_stops_a_feed_nor_asks_it_in_every_pass(lab: Lab, wire: FakeWire) -> None:
    run = replace(lab.watch({"feed": wire.say("/rss", feed(THREE))}, wire.host), with_all_feeds=False)
    reports = [poll(lab.later(run, minutes)) for minutes in (DAY, 0, 1, 11)]

    assert [len(report.feeds) for report in reports] == [1, 1, 0, 1]
    assert [row["seq"] for row in lab.rows("feeds")] == [3]


def test_the_state_of_a_feed_that_was_not_polled_for_months_is_not_forgotten(lab: Lab, wire: FakeWire) -> None:
    poll_at(lab, wire, (-200 * DAY, -199 * DAY), feed(THREE, etag='"1"'), status(500))

    state = state_of(lab)
    assert (state["etag"], state["health"], state["failures"], state["found"]) == ('"1"', "ok", 1, 3)
    assert state["answered_at"] is not None


def test_the_command_shows_overlap_delay_gaps_and_the_last_error_in_words(
    lab: Lab, wire: FakeWire, capsys: pytest.CaptureFixture[str]
) -> None:
    later = feed("".join(item(number) for number in (7, 8, 9)))
    poll_at(lab, wire, (0, 10, 20), feed(THREE), status(500), later)
    asked = ["feeds", "--wire", f"{lab.prefix}feed", "--home", str(lab.begun.settings.home)]

    assert main(asked) == main([*asked, "--format", "json"]) == 0

    table, _, machine = capsys.readouterr().out.partition("\n[")
    (row,) = json.loads("[" + machine)
    *cells, error = [cell for cell in re.split(r" {2,}", table.splitlines()[-1]) if cell]
    assert (cells[1], cells[4], cells[6]) == ("ok", "0%", "1")
    assert error.endswith("answered 500 Internal Server Error (answers again)")
    assert (row["overlap"], row["gaps"], row["health"], row["interval_s"]) == (0.0, 1, "ok", 300)
    assert row["longest_delay_s"] % 300 == 0
    assert row["last_cause"].endswith("answered 500 Internal Server Error")
