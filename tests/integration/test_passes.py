"""From the feed to the stored article, fault by fault: every item has an end, and the archive holds what was read."""

from __future__ import annotations

import asyncio
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tasks.core.feed.entries import STORY_LENGTH
from tasks.core.model import PageRule
from tasks.edge import fetching
from tasks.edge.archive import read_page
from tasks.edge.extracting import extract_chunk
from tasks.edge.lake.write import write_lake
from tasks.edge.passes import PassRun, sum_run
from tasks.edge.polling import poll_feeds
from tasks.edge.reading import read_chunk
from tasks.edge.storing import store_chunk
from tests.fakes import RSS, Answer, FakeWire, feed, item, ok, rss, status
from tests.passes import Lab, begin_empty, work_off

DAYS = 24 * 60  # minutes
TOLD = [
    f"The two delegations met for round {n} of their talks in the harbour town, and the spokesman of the ministry "
    f"said that round {n + 1} would follow within {n + 2} days, in a place that has not been named so far."
    for n in range(6)
]


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassRun]:
    with begin_empty(tmp_path_factory.mktemp("passes")) as run:
        yield run


def story(title: str, *paragraphs: str) -> bytes:
    told = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or TOLD)
    html = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{told}</article></body></html>"
    return html.encode()


def entry(key: str, link: str, title: str = "Envoys meet", deck: str = "") -> str:
    linked = f"<link>{link}</link>" if link else ""
    described = f"<description>{deck}</description>" if deck else ""
    return f"<item><guid isPermaLink='false'>{key}</guid><title>{title}</title>{linked}{described}</item>"


def work(lab: Lab, run: PassRun, minutes: float = 0) -> Counter[str]:
    """One pass so many minutes after the first; how the items of this test stand after it."""
    moved = lab.later(run, minutes)
    asyncio.run(work_off(moved))
    total = sum_run(moved)
    assert total["found"] == total["known"] + total["repeated"] + total["new"]
    assert total["new"] == total["stored"] + total["duplicate"] + total["rejected"] + total["waiting"]
    return Counter(row["outcome"] for row in lab.rows("items"))


def ends(lab: Lab) -> dict[str, tuple[str, str]]:
    """How each item ended, and why, by its title."""
    return {row["title"]: (row["outcome"], row["reason"]) for row in lab.rows("items")}


def only(rows: list[dict[str, Any]]) -> dict[str, Any]:
    (row,) = rows
    return row


def test_a_page_is_stored_as_text_and_kept_as_it_came(lab: Lab) -> None:
    with FakeWire() as wire:
        link = wire.say("/a", ok(story("Envoys meet in Cebu")))
        run = lab.watch({"feed": wire.say("/rss", feed(entry("1", link, "Envoys meet in Cebu")))}, wire.host)
        report = work(lab, run)
    article = only(lab.rows("articles"))
    kept = read_page(run.settings.home / "raw", article["archive_file"], article["archive_offset"])

    assert report == {"stored": 1}
    assert (article["title"], article["quality"]) == ("Envoys meet in Cebu", "ok")
    assert article["text"] == "\n\n".join(TOLD)
    assert (kept.body, kept.url, kept.status) == (story("Envoys meet in Cebu"), link, 200)


PAGES: dict[str, tuple[Answer, str, tuple[str, str]]] = {
    "a story": (ok(story("A")), "", ("stored", "new")),
    "an empty page": (ok(b""), "", ("waiting", "empty_body")),
    "a page without a text": (ok(b"<html><body><div id=root></div></body></html>"), "", ("waiting", "extract_empty")),
    "a missing page": (status(404), "", ("waiting", "http_404")),
    "a server fault": (status(503), "", ("waiting", "http_5xx")),
    "a page that is gone": (status(410), "", ("rejected", "http_410")),
    "a gone page with a deck": (status(410), "The envoys met for an hour.", ("stored", "new")),
    "a PDF": (ok(b"%PDF-1.7 ...", "application/pdf"), "", ("rejected", "not_html")),
}


