"""The sample wire as it is served: feeds that parse, pages that extract, and two acts."""

import http.client
import io
import json
import tomllib
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import pytest
from trafilatura import extract

from tasks.core.errors import BadInput
from tasks.edge.sample import (
    SampleServer,
    list_stories,
    load_sample,
    render_feed,
    render_page,
    sample_wires,
    story_path,
    tell_text,
    tell_title,
)

SAMPLE = load_sample(Path(__file__).parents[2] / "deploy" / "sample")
NOW = datetime(2025, 12, 11, 14, 30, tzinfo=UTC)
BASE = "http://127.0.0.1:8080"
READABLE = [story for story in SAMPLE.stories if not story.fault]
AGENCIES = pytest.mark.parametrize("agency", SAMPLE.agencies, ids=lambda agency: agency.agency_id)
ACTS = pytest.mark.parametrize("act", [1, 2])


def parse(body):
    parsed = feedparser.parse(io.BytesIO(body))  # noqa: TID251 - bytes, never an address: the feed is what is tested
    assert not parsed.bozo
    return parsed


def get(server, path, method="GET", **headers):
    """One request, as (status, headers, body)."""
    host = server.base_url.removeprefix("http://")
    connection = http.client.HTTPConnection(host, timeout=10)
    try:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


@pytest.fixture
def server():
    with SampleServer(SAMPLE, NOW) as running:
        yield running


@AGENCIES
@ACTS
def test_a_feed_lists_its_agencys_stories_newest_first(agency, act):
    entries = parse(render_feed(SAMPLE, agency, act, NOW, BASE)).entries
    stories = list_stories(SAMPLE, agency.agency_id, act)
    assert [entry.title for entry in entries] == [tell_title(SAMPLE, story, NOW) for story in stories]
    assert [entry.link for entry in entries] == [f"{BASE}{story_path(SAMPLE, story)}" for story in stories]
    assert all(entry.title.startswith("SAMPLE: ") and entry.summary for entry in entries)


@AGENCIES
@ACTS
def test_an_entry_has_its_date_and_key_unless_it_is_bare(agency, act):
    entries = parse(render_feed(SAMPLE, agency, act, NOW, BASE)).entries
    for entry, story in zip(entries, list_stories(SAMPLE, agency.agency_id, act), strict=True):
        assert ("id" in entry) == ("published" in entry) == (not story.is_bare)
        if not (story.is_bare or story.correction_of):
            told = datetime(*entry.published_parsed[:6], tzinfo=UTC)
            assert told == NOW - timedelta(minutes=story.minutes_ago)


def test_a_correction_keeps_its_key_and_date_and_says_when_it_was_changed():
    agency = SAMPLE.agency("meridian")
    first, second = (parse(render_feed(SAMPLE, agency, act, NOW, BASE)).entries for act in (1, 2))
    (new,) = [entry for entry in second if "CORRECTED" in entry.title]
    (old,) = [entry for entry in first if entry.id == new.id]
    assert (old.link, old.published) == (new.link, new.published)
    assert old.title != new.title
    assert datetime(*new.updated_parsed[:6], tzinfo=UTC) == NOW - timedelta(minutes=4)


@AGENCIES
def test_entries_of_act_one_are_the_same_in_act_two_but_for_the_corrected_one(agency):
    first, second = (parse(render_feed(SAMPLE, agency, act, NOW, BASE)).entries for act in (1, 2))
    corrected = {story.correction_of for story in SAMPLE.stories}
    kept = [entry for entry in first if not any(f"/{slug}.html" in entry.link for slug in corrected)]
    assert all(entry in second for entry in kept)


@pytest.mark.parametrize("story", READABLE, ids=lambda story: story.slug)
@pytest.mark.parametrize("is_fast", [True, False], ids=["fast", "thorough"])
def test_trafilatura_finds_the_story_and_little_else(story, is_fast):
    page = render_page(SAMPLE, story, story.act, NOW).decode()
    found = Counter((extract(page, fast=is_fast, include_comments=False) or "").split())
    told = Counter(tell_text(SAMPLE, story, NOW).split())
    title = Counter(tell_title(SAMPLE, story, NOW).split())
    assert (found & told).total() >= 0.95 * told.total()
    assert (found - told - title).total() <= 0.05 * told.total()


