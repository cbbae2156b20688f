"""The seed story on its way through a whole pass: a thin feed item, a page, and what the lake holds of it after."""

import html

import pytest

from tests.data import DATA, needs_data
from tests.fakes import FakeWire, feed, item, ok
from tests.homes import ask_lake
from tests.passes import begin_pass, run_pass, work_off, write_feeds

DATE = "Thu, 11 Dec 2025 14:30:00 GMT"


def make_page(text):
    paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n\n"))
    return f"<html><head><title>A story</title></head><body><article>{paragraphs}</article></body></html>".encode()


@pytest.fixture
def told(tmp_path):
    """A pass over the feed while it is empty, then one with the story, so that it is not silent as a first load's."""
    text = (DATA / "seed" / "story.txt").read_text(encoding="utf-8").strip()
    with FakeWire() as wire:
        page = wire.say("/story", ok(make_page(text)))
        thin = item(1, "A headline of the wire", link=page, date=DATE)
        wire.say("/rss", feed(""), feed(thin))
        feeds = write_feeds(tmp_path, {"tass": wire.url("/rss")}, agency="TASS", zone="Europe/Moscow", lang="en")
        run_pass(tmp_path / "home", feeds, allow=wire.host)
        run_pass(tmp_path / "home", feeds, allow=wire.host)
        with begin_pass(tmp_path / "home", feeds, allow=wire.host) as run:
            import asyncio

            asyncio.run(work_off(run))
            yield run


@needs_data
def test_the_seed_story_is_stored_once_read_in_full_and_raises_no_alert(told):
    articles = ask_lake(told, "select title, text, cities, country, filed_on::varchar, agency, is_silent from articles")
    assert len(articles) == 1, "however often it is polled"
    title, text, cities, country, filed_on, agency, is_silent = articles[0]
    assert (cities, country, filed_on, agency) == (["Moscow"], "RUS", "2025-12-11", "TASS")

    topics = {row[0] for row in ask_lake(told, "select topic from topics")}
    assert {"conflict", "diplomacy", "diplomacy.summit"} <= topics
    evidence = ask_lake(told, "select topic, field, text, start_char, end_char from topic_evidence")
    assert {row[0] for row in evidence} >= topics
    for _, field, words, start, end in evidence:
        assert (title if field == "title" else text)[start:end] == words

    summits = ask_lake(told, "select name, parties, status from summits")
    assert summits == [("Alaska Summit", ["RUS", "USA"], "held")]
    assert not is_silent
    assert ask_lake(told, "select * from alerts") == [], "it is background: over since August"
