"""A wire's pages that are no longer read as they were: one alert a break, and none for less."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest

from tasks.core.stages import AlertReport
from tasks.desk.desk import open_desk_of
from tasks.desk.lake_checks import check_layouts
from tasks.edge.alerting import deliver_alerts
from tasks.edge.passes import PassRun
from tests.fakes import Answer, FakeWire, feed, ok, status
from tests.passes import Lab, ask_home, begin_empty, work_off

HOURS = 60  # minutes
DAYS = 24 * HOURS


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassRun]:
    with begin_empty(tmp_path_factory.mktemp("layouts")) as run:
        yield run


def told(number: int, paragraphs: int = 6) -> list[str]:
    return [
        f"The harbour board of Sarnhavn took up point {number} of its agenda in sitting {part}, and the clerk read the "
        f"letter of the {number + part} captains who want the northern pier dredged before the autumn gales."
        for part in range(paragraphs)
    ]


def page(number: int, paragraphs: int = 6, head: str = "") -> Answer:
    """A story as the wire has always laid it out."""
    meta = f"<meta property='article:published_time' content='2025-12-11T0{number % 10}:00:00Z'>{head}"
    prose = "".join(f"<p>{paragraph}</p>" for paragraph in told(number, paragraphs))
    title = f"Sitting {number} of the harbour board"
    html = (
        f"<html><head><title>{title}</title>{meta}</head><body><article><h1>{title}</h1>{prose}</article></body></html>"
    )
    return ok(html.encode())


def script_page(number: int) -> Answer:
    """The same after the wire moved its prose into a script: the article element is gone."""
    body = json.dumps(told(number))
    return ok(
        f"<html><head><title>Harbour</title></head><body><div id=app></div><script>{body}</script></body></html>".encode()
    )


def listed(wire: FakeWire, numbers: range, lay: Any) -> list[str]:
    return [
        f"<item><guid isPermaLink='false'>{n}</guid><title>Sitting {n}</title>"
        f"<link>{wire.say(f'/{n}', lay(n))}</link></item>"
        for n in numbers
    ]


class Watch:
    """A wire with one feed, that is polled again and again."""

    def __init__(self, lab: Lab, wire: FakeWire, **facts: str) -> None:
        self.lab, self.wire = lab, wire
        self.run = lab.watch({"wire": wire.say("/rss", feed(""))}, wire.host, **facts)

    def tell(self, minutes: float, numbers: range, lay: Any = page) -> AlertReport:
        """The feed lists these stories, so many minutes after the first pass; the pass, and its deliveries."""
        self.wire.say("/rss", feed("".join(listed(self.wire, numbers, lay))))
        moved = self.lab.later(self.run, minutes)

        async def work() -> AlertReport:
            await work_off(moved)
            return await deliver_alerts(moved)

        return asyncio.run(work())

    def alerts(self) -> list[dict[str, Any]]:
        return self.ask("alerts")

    def layout(self) -> dict[str, Any]:
        (row,) = self.ask("wire_layout")
        return row

    def ask(self, relation: str) -> list[dict[str, Any]]:
        return [row for row in ask_home(self.run.settings.home, f"from {relation}") if row["wire_id"] == self.wire_id]

    @property
    def wire_id(self) -> str:
        return f"{self.lab.prefix}wire"


def test_pages_that_lose_their_article_raise_one_alert_with_the_counts(lab: Lab) -> None:
    with FakeWire() as wire:
        watch = Watch(lab, wire)
        watch.tell(0, range(30))
        watch.tell(1 * DAYS, range(30, 45))
        watch.tell(2 * DAYS, range(45, 57), script_page)
        watch.tell(2 * DAYS + 1 * HOURS, range(57, 62), script_page)
        (alert,) = watch.alerts()

    assert (alert["kind"], alert["value"], alert["wire_id"]) == ("wire.layout", "broken", watch.wire_id)
    assert alert["sentence"].startswith("8 of the last 20 pages gave a whole story, where 37 of 37 did before")
    assert "mostly: extract empty" in alert["sentence"]
    assert alert["article_url"].startswith(wire.url("/"))
    assert alert["delivered_to"] != []
    assert watch.layout()["state"] == "broken"
    with open_desk_of(watch.run.settings) as desk:
        findings = [str(finding) for finding in check_layouts(desk)]
    assert any(watch.wire_id in finding for finding in findings)


def test_it_is_told_again_only_after_it_was_well(lab: Lab) -> None:
    with FakeWire() as wire:
        watch = Watch(lab, wire)
        watch.tell(0, range(40))
        watch.tell(1 * HOURS, range(40, 60), script_page)
        still = watch.tell(2 * HOURS, range(60, 80), script_page)
        watch.tell(3 * HOURS, range(80, 90))
        half = watch.layout()["state"]
        watch.tell(4 * HOURS, range(90, 110))
        well = watch.layout()["state"]
        watch.tell(5 * HOURS, range(110, 130), script_page)

    assert still.sent == 0
    assert (half, well) == ("broken", "well")
    assert len({alert["alert_id"] for alert in watch.alerts()}) == len(watch.alerts()) == 2


@pytest.mark.parametrize(
    ("before", "after", "lay"),
    [
        pytest.param(30, 1, script_page, id="one bad page"),
        pytest.param(30, 5, script_page, id="five bad pages"),
        pytest.param(10, 15, script_page, id="a past of ten pages"),
        pytest.param(30, 15, page, id="all as it was"),
        pytest.param(30, 15, lambda _: status(503), id="a server that fails"),
        pytest.param(30, 15, lambda _: status(403), id="a server that refuses us"),
    ],
)
def test_no_alert(lab: Lab, before: int, after: int, lay: Any) -> None:
    with FakeWire() as wire:
        watch = Watch(lab, wire)
        watch.tell(0, range(before))
        watch.tell(1 * DAYS, range(100, 100 + after), lay)

    assert watch.alerts() == []
    assert watch.layout()["trouble"] is None


def test_a_first_load_raises_none_whatever_its_pages_are(lab: Lab) -> None:
    with FakeWire() as wire:
        watch = Watch(lab, wire)
        watch.tell(0, range(40), script_page)

    assert watch.alerts() == []


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        pytest.param(
            {"paragraphs": 9}, {"paragraphs": 3}, "median text has 553 characters, where it had 1663", id="shorter"
        ),
        pytest.param(
            {"paragraphs": 3}, {"paragraphs": 9}, "median text has 1663 characters, where it had 553", id="longer"
        ),
        pytest.param({"head": "<meta name='author' content='Ada Holm'>"}, {}, "gave authors", id="without authors"),
    ],
)
def test_lengths_and_fields_count_too(lab: Lab, before: Any, after: Any, words: str) -> None:
    with FakeWire() as wire:
        watch = Watch(lab, wire)
        watch.tell(0, range(30), lambda number: page(number, **before))
        watch.tell(1 * DAYS, range(30, 50), lambda number: page(number, **after))
        (alert,) = watch.alerts()

    assert words in alert["sentence"]
