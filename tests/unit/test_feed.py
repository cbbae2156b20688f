from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.core.feed.parse import parse_feed
from tasks.core.feed.repair import MAX_ENTRIES
from tasks.core.model import Entry, Failure, Feed, FeedBody
from tests.fakes import item, rss

FEED = Feed("harbour-world", "harbour", "https://harbour.example/rss", "en", "Asia/Manila", 300)
POLLED_AT = datetime(2026, 2, 17, 12, 0, tzinfo=UTC)
XML = "application/rss+xml"

ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Nordlicht</title>
<entry><id>tag:nordlicht.example,2026:7</id><title>Envoys meet in Bergen</title>
<link rel="alternate" href="https://nordlicht.example/7"/><updated>2026-02-17T09:30:00Z</updated>
<summary>Two envoys met.</summary></entry></feed>"""
RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://o.example/">
<title>Ostwind</title><link>https://o.example/</link></channel><item rdf:about="https://o.example/3">
<title>Envoys meet in Graz</title><link>https://o.example/3</link><dc:date>2026-02-17T10:30:00+01:00</dc:date></item></rdf:RDF>"""


def parse(body: bytes | str, content_type: str | None = XML) -> FeedBody:
    parsed = parse_feed(body.encode() if isinstance(body, str) else body, content_type, FEED, POLLED_AT)
    assert isinstance(parsed, FeedBody), parsed
    return parsed


def fail(body: bytes | str, content_type: str | None = XML) -> Failure:
    parsed = parse_feed(body.encode() if isinstance(body, str) else body, content_type, FEED, POLLED_AT)
    assert isinstance(parsed, Failure), parsed
    return parsed


def only(body: bytes | str) -> Entry:
    (entry,) = parse(body).entries
    return entry


def test_an_rss_item_becomes_an_entry() -> None:
    entry = only(rss(item(7, "Envoys meet in Cebu")))

    assert entry.key == "story-7"
    assert entry.url == "https://wire.example/story/7"
    assert entry.title == "Envoys meet in Cebu"
    assert entry.summary == "Round 7 of the talks opened on Tuesday."
    assert (entry.published_at, entry.published_source) == (datetime(2026, 2, 17, 10, tzinfo=UTC), "feed")


@pytest.mark.parametrize(
    ("body", "title", "source"),
    [
        pytest.param(ATOM, "Envoys meet in Bergen", "feed_updated", id="Atom"),
        pytest.param(RDF, "Envoys meet in Graz", "feed_updated", id="RDF with a dc:date only"),
    ],
)
def test_other_formats_are_read_too(body: str, title: str, source: str) -> None:
    entry = only(body)

    assert entry.title == title
    assert entry.published_at == datetime(2026, 2, 17, 9, 30, tzinfo=UTC)
    assert entry.published_source == source


def test_a_json_feed_is_read() -> None:
    listed = {"id": 5, "url": "/5", "title": "Envoys < ministers", "content_text": "Two envoys met.\n\nThey left."}
    document = {"version": "https://jsonfeed.org/version/1.1", "title": "Sur", "home_page_url": "https://sur.example/"}

    entry = only(json.dumps({**document, "items": [listed]}))

    assert (entry.key, entry.url, entry.title) == ("5", "https://sur.example/5", "Envoys < ministers")
    assert entry.content == "Two envoys met.\n\nThey left."


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        pytest.param(b"", "empty_body", id="nothing"),
        pytest.param(b" \r\n\x00", "empty_body", id="blanks"),
        pytest.param("<!doctype html><html><body>Just a moment...</body></html>", "html_not_feed", id="a web page"),
        pytest.param("<html><body>" + rss(item(1)).decode(), "html_not_feed", id="a web page around a feed"),
        pytest.param("/etc/passwd", "not_a_feed", id="a path"),
        pytest.param("https://harbour.example/other", "not_a_feed", id="an address"),
        pytest.param("busy, try later", "not_a_feed", id="a sentence"),
        pytest.param('{"error": "busy"}', "not_a_feed", id="other JSON"),
        pytest.param('{"version": "2", "items": []}', "unsupported_format", id="JSON with items"),
        pytest.param('<?xml version="1.0"?><urlset><url/></urlset>', "unsupported_format", id="a sitemap"),
        pytest.param("[" * 100_000, "not_a_feed", id="nested JSON"),
        pytest.param("<rss>" + "<a>" * 100_000, "xml_bomb", id="nested XML"),
        pytest.param(
            '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><rss>&b;</rss>', "xml_bomb", id="entities"
        ),
        pytest.param('<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss>&a;</rss>', "xml_bomb", id="a file"),
    ],
)
def test_what_is_no_feed_is_a_failure(body: bytes | str, kind: str) -> None:
    failure = fail(body)

    assert failure.kind == kind
    assert failure.cause


OPENED: list[str] = []


def test_nothing_is_opened_whatever_the_body_says() -> None:
    OPENED.clear()
    watching = True

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if watching and event in {"open", "socket.connect", "urllib.Request"}:
            OPENED.append(f"{event} {arguments[0]!r}")

    parse(rss(item(1)))  # whatever is imported late is imported now
    sys.addaudithook(watch)
    for body in (b"/etc/passwd", b"http://harbour.example/x", b'<!DOCTYPE r SYSTEM "http://h.example/d"><rss></rss>'):
        parse_feed(body, XML, FEED, POLLED_AT)
    watching = False

    assert OPENED == []


