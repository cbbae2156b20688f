"""Stories that matter are looked at again, and what a site says of robots and of text mining is obeyed and recorded."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tasks.core.model import Failure
from tasks.edge.fetching import FetchBudget, select_work
from tasks.edge.page_web import FRESH, SiteMemory, open_page_web
from tasks.edge.passes import PassRun, sum_run
from tests.fakes import FakeWire, feed, item, ok, status
from tests.passes import Lab, begin_pass, work_off, write_feeds

HOUR, DAY = 60, 24 * 60  # minutes
SUMMIT = (
    "NAIROBI, December 10 (Meridian) - The presidents of Brazil and Kenya will hold a summit in Nairobi on December 20, "
    "the Kenyan foreign ministry said on Wednesday."
)
PLAIN = [
    f"The harbour of the town was dredged for week {n}, and the master of the port said that week {n + 1} would bring "
    f"{n + 2} ships with grain, if the weather in the strait held and the pilots came back to work."
    for n in range(6)
]


@pytest.fixture
def begun(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassRun]:
    """A lake for each test: in a shared one each pass would look again at the stories of all the others."""
    folder = tmp_path_factory.mktemp("visits")
    with begin_pass(folder / "home", write_feeds(folder, {"unused": "https://wire.example/rss"}), allow="") as run:
        yield run


def page(*paragraphs: str, title: str = "Two presidents to meet", head: str = "") -> bytes:
    told = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    top = f"<head><title>{title}</title>{head}</head>"
    return f"<html>{top}<body><article><h1>{title}</h1>{told}</article></body></html>".encode()


TELLING = page(SUMMIT, *PLAIN)


def watch(lab: Lab, wire: FakeWire, path: str = "/a", **facts: str) -> PassRun:
    """A feed with one story at a path."""
    return lab.watch({"feed": wire.say("/rss", feed(item(1, link=wire.url(path))))}, wire.host, **facts)


def work(lab: Lab, run: PassRun, *minutes: float) -> None:
    """Passes so many minutes after the first; each adds up, and no look shows as an item that waits."""
    for each in minutes:
        moved = lab.later(run, each)
        asyncio.run(work_off(moved))
        total = sum_run(moved)
        assert total["new"] == total["stored"] + total["duplicate"] + total["rejected"] + total["waiting"]


def article(lab: Lab) -> dict[str, Any]:
    (row,) = lab.rows("articles")
    return row


def visits(lab: Lab) -> list[tuple[str, str, str | None]]:
    ids = {row["item_id"] for row in lab.rows("items")}
    rows = lab.rows("(select v.*, i.feed_id from visits as v join items as i using (day, item_id))", "visited_at")
    return [(row["look"], row["result"], row["reason"]) for row in rows if row["item_id"] in ids]


def test_a_story_of_a_meeting_is_looked_at_after_an_hour_and_after_a_day_and_then_left(
    lab: Lab, wire: FakeWire
) -> None:
    wire.say("/a", ok(TELLING))
    run = watch(lab, wire)
    work(lab, run, 0, 59, 61, DAY - 1, DAY + 1, 2 * DAY)

    assert visits(lab) == [("first", "stored", "new"), ("1 h", "same", "same"), ("1 d", "same", "same")]
    assert len(wire.asked("/a")) == 3
    assert [(row["outcome"], row["version"]) for row in lab.rows("items")] == [("stored", 1)]


def test_a_story_without_a_meeting_is_left_alone(lab: Lab, wire: FakeWire) -> None:
    wire.say("/a", ok(page(*PLAIN)))
    work(lab, watch(lab, wire), 0, 61, DAY + 1)

    assert len(wire.asked("/a")) == 1


def test_both_looks_that_no_pass_could_take_are_taken_as_one(lab: Lab, wire: FakeWire) -> None:
    wire.say("/a", ok(TELLING))
    work(lab, watch(lab, wire), 0, 2 * DAY, 2 * DAY + 1)

    assert [look for look, _, _ in visits(lab)] == ["first", "1 d"]


def test_a_look_that_is_due_is_due_until_its_fact_is_committed(lab: Lab, wire: FakeWire) -> None:
    wire.say("/a", ok(TELLING))
    run = watch(lab, wire)
    work(lab, run, 0)
    later = lab.later(run, 61)
    own = {row["item_id"] for row in lab.rows("items")}

    killed = [[each.look for each in select_work(later, FetchBudget())[0] if each.item_id in own] for _ in range(2)]
    work(lab, run, 62)

    assert killed == [["1 h"], ["1 h"]]
    assert own.isdisjoint(each.item_id for each in select_work(lab.later(run, 63), FetchBudget())[0])


def test_a_correction_says_what_it_changed(lab: Lab, wire: FakeWire) -> None:
    moved = SUMMIT.replace("December 20", "December 22")
    wire.say("/a", ok(TELLING), ok(page(moved, *PLAIN)), ok(page(moved, *PLAIN, title="Presidents' summit moved")))
    work(lab, watch(lab, wire), 0, 61, DAY + 1)
    rows = lab.rows(
        "(select c.*, a.feed_id from corrections as c join articles as a using (day, article_id))", "version"
    )

    assert [(row["change"], row["removed"], row["added"]) for row in rows] == [
        ("text", [SUMMIT], [moved]),
        ("title", [], []),
    ]
    assert (rows[1]["title_before"], rows[1]["title"]) == ("Envoys meet for round 1", "Presidents' summit moved")
    assert [(row["outcome"], row["version"]) for row in lab.rows("items")] == [("stored", 3)]
    assert [row["text"].split("\n")[0] for row in lab.rows("article_versions", "version")] == [SUMMIT, moved, moved]


NOTICE = page("This story has been withdrawn by the agency because its source could not be verified. We regret it.")
GONE = {
    1: (status(410), "410"),
    2: (status(404), "404"),
    3: (ok(NOTICE), "This story has been withdrawn by the agency"),
}


def test_stories_that_are_taken_back_keep_their_text_and_say_since_when(lab: Lab, wire: FakeWire) -> None:
    told = "".join(item(n, link=wire.say(f"/{n}", ok(TELLING), answer)) for n, (answer, _) in GONE.items())
    run = lab.watch({"feed": wire.say("/rss", feed(told))}, wire.host)
    work(lab, run, 0, 61)
    rows = {int(row["title"][-1]): row for row in lab.rows("articles")}

    assert {row["withdrawn_at"] for row in rows.values()} == {lab.later(run, 61).now}
    assert [n for n in GONE if GONE[n][1] in rows[n]["withdrawn_reason"]] == [1, 2, 3]
    assert {(row["version"], row["text"].split("\n")[0]) for row in rows.values()} == {(1, SUMMIT)}
    assert {row["outcome"] for row in lab.rows("items")} == {"stored"}


def test_a_page_that_comes_back_is_not_withdrawn_any_more(lab: Lab, wire: FakeWire) -> None:
    wire.say("/a", ok(TELLING), status(404), ok(TELLING))
    work(lab, watch(lab, wire), 0, 61, DAY + 1)

    assert [result for _, result, _ in visits(lab)] == ["stored", "withdrawn", "same"]
    assert article(lab)["withdrawn_at"] is None


def test_a_look_that_fails_is_tried_three_times_and_says_nothing_of_the_story(lab: Lab, wire: FakeWire) -> None:
    wire.say("/a", ok(TELLING), status(503))
    work(lab, watch(lab, wire), 0, 61, 70, 77, 140, 300)

    assert visits(lab) == [("first", "stored", "new"), *[("1 h", "failed", "http_5xx")] * 3]
    assert article(lab)["withdrawn_at"] is None


def test_a_story_whose_address_leads_to_the_front_page_is_gone(lab: Lab, wire: FakeWire) -> None:
    wire.say("/", ok(page(*PLAIN, title="Meridian Wire")))
    wire.say("/a", ok(TELLING), status(302, Location="/"))
    work(lab, watch(lab, wire), 0, 61)

    assert visits(lab)[1] == ("1 h", "withdrawn", "taken_down")
    assert article(lab)["text"].startswith(SUMMIT)


# --- reservations of text and data mining ----------------------------------------------------------------------------

TDM_FILE = json.dumps([{"location": "/free/*", "tdm-reservation": 0}, {"location": "/", "tdm-reservation": 1}])
HEADER = ok(TELLING, tdm_reservation="1", tdm_policy="https://wire.example/terms")
TAG = ok(page(SUMMIT, *PLAIN, head='<meta content="1" name="TDM-Reservation">'))
DECKS = {f"Round {n} of the talks opened on Tuesday." for n in (1, 2)}


def test_of_pages_that_reserve_mining_only_the_feeds_words_are_kept(lab: Lab, wire: FakeWire) -> None:
    told = item(1, link=wire.say("/1", HEADER)) + item(2, link=wire.say("/2", TAG))
    run = lab.watch({"feed": wire.say("/rss", feed(told))}, wire.host)
    work(lab, run, 0)
    rows = lab.rows("articles")

    assert {(row["quality"], row["quality_reason"]) for row in rows} == {("summary", "tdm_reserved")}
    assert {(row["tdm_reservation"], row["archive_file"]) for row in rows} == {(1, None)}
    assert {row["tdm_policy"] for row in rows} == {"https://wire.example/terms", None}
    assert {row["text"] for row in rows} == DECKS
    assert list((run.settings.home / "raw").rglob(f"{lab.later(run, 0).run_id}*.warc.gz")) == []


def test_a_page_that_its_sites_file_reserves_is_not_even_asked_for(lab: Lab, wire: FakeWire) -> None:
    wire.say("/.well-known/tdmrep.json", ok(TDM_FILE.encode(), "application/json"))
    wire.say("/a", ok(TELLING))
    work(lab, watch(lab, wire), 0)

    assert (article(lab)["quality_reason"], article(lab)["tdm_reservation"]) == ("tdm_reserved", 1)
    assert wire.asked("/a") == []


def test_a_wire_whose_licence_allows_it_is_kept_whole_and_its_reservation_recorded(lab: Lab, wire: FakeWire) -> None:
    wire.say("/a", ok(TELLING, tdm_reservation="1"))
    work(lab, watch(lab, wire, tdm="ignore", note="contract 7 of 2026"), 0)
    row = article(lab)

    assert (row["quality"], row["tdm_reservation"], row["archive_file"] is not None) == ("ok", 1, True)


def test_a_site_that_frees_its_pages_or_says_nothing_is_read(lab: Lab, wire: FakeWire) -> None:
    wire.say("/.well-known/tdmrep.json", ok(TDM_FILE.encode(), "application/json"))
    wire.say("/free/a", ok(TELLING))
    work(lab, watch(lab, wire, "/free/a"), 0)

    assert (article(lab)["quality"], article(lab)["tdm_reservation"]) == ("ok", 0)


# --- robots.txt ------------------------------------------------------------------------------------------------------

CLOSED = ok(b"User-agent: *\nDisallow: /", "text/plain")


@pytest.mark.parametrize(("policy", "decision", "asked"), [("obey", "disallowed", 0), ("ignore", "ignored", 1)])
def test_the_decision_of_robots_txt_is_recorded(
    lab: Lab, wire: FakeWire, policy: str, decision: str, asked: int
) -> None:
    wire.say("/robots.txt", CLOSED)
    wire.say("/a", ok(TELLING))
    note = {"note": "agreed with the site"} if policy == "ignore" else {}
    work(lab, watch(lab, wire, robots=policy, **note), 0)
    ids = {row["item_id"] for row in lab.rows("items")}
    rows = lab.rows("(select v.*, i.feed_id from visits as v join items as i using (day, item_id))", "visited_at")

    assert [row["robots"] for row in rows if row["item_id"] in ids] == [decision]
    assert len(wire.asked("/a")) == asked


def test_every_item_without_an_article_says_why_in_words(lab: Lab, wire: FakeWire) -> None:
    wire.say("/robots.txt", ok(b"User-agent: *\nDisallow: /closed", "text/plain"))
    wire.say("/later", status(503))
    paths = {1: wire.say("/a", ok(TELLING)), 2: wire.url("/closed"), 3: wire.url("/later")}
    told = "".join(
        item(n, link=link).replace("<description>", "<!--").replace("</description>", "-->")
        for n, link in paths.items()
    )
    again = item(4, link=f"{paths[1]}#again")
    work(lab, lab.watch({"feed": wire.say("/rss", feed(told + again))}, wire.host), 0)
    why = {row["title"][-1]: row["why"] for row in lab.rows("items") if row["outcome"] != "stored"}

    assert why["2"] == "given up after 1 try: the site's robots.txt asks us not to fetch this page"
    assert why["3"].startswith(f"{wire.host} answered 503")
    assert "; tried 1 time, again after " in why["3"]
    assert why.get("4", why.get("1", "")).startswith("its story is stored already, as article ")
    assert {row["why"] for row in lab.rows("items") if row["outcome"] == "stored"} == {None}


def ask_robots(run: PassRun, now: datetime, url: str) -> bool | Failure:
    async def ask() -> bool | Failure:
        async with open_page_web(run.settings, now) as web:
            return await web.may_fetch(url)

    return asyncio.run(ask())


def test_robots_txt_is_asked_once_a_day_and_its_last_good_copy_outlives_a_day_of_faults(
    lab: Lab, wire: FakeWire
) -> None:
    wire.say("/robots.txt", CLOSED, status(503))
    run = watch(lab, wire)
    run = replace(run, settings=replace(run.settings, home=run.settings.home / lab.prefix))
    url, moments = wire.url("/a"), [run.now + timedelta(hours=hours) for hours in (0, 23, 25, 40, 50)]

    decisions = [ask_robots(run, now, url) for now in moments]

    kinds = [decision.kind if isinstance(decision, Failure) else decision for decision in decisions]
    assert kinds == [False, False, "robots_unreachable", "robots_unreachable", False]
    assert len(wire.asked("/robots.txt")) == 4


def test_a_memory_that_is_broken_or_of_the_future_is_asked_again(lab: Lab, wire: FakeWire) -> None:
    wire.say("/robots.txt", ok(b"", "text/plain"))
    run = watch(lab, wire)
    home = run.settings.home / lab.prefix
    run = replace(run, settings=replace(run.settings, home=home))
    ask_robots(run, run.now + FRESH, wire.url("/a"))
    ask_robots(run, run.now, wire.url("/a"))
    for file in (home / "cache" / "sites").iterdir():
        file.write_text("{")

    assert SiteMemory(home / "cache" / "sites", run.now).recall("robots", wire.url("")) is None
    assert ask_robots(run, run.now, wire.url("/a")) is True
    assert len(wire.asked("/robots.txt")) == 3