def test_every_item_has_an_end_whatever_its_page_is(lab: Lab) -> None:
    with FakeWire() as wire:
        links = {title: wire.say(f"/{n}", answer) for n, (title, (answer, _, _)) in enumerate(PAGES.items())}
        told = "".join(entry(title, links[title], title, deck) for title, (_, deck, _) in PAGES.items())
        told += entry("bare", "", "a story without an address", "Told in one line.")
        told += entry("none", "", "a title alone")
        run = lab.watch({"feed": wire.say("/rss", feed(told))}, wire.host)
        report = work(lab, run)

    assert ends(lab) == {
        **{title: end for title, (_, _, end) in PAGES.items()},
        "a story without an address": ("stored", "new"),
        "a title alone": ("rejected", "no_text"),
    }
    assert report == {"stored": 3, "rejected": 3, "waiting": 4}
    assert all(row["text"] for row in lab.rows("articles"))
    by_title = {row["title"]: (row["quality"], row["quality_reason"]) for row in lab.rows("articles")}
    assert by_title["a gone page with a deck"] == ("summary", "http_410")
    assert by_title["a story without an address"] == ("summary", "no address")


def test_a_page_that_robots_txt_forbids_is_not_fetched(lab: Lab) -> None:
    with FakeWire() as wire:
        wire.say("/robots.txt", ok(b"User-agent: *\nDisallow: /closed/", "text/plain"))
        links = [wire.say("/closed/1", ok(story("A"))), wire.say("/open/2", ok(story("B")))]
        told = "".join(entry(link, link, f"story {n}") for n, link in enumerate(links))
        work(lab, lab.watch({"feed": wire.say("/rss", feed(told))}, wire.host))

        assert wire.asked("/closed/1") == []

    assert ends(lab) == {"story 0": ("rejected", "robots_disallowed"), "story 1": ("stored", "new")}


def test_the_pages_of_a_subscription_are_not_fetched(lab: Lab) -> None:
    with FakeWire() as wire:
        told = entry("1", wire.say("/a", ok(story("A"))), "a story", "Told in one line.")
        work(lab, lab.watch({"feed": wire.say("/rss", feed(told))}, wire.host, gives="subscription"))

        assert wire.asked("/a") == []

    article = only(lab.rows("articles"))
    assert (article["quality"], article["quality_reason"]) == ("summary", "subscription")


def test_a_feed_s_full_text_stands_in_for_a_page_that_is_gone(lab: Lab) -> None:
    paragraphs = TOLD * 2
    assert len(" ".join(paragraphs)) > STORY_LENGTH
    whole = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    with FakeWire() as wire:
        link = wire.say("/a", status(410))
        told = entry("1", link, "A", f"<![CDATA[{whole}]]>")
        work(lab, lab.watch({"feed": wire.say("/rss", feed(told))}, wire.host))
    article = only(lab.rows("articles"))

    assert (article["quality"], article["text"]) == ("ok", "\n\n".join(paragraphs))


def test_one_story_in_two_feeds_is_fetched_once_and_stored_once(lab: Lab) -> None:
    with FakeWire() as wire:
        link = wire.say("/a", ok(story("A")))
        urls = {
            name: wire.say(f"/{name}", feed(entry(name, f"{link}?utm_source={name}", f"in {name}")))
            for name in ("one", "two")
        }
        run = lab.watch(urls, wire.host)
        report = work(lab, run)

        assert len(wire.asked("/a")) == 1

    assert report == {"stored": 1, "duplicate": 1}
    assert sorted(outcome for outcome, _ in ends(lab).values()) == ["duplicate", "stored"]


def test_a_chunk_that_is_stored_again_adds_nothing_whether_its_pages_came_or_failed(lab: Lab) -> None:
    with FakeWire() as wire:
        good, bad = wire.say("/good", ok(story("Envoys meet"))), wire.say("/bad", status(503))
        run = lab.watch({"feed": wire.say("/rss", feed(entry("1", good) + entry("2", bad)))}, wire.host)
        asyncio.run(poll_feeds(run))
        fetched = asyncio.run(fetching.fetch_chunk(run, fetching.FetchBudget()))
        chunk = read_chunk(run, extract_chunk(run, fetched))
    first, again = store_chunk(run, chunk), store_chunk(run, chunk)

    assert (first.stored, first.waiting) == (1, 1)
    assert (again.stored, again.waiting, again.unchanged, again.rejected) == (0, 0, 0, 0)
    ends = "(select i.feed_id, o.outcome, o.attempt from outcome_facts as o join item_facts as i using (day, item_id))"
    told = [(row["outcome"], row["attempt"]) for row in lab.rows(ends, "outcome, attempt")]
    assert told == [("stored", 1), ("waiting", 0), ("waiting", 0), ("waiting", 1)]