def test_a_large_web_page_is_refused_unparsed() -> None:
    page = b"<!doctype html><html><body>" + b"<p>Sign in to go on.</p>" * 200_000

    begun = time.process_time()
    failure = fail(page)

    assert failure.kind == "html_not_feed"
    assert time.process_time() - begun < 5  # parsed as a feed, these 5 MB take 25 s of CPU


@pytest.mark.parametrize(
    ("poison", "title"),
    [
        pytest.param("A &#xD800;B", "A B", id="a surrogate"),
        pytest.param("A &#1114112;B", "A B", id="beyond Unicode"),
        pytest.param("A &#0;\x00\x1b[31mB", "A [31mB", id="control characters"),
        pytest.param("A & B", "A & B", id="a bare ampersand"),
        pytest.param("A &nbsp; B", "A B", id="an undeclared entity"),
        pytest.param("A <b>B", "A B", id="an open tag"),
        pytest.param("&lt;script&gt;alert(1)&lt;/script&gt;A &amp;amp; B", "A & B", id="markup escaped twice"),
    ],
)
def test_poison_in_one_entry_costs_no_other(poison: str, title: str) -> None:
    items = [item(n) for n in range(1, 50)] + [item(50).replace("Envoys meet for round 50", poison)]

    entries = parse(rss("".join(items))).entries

    assert len(entries) == 50
    assert entries[49].title == title
    assert entries[0].title == "Envoys meet for round 1"


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7, 0.9, 0.99])
def test_a_truncated_feed_gives_its_whole_entries_and_no_half_one(share: float) -> None:
    body = rss("".join(item(n) for n in range(1, 41)))
    cut = body[: int(len(body) * share)]

    parsed = parse(cut)

    assert len(parsed.entries) == cut.count(b"</item>")
    assert all(entry.url and entry.summary for entry in parsed.entries)
    assert any(remark.startswith("truncated") for remark in parsed.remarks)


def test_one_wrong_byte_costs_one_letter() -> None:
    body = rss(item(1, "Zürich, São Tomé, Кишинёв") + item(2, "Gda\xa0sk")).replace(b"Gda\xc2\xa0sk", b"Gda\xf1sk")

    parsed = parse(body)

    assert [entry.title for entry in parsed.entries] == ["Zürich, São Tomé, Кишинёв", "Gda\ufffdsk"]
    assert "bad_bytes:1" in parsed.remarks


@pytest.mark.parametrize(
    ("codec", "declared"),
    [("cp1251", "windows-1251"), ("cp1251", "utf-8"), ("gb18030", "gb2312"), ("utf-16", "utf-16"), ("utf-8", "cp1252")],
)
def test_letters_survive_a_right_and_a_wrong_declaration(codec: str, declared: str) -> None:
    said = "会谈在北京举行" if codec == "gb18030" else "Переговоры прошли в Женеве, сообщил представитель министерства"
    written = rss(item(1, said) + item(2, said)).decode().replace('encoding="utf-8"', f'encoding="{declared}"')

    assert [entry.title for entry in parse(written.encode(codec), None).entries] == [said, said]


def test_the_newest_of_too_many_entries_are_kept() -> None:
    old = "".join(item(n, date="Mon, 16 Feb 2026 10:00:00 GMT") for n in range(MAX_ENTRIES))
    new = "".join(item(MAX_ENTRIES + n, date="Tue, 17 Feb 2026 10:00:00 GMT") for n in range(5))

    parsed = parse(rss(old + new))

    assert len(parsed.entries) == MAX_ENTRIES
    assert {f"story-{MAX_ENTRIES + n}" for n in range(5)} <= {entry.key for entry in parsed.entries}
    assert f"too_many_entries:{MAX_ENTRIES + 5}" in parsed.remarks


def test_exact_repeats_are_counted() -> None:
    parsed = parse(rss(item(1) + item(2) + item(1) + item(1)))

    assert [entry.key for entry in parsed.entries] == ["story-1", "story-2"]
    assert parsed.repeated == 2


def test_an_entry_without_id_link_and_date_is_an_entry() -> None:
    bare = "<item><title>Envoys leave Cebu</title></item>"

    parsed = parse(rss(bare + item(2)))

    first = parsed.entries[0]
    assert first.url is None
    assert first.published_at is None
    assert first.published_source == "none"
    assert parse(rss(item(2) + bare)).entries[1].key == first.key


@settings(deadline=None)
@given(cut=st.integers(0, 1500), noise=st.binary(max_size=12), at=st.integers(0, 1500))
def test_whatever_the_bytes_are_nothing_is_raised(cut: int, noise: bytes, at: int) -> None:
    body = rss("".join(item(n) for n in range(3)))[: cut or None]

    parsed = parse_feed(body[:at] + noise + body[at:], XML, FEED, POLLED_AT)

    assert isinstance(parsed, FeedBody | Failure)


@settings(deadline=None)
@given(order=st.permutations(range(8)))
def test_keys_do_not_depend_on_the_order_of_the_feed(order: list[int]) -> None:
    told = [item(n % 5, link=f"https://wire.example/{n}") for n in range(8)]  # three ids stand twice

    keys = {entry.url: entry.key for entry in parse(rss("".join(told))).entries}
    moved = {entry.url: entry.key for entry in parse(rss("".join(told[n] for n in order))).entries}

    assert moved == keys
    assert len(set(keys.values())) == 8
