from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.core.feed.dates import FIRST_YEAR, read_feed_date
from tasks.core.feed.entries import (
    DECK_LENGTH,
    MAX_TITLE,
    RawEntry,
    Shelf,
    fingerprint,
    make_entry,
    read_author,
    settle_keys,
)
from tasks.core.model import Entry, Feed

POLLED_AT = datetime(2026, 2, 17, 12, 0, tzinfo=UTC)
FEED = Feed("harbour-world", "harbour", "https://harbour.example/rss", "en", "Asia/Manila", 300)
SHELF = Shelf(FEED, "https://harbour.example/", "https://harbour.example/", POLLED_AT)
RAW = RawEntry(
    ident="",
    link="https://harbour.example/world/talks",
    title="Envoys meet in Cebu",
    summary="Two envoys met.",
    content="",
    author="",
    published="Tue, 17 Feb 2026 10:00:00 GMT",
    updated="",
)


def make(**parts: str) -> Entry:
    return make_entry(replace(RAW, **parts), SHELF)[0]


# --- keys ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ident", "key"),
    [
        pytest.param("story-7", "story-7", id="an id"),
        pytest.param(" tag:harbour,\n2026:7 ", "tag:harbour, 2026:7", id="an id with blanks"),
        pytest.param("https://harbour.example/?p=7&utm_source=rss#a", "https://harbour.example/?p=7", id="an address"),
        pytest.param("", RAW.link, id="no id: the link"),
        pytest.param("null", RAW.link, id="no real id: the link"),
        pytest.param("0", RAW.link, id="a nought: the link"),
        pytest.param("https://harbour.example/", RAW.link, id="the site's own address: the link"),
        pytest.param("x" * 5000, RAW.link, id="text in the wrong place: the link"),
    ],
)
def test_the_key_is_the_id_where_it_is_usable(ident: str, key: str) -> None:
    assert make(ident=ident).key == key


def test_tracking_does_not_change_the_key() -> None:
    assert make(link=f"{RAW.link}?utm_source=rss&at_medium=RSS").key == make().key


def test_without_id_and_link_the_key_is_of_title_and_date() -> None:
    bare = make(link="")

    assert bare.key == make(link="").key
    assert len({bare.key, make(link="", title="Envoys leave").key, make(link="", published="").key}) == 3


@pytest.mark.parametrize(
    ("link", "url", "remarks"),
    [
        pytest.param("/world/talks", "https://harbour.example/world/talks", (), id="relative"),
        pytest.param("//cdn.example/talks", "https://cdn.example/talks", (), id="without a scheme"),
        pytest.param("http://harbour.example:80/a", "http://harbour.example/a", (), id="with its default port"),
        pytest.param("javascript:alert(1)", None, ("bad_link",), id="a script"),
        pytest.param("file:///etc/passwd", None, ("bad_link",), id="a file"),
        pytest.param("https://harbour.example", None, ("bad_link",), id="the front page"),
        pytest.param("https://harbour.example/rss", None, ("bad_link",), id="the feed itself"),
        pytest.param("", None, (), id="none"),
    ],
)
def test_the_link_is_the_story_s_own_page_or_none(link: str, url: str | None, remarks: tuple[str, ...]) -> None:
    entry, said = make_entry(replace(RAW, link=link), SHELF)

    assert (entry.url, said) == (url, remarks)


def named(key: str, url: str, title: str) -> Entry:
    return replace(make(), key=key, url=url, title=title)


def test_different_stories_under_one_id_have_keys_of_their_own() -> None:
    told = [named("same", f"https://h.example/{n}", "Envoys meet") for n in range(2)]
    told += [named("same", "https://h.example/live", title) for title in ("Envoys meet", "Envoys leave")]

    entries, repeated = settle_keys(told)

    assert repeated == 0
    assert len({entry.key for entry in entries}) == 4


entries_of_few = st.lists(
    st.builds(
        named,
        st.sampled_from("ab"),
        st.sampled_from(["https://h.example/1", "http://h.example/1/", "https://h.example/2"]),
        st.sampled_from(["Envoys meet", "Envoys leave"]),
    ),
    max_size=12,
)


@settings(deadline=None)
@given(entries_of_few)
def test_settled_keys_are_unique_and_no_entry_is_lost(told: list[Entry]) -> None:
    entries, repeated = settle_keys(told)

    assert len({entry.key for entry in entries}) == len(entries)
    assert len(entries) + repeated == len(told)


@settings(deadline=None)
@given(entries_of_few)
def test_a_feed_twice_over_has_the_same_keys(told: list[Entry]) -> None:
    once, repeated = settle_keys(told)
    twice, more = settle_keys([*told, *told])

    assert [entry.key for entry in once] == [entry.key for entry in twice]
    assert more == repeated + len(told)