@pytest.mark.parametrize("story", READABLE, ids=lambda story: story.slug)
def test_a_page_states_its_title_and_time(story):
    page = render_page(SAMPLE, story, story.act, NOW).decode()
    assert '<meta property="og:title" content="SAMPLE: ' in page
    assert '<meta property="article:published_time" content="20' in page
    assert "does not exist" in page


def test_json_ld_says_what_the_page_says():
    story = SAMPLE.story("red-sea-tanker-missile")
    page = render_page(SAMPLE, story, 1, NOW).decode()
    stated = json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    assert stated["headline"] == tell_title(SAMPLE, story, NOW)
    assert stated["datePublished"] == "2025-12-11T10:30:00+00:00"


def test_the_server_speaks_as_a_wire_does(server):
    status, headers, body = get(server, "/norvik/feed.xml")
    assert status == 200
    assert headers["Content-Type"].startswith("application/rss+xml")
    assert f"<link>{server.base_url}/norvik/world/cartagena-summit-agenda.html</link>".encode() in body
    status, headers, body = get(server, "/bosphor/feed.xml")
    assert headers["Content-Type"].startswith("application/atom+xml")


def test_an_unchanged_feed_is_not_sent_again(server):
    etag = get(server, "/norvik/feed.xml")[1]["ETag"]
    status, headers, body = get(server, "/norvik/feed.xml", **{"If-None-Match": f'"old", W/{etag}'})
    assert (status, headers["ETag"], body) == (304, etag, b"")
    server.show(2)
    status, headers, body = get(server, "/norvik/feed.xml", **{"If-None-Match": etag})
    assert status == 200
    assert headers["ETag"] != etag
    assert b"Rival Libyan sides" in body


def test_a_wire_without_news_answers_304_in_act_two(server):
    etag = get(server, "/bosphor/feed.xml")[1]["ETag"]
    server.show(2)
    assert get(server, "/bosphor/feed.xml", **{"If-None-Match": etag})[0] == 304


def test_act_two_shows_the_correction_at_the_same_address_and_the_new_page(server):
    corrected, new = "/meridian/world/benin-army-post-attack.html", "/meridian/world/egypt-ethiopia-geneva-summit.html"
    assert b"killed 14 soldiers" in get(server, corrected)[2]
    assert get(server, new)[0] == 404
    server.show(2)
    assert b"killed 11 soldiers" in get(server, corrected)[2]
    assert get(server, new)[0] == 200


def test_one_page_is_empty_and_one_is_missing(server):
    assert get(server, "/hanriver/world/morning-summary-empty.html")[::2] == (200, b"")
    assert get(server, "/continental/world/harbor-lights-gallery.html")[0] == 404


def test_every_page_of_both_acts_is_there(server):
    for act in (1, 2):
        server.show(act)
        for agency in SAMPLE.agencies:
            for story in list_stories(SAMPLE, agency.agency_id, act):
                expected = 404 if story.fault == "missing" else 200
                assert get(server, story_path(SAMPLE, story))[0] == expected


def test_robots_front_page_query_head_and_nonsense_are_answered(server):
    assert get(server, "/robots.txt")[2].startswith(b"User-agent: *")
    assert b'href="feed.xml"' in get(server, "/lumen/?section=world")[2]
    status, headers, body = get(server, "/lumen/feed.xml", method="HEAD")
    assert status == 200
    assert int(headers["Content-Length"]) > 0
    assert body == b""
    assert get(server, "/../../etc/passwd")[0] == 404


def test_the_wires_in_the_catalogs_form_point_at_feeds_that_answer(server):
    wires = tomllib.loads(sample_wires(SAMPLE, server.base_url))["wire"]
    assert [wire["id"] for wire in wires] == [agency.agency_id for agency in SAMPLE.agencies]
    for wire in wires:
        (feed,) = wire["feeds"]
        assert (wire["gives"], feed["every"]) == ("full text", "5m")
        assert get(server, feed["url"].removeprefix(server.base_url))[0] == 200


def test_there_is_no_third_act(server):
    with pytest.raises(BadInput, match="acts 1 and 2"):
        server.show(3)


def test_a_server_that_does_not_run_has_no_address():
    with pytest.raises(BadInput, match="not being served"):
        _ = SampleServer(SAMPLE, NOW).base_url
