"""A wire that falls silent while it is watched: one alert a silence, and none for what was not watched."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from tasks.edge.alerting import deliver_alerts
from tasks.edge.passes import PassRun
from tests.fakes import FakeWire, feed
from tests.passes import Lab, ask_home, begin_empty, work_off

HOUR, DAY = 60, 24 * 60  # minutes
STORIES = 9


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassRun]:
    with begin_empty(tmp_path_factory.mktemp("silence")) as run:
        yield run


def entry(number: int) -> str:
    return f"<item><guid isPermaLink='false'>{number}</guid><title>Sitting {number} of the harbour board</title></item>"


class Watch:
    """A wire with one feed that lists titles, polled again and again."""

    def __init__(self, lab: Lab, wire: FakeWire) -> None:
        self.lab, self.wire, self.listed = lab, wire, 0
        self.run = lab.watch({"wire": wire.say("/rss", feed(""))}, wire.host)

    def poll(self, minutes: int, new: int) -> None:
        """So many minutes after the first pass the feed lists so many new stories; the pass, and its deliveries."""
        numbers = range(self.listed, self.listed + max(new, 1)) if new else range(self.listed - STORIES, self.listed)
        self.listed += new
        self.wire.say("/rss", feed("".join(map(entry, numbers))))
        moved = self.lab.later(self.run, minutes)

        async def work() -> None:
            await work_off(moved)
            await deliver_alerts(moved)

        asyncio.run(work())

    def ask(self, relation: str) -> list[dict[str, object]]:
        return [row for row in ask_home(self.run.settings.home, f"from {relation}") if row["wire_id"] == self.wire_id]

    @property
    def wire_id(self) -> str:
        return f"{self.lab.prefix}wire"


def test_a_wire_that_falls_silent_is_told_once_and_again_only_after_it_was_heard(lab: Lab) -> None:
    with FakeWire() as wire:
        watch = Watch(lab, wire)
        for day in range(9):
            watch.poll(day * DAY, STORIES)
        for hour in range(2, 27, 2):
            watch.poll(8 * DAY + hour * HOUR, 0)
        (alert,) = watch.ask("alerts")
        watch.poll(9 * DAY + 3 * HOUR, STORIES)

    assert (alert["kind"], alert["value"], alert["wire_id"]) == ("wire.silent", "silent", watch.wire_id)
    assert "no new story in 24 hours" in str(alert["sentence"])
    assert "a usual day has 9. Its feeds answer." in str(alert["sentence"])
    assert [
        row["state"] for row in ask_home(watch.run.settings.home, "from lake.silence_facts order by noticed_at")
    ] == [
        "silent",
        "heard",
    ]
    assert len(watch.ask("alerts")) == 1


def test_a_machine_that_was_off_says_nothing_of_the_wires(lab: Lab) -> None:
    with FakeWire() as wire:
        watch = Watch(lab, wire)
        for day in range(9):
            watch.poll(day * DAY, STORIES)
        watch.poll(11 * DAY, 0)

    assert watch.ask("alerts") == []