# --- dates -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "Tue, 17 Feb 2026 10:20:00 GMT",
        "Tue, 17 Feb 2026 13:20:00 +0300",
        "Tue, 17 Feb 2026 05:20:00 EST",
        "17 Feb 26 10:20 UT",
        "2026-02-17T10:20:00Z",
        "2026-02-17T10:20:00.123456+00:00",
        "2026-02-17T18:20:00+0800",
        "2026-02-17 18:20:00",
        "Tue Feb 17 18:20:00 2026",
        "February 17, 2026 6:20 PM",
        "17.02.2026 18:20",
        "2026/02/17 18:20",
        " Tue,\n17 Feb 2026  10:20 GMT ",
    ],
)
def test_a_date_is_read_in_the_zone_that_it_or_its_feed_has(written: str) -> None:
    moment = read_feed_date(written, "Asia/Manila")

    assert moment is not None
    assert moment.replace(second=0, microsecond=0) == datetime(2026, 2, 17, 10, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "zone", "hour"),
    [
        ("Tue, 17 Feb 2026 13:20:00 MSK", "Europe/Moscow", 10),
        ("Tue, 17 Feb 2026 18:20:00 CST", "Asia/Shanghai", 10),
        ("Tue, 17 Feb 2026 04:20:00 CST", "America/Chicago", 10),
        ("Tue, 17 Feb 2026 12:20:00 IST", "Asia/Jerusalem", 10),
    ],
)
def test_a_zone_s_name_is_read_as_the_wire_means_it(written: str, zone: str, hour: int) -> None:
    assert read_feed_date(written, zone) == datetime(2026, 2, 17, hour, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        *("", "-1", "0000-00-00", "2026-13-45", "2026-02-30", "9999-99-99", "1969-12-31T00:00:00Z", "02/03/2026"),
        *("Tue, 17 Feb 2026 25:61:00 GMT", "yesterday", "x" * 500),
    ],
)
def test_what_is_no_date_is_none(written: str) -> None:
    assert read_feed_date(written, "Asia/Manila") is None


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_text_makes_the_reading_of_dates_fail(written: str) -> None:
    moment = read_feed_date(written, "Asia/Manila")

    assert moment is None or moment.year >= FIRST_YEAR


def test_an_undated_entry_is_marked_so() -> None:
    entry = make(published="")

    assert (entry.published_at, entry.published_source) == (None, "none")


def test_an_entry_that_was_only_updated_takes_that_time() -> None:
    entry = make(published="", updated="2026-02-17T09:00:00Z")

    assert (entry.published_at, entry.published_source) == (datetime(2026, 2, 17, 9, tzinfo=UTC), "feed_updated")


def test_a_date_in_the_future_is_marked_and_becomes_the_time_of_the_poll() -> None:
    for written in ("2026-02-17T13:00:00Z", "Sun, 11 Mar 2035 10:00:00 GMT"):
        entry = make(published=written)

        assert (entry.published_at, entry.published_source) == (POLLED_AT, "feed_future")


def test_a_wire_s_clock_may_be_a_little_ahead() -> None:
    entry = make(published="2026-02-17T12:09:00Z")

    assert (entry.published_at, entry.published_source) == (POLLED_AT + timedelta(minutes=9), "feed")


# --- words -----------------------------------------------------------------------------------------------------------


def test_a_title_on_several_lines_with_entities_is_one_line() -> None:
    assert make(title="Envoys &amp;amp;\n  <b>ministers</b>\u202e meet\u200b").title == "Envoys & ministers meet"


def test_one_text_in_two_fields_is_kept_once() -> None:
    deck, story = "Two envoys met.", "Two envoys met in the harbour town. " * 30
    assert len(story) > DECK_LENGTH

    short, long = make(summary=deck, content=deck), make(summary=story, content=f"<p>{story}</p>")

    assert (short.summary, short.content) == (deck, "")
    assert (long.summary, long.content) == ("", story.strip())


def test_a_whole_story_in_place_of_a_deck_is_content_with_its_paragraphs() -> None:
    paragraph = "Two envoys met in the harbour town. " * 20

    entry = make(summary=f"<p>{paragraph}</p><p>{paragraph}</p>")

    assert (entry.summary, entry.content) == ("", f"{paragraph.strip()}\n\n{paragraph.strip()}")


def test_fields_beyond_all_measure_are_cut_and_marked() -> None:
    entry, remarks = make_entry(replace(RAW, title="Envoys " * 100_000), SHELF)

    assert len(entry.title) <= MAX_TITLE
    assert remarks == ("field_cut",)


@pytest.mark.parametrize(
    ("written", "name"),
    [("none@none.com (AFP)", "AFP"), ("desk@harbour.example", None), ("", None), (" Ada  Ruiz\n", "Ada Ruiz")],
)
def test_an_address_is_no_author(written: str, name: str | None) -> None:
    assert read_author(written) == name


def test_the_fingerprint_changes_with_words_and_not_with_blanks() -> None:
    base = fingerprint("Envoys meet", "Two envoys met.", "", None)

    assert fingerprint("Envoys  meet", "Two envoys\nmet.", " ", None) == base
    assert len({base, fingerprint("Envoys met", "Two envoys met.", "", None), fingerprint("a", "", "", POLLED_AT)}) == 3