def test_an_item_that_a_damaged_lake_left_without_an_outcome_waits_again_under_its_own_day(lab: Lab) -> None:
    with FakeWire() as wire:
        link = wire.say("/a", ok(story("Envoys meet")))
        bodies = [feed(entry("1", link, "Envoys meet", deck)) for deck in ("Two met.", "Three met.")]
        run = lab.watch({"feed": wire.say("/rss", *bodies)}, wire.host)
        asyncio.run(poll_feeds(run))
        with write_lake(run.address, "test", run.now, "a fault") as lake:
            lake.connection.execute(
                "delete from outcome_facts where item_id in (select item_id from item_facts where starts_with(feed_id, ?))",
                [lab.prefix],
            )
        asyncio.run(work_off(lab.later(run, DAYS)))

    assert [(row["outcome"], row["day"]) for row in lab.rows("items")] == [("stored", run.now.date())]
    assert len(lab.rows("item_facts")) == 1


def watch_nine(lab: Lab, wire: FakeWire) -> PassRun:
    links = [wire.say(f"/{n}", ok(story(f"Envoys meet for round {n}", f"Round {n}.", *TOLD))) for n in range(9)]
    entries = [entry(str(n), link, f"Envoys meet for round {n}") for n, link in enumerate(links)]
    return lab.watch({"feed": wire.say("/rss", feed("".join(entries)))}, wire.host)


def test_heavy_pages_come_in_chunks_by_their_weight_each_once(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "CHUNK_BYTES", 4 * len(story("Envoys meet for round 1", "Round 1.", *TOLD)))
    monkeypatch.setattr(fetching, "FETCHES_AT_ONCE", 1)
    with FakeWire() as wire:
        run = watch_nine(lab, wire)
        _, stored = asyncio.run(work_off(run))
        asked = Counter(request.path for request in wire.requests)

    assert [report.stored for report in stored] == [4, 4, 1]
    assert all(asked[f"/{n}"] == 1 for n in range(9)), asked


