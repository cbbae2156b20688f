"""Whole polls over feeds that cannot be read, or that play with their ids: every story is in the lake, and once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from tasks.core.stages import FeedCount
from tasks.edge.passes import PassRun
from tasks.edge.polling import poll_feeds
from tasks.edge.quarantine import Kept, Quarantine
from tests.fakes import Answer, FakeWire, feed, item, ok, rss
from tests.passes import Lab, begin_empty


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassRun]:
    with begin_empty(tmp_path_factory.mktemp("quarantine")) as run:
        yield run


def poll_often(lab: Lab, wire: FakeWire, *answers: Answer) -> list[FeedCount]:
    """What each poll of one feed counted, one for each answer, a minute apart."""
    run = lab.watch({"feed": wire.say("/rss", *answers)}, wire.host)
    return [asyncio.run(poll_feeds(lab.later(run, minutes))).feeds[0] for minutes in range(len(answers))]


def test_a_body_that_cannot_be_read_is_kept_by_the_poll(lab: Lab) -> None:
    with FakeWire() as wire:
        (count,) = poll_often(lab, wire, ok(b"<rss>" + b"<a>" * 1000))
        kept = [each for each in Quarantine(lab.begun.settings.home).list_kept() if each.url == wire.url("/rss")]

    assert count.failure == "xml_bomb"
    assert [(each.failure, each.size) for each in kept] == [("xml_bomb", 3005)]


def test_what_an_earlier_parser_failed_on_comes_in_beside_the_next_body(lab: Lab) -> None:
    with FakeWire() as wire:
        run = lab.watch({"feed": wire.say("/rss", feed(item(1)), feed(item(1) + item(2)), feed(item(2)))}, wire.host)
        (watched,) = run.feeds()
        asyncio.run(poll_feeds(run))
        quarantine = Quarantine(run.settings.home, "an earlier one")
        quarantine.keep(Kept(watched.feed_id, watched.url, run.now, None, "xml_bomb", "none"), rss(item(1) + item(8)))
        counts = [asyncio.run(poll_feeds(lab.later(run, minutes))).feeds[0] for minutes in (1, 2)]
        remarks = [row["remarks"] for row in lab.polls()]

    assert [(count.found, count.known, count.new) for count in counts] == [(3, 1, 2), (1, 1, 0)]
    assert ["replayed:1"] in remarks
    assert not [each for each in quarantine.list_kept() if each.feed_id == watched.feed_id]


def test_ids_that_change_at_every_poll_make_each_story_once(lab: Lab) -> None:
    def anew(poll: int) -> Answer:
        return feed("".join(item(n).replace(f"story-{n}<", f"made-{poll}-{n}<") for n in range(1, 4)))

    with FakeWire() as wire:
        counts = poll_often(lab, wire, *(anew(poll) for poll in range(3)))

    assert [(count.found, count.known, count.new) for count in counts] == [(3, 0, 3), (3, 3, 0), (3, 3, 0)]


def test_an_id_given_to_another_story_loses_neither(lab: Lab) -> None:
    first = item(1, "Envoys meet in the harbour town")
    other = item(1, "Floods close a mountain road", link="https://wire.example/story/2")

    with FakeWire() as wire:
        counts = poll_often(lab, wire, feed(first), feed(other), feed(other + item(3)))
        titles = {row["title"] for row in lab.rows("items")}

    assert [(count.known, count.new) for count in counts] == [(0, 1), (0, 1), (1, 1)]
    assert titles >= {"Envoys meet in the harbour town", "Floods close a mountain road"}