def test_no_visit_begins_once_the_budget_of_a_pass_is_spent_and_the_next_pass_has_the_rest(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    budget = fetching.FetchBudget()
    visited = fetching.fetch_page

    async def visit_and_spend(*given: Any) -> Any:
        budget.started_at -= fetching.PASS_BUDGET_S / 3
        return await visited(*given)

    with FakeWire() as wire:
        run = watch_nine(lab, wire)
        with monkeypatch.context() as slow:
            slow.setattr(fetching, "FETCHES_AT_ONCE", 1)
            slow.setattr(fetching, "fetch_page", visit_and_spend)
            asyncio.run(poll_feeds(run))
            fetched = asyncio.run(fetching.fetch_chunk(run, budget))
        assert (fetched.size, fetched.is_last) == (3, True)
        assert work(lab, run, 5) == {"stored": 9}


def test_a_pass_whose_polls_took_all_its_time_still_visits_a_page(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "FETCHES_AT_ONCE", 2)
    with FakeWire() as wire:
        run = watch_nine(lab, wire)
        asyncio.run(poll_feeds(run))
        fetched = asyncio.run(fetching.fetch_chunk(run, fetching.FetchBudget(started_at=-math.inf)))
    assert 1 <= fetched.size <= 3
    assert fetched.is_last


def test_each_field_of_an_article_says_where_it_comes_from_and_a_wires_rule_is_obeyed(lab: Lab) -> None:
    head = '<meta property="article:section" content="World"><meta name="date" content="2026-02-17T08:00:00Z">'
    page = story("Envoys meet", "Too short for any extractor.").replace(b"<head>", b"<head>" + head.encode())
    rule = PageRule("//article/p", None, (), "", ())
    with FakeWire() as wire:
        link = wire.say("/a", ok(page))
        run = lab.watch({"feed": wire.say("/rss", feed(entry("1", link, "Envoys meet again")))}, wire.host)
        ruled = tuple(replace(each, page=rule) for each in run.catalog.wires)
        work(lab, replace(run, catalog=replace(run.catalog, wires=ruled)))
    article = only(lab.rows("article_versions"))

    assert (article["text"], article["text_source"]) == ("Too short for any extractor.", "rule")
    assert (article["title"], article["title_source"]) == ("Envoys meet again", "feed")
    assert (article["section"], article["section_source"]) == ("World", "meta")
    assert (article["published_source"], article["page_published_source"]) == ("page", "meta")
    assert article["authors_source"] == "none"


def test_a_second_pass_over_the_same_bytes_stores_nothing(lab: Lab) -> None:
    with FakeWire() as wire:
        told = "".join(entry(str(n), wire.say(f"/{n}", ok(story(f"A{n}"))), f"story {n}") for n in range(3))
        run = lab.watch({"feed": wire.say("/rss", ok(rss(told), RSS))}, wire.host)
        first = work(lab, run)
        asked = len(wire.requests)
        second = work(lab, run, 60)

        assert [request.path for request in wire.requests[asked:]] == ["/rss"]

    assert first == second == {"stored": 3}
    assert [(row["found"], row["known"], row["new"]) for row in lab.polls()] == [(3, 0, 3), (3, 3, 0)]
    assert len(lab.rows("article_versions")) == 3


def test_a_story_that_the_wire_corrects_is_a_new_version(lab: Lab) -> None:
    corrected = [*TOLD[:5], TOLD[5].replace("named", "named or chosen")]
    with FakeWire() as wire:
        link = wire.say("/a", ok(story("A")), ok(story("A", *corrected)))
        bodies = [feed(entry("1", link, "Envoys meet", deck)) for deck in ("Two met.", "Three met.")]
        run = lab.watch({"feed": wire.say("/rss", *bodies)}, wire.host)
        reports = [work(lab, run), work(lab, run, 60)]

    assert reports == [{"stored": 1}, {"stored": 1}]
    versions = sorted(lab.rows("article_versions"), key=lambda row: row["version"])
    assert [row["text"] for row in versions] == ["\n\n".join(TOLD), "\n\n".join(corrected)]
    assert only(lab.rows("articles"))["version"] == 2


def test_a_page_that_fails_at_a_correction_keeps_the_stored_story(lab: Lab) -> None:
    with FakeWire() as wire:
        link = wire.say("/a", ok(story("A")), status(410))
        bodies = [feed(entry("1", link, "Envoys meet", deck)) for deck in ("Two met.", "Three met.")]
        run = lab.watch({"feed": wire.say("/rss", *bodies)}, wire.host)
        work(lab, run)
        work(lab, run, 60)

    assert ends(lab)["Envoys meet"][0] == "stored"
    assert only(lab.rows("articles"))["text"] == "\n\n".join(TOLD)


def test_a_page_that_comes_back_is_stored_when_its_time_has_come(lab: Lab) -> None:
    with FakeWire() as wire:
        told = entry("1", wire.say("/a", status(503), ok(story("A"))), "a story")
        run = lab.watch({"feed": wire.say("/rss", feed(told))}, wire.host)
        reports = [work(lab, run), work(lab, run, 1), work(lab, run, 10)]

        assert len(wire.asked("/a")) == 2

    assert reports == [{"waiting": 1}, {"waiting": 1}, {"stored": 1}]


def test_an_item_is_given_up_within_fourteen_days(lab: Lab) -> None:
    with FakeWire() as wire:
        run = lab.watch({"feed": wire.say("/rss", feed(entry("1", wire.say("/a", status(503)), "a story")))}, wire.host)
        reports = [work(lab, run), work(lab, run, 14 * DAYS - 1)]

    assert reports == [{"waiting": 1}, {"rejected": 1}]
    assert ends(lab) == {"a story": ("rejected", "http_5xx")}


def test_numbered_items_of_the_fake_wire_are_stories_too(lab: Lab) -> None:
    with FakeWire() as wire:
        told = "".join(item(n, link=wire.say(f"/{n}", ok(story(f"A{n}")))) for n in range(30))
        run = lab.watch({"feed": wire.say("/rss", feed(told))}, wire.host)
        report = work(lab, run)

    assert report == {"stored": 30}
    assert len({row["article_id"] for row in lab.rows("articles")}) == 30
