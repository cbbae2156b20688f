"""What is new in a feed, and what a freshly fetched text is to the lake."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tasks.core.address.forms import item_id_of
from tasks.core.model import Article, Entry, Feed, FeedBody
from tasks.core.novelty import (
    REVISITS_LIMIT,
    VERSIONS_A_DAY,
    KnownArticle,
    ids_of,
    judge_article,
    make_item,
    should_revisit,
    sort_entries,
)
from tasks.core.stages import KnownItem
from tasks.core.text import content_hash
from tests.claims import at

NOW = at("2025-12-11 12:00")
FEED = Feed("norvik/world", "norvik", "https://norvik.example/rss", "en", "UTC", 300)
ENTRY = Entry(
    key="story-1",
    url="https://norvik.example/story-1",
    title="Ecuador and Panama to meet",
    summary="",
    content="",
    author=None,
    published_at=NOW - timedelta(hours=1),
    published_source="feed",
    updated_at=None,
    fingerprint="f1",
)
KNOWN = KnownItem(item_id_of(FEED.feed_id, "story-1"), NOW.date(), "stored", 1, "f1", 0)


def body(*entries: Entry) -> FeedBody:
    return FeedBody("Norvik", entries, 0, ())


def test_an_entry_that_the_lake_does_not_hold_is_new():
    other = replace(ENTRY, key="story-2")

    news = sort_entries(FEED, body(ENTRY, other), {KNOWN.item_id: KNOWN}, NOW, is_first_load=False)

    assert [entry.key for _, entry in news.new] == ["story-2"]
    assert (news.known, news.revised) == (1, ())


HELD = replace(KNOWN, feed_id=FEED.feed_id, url=ENTRY.url, title=ENTRY.title)


def sort(entry: Entry, *held: KnownItem):
    return sort_entries(FEED, body(entry), {item.item_id: item for item in held}, NOW, is_first_load=False)


def test_an_id_that_is_given_to_another_story_makes_a_new_item_once():
    other = replace(ENTRY, url="https://norvik.example/story-2", title="Floods close the harbour of Guayaquil")

    first = sort(other, HELD)
    ((item, _),) = first.new
    again = sort(other, HELD, replace(HELD, item_id=item.item_id, url=other.url, title=other.title))

    assert item.item_id != HELD.item_id
    assert item.item_id in ids_of(FEED, other)
    assert (again.new, again.known) == ((), 1)


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(replace(ENTRY, url="https://norvik.example/story-1-update"), id="another address, the same title"),
        pytest.param(replace(ENTRY, title="Floods close the harbour"), id="another title, the same address"),
        pytest.param(replace(ENTRY, url=None, title="Floods close the harbour"), id="no address"),
        pytest.param(
            replace(ENTRY, url="http://www.norvik.example/story-1/", title="Floods"), id="the address written otherwise"
        ),
    ],
)
def test_an_edited_story_keeps_its_item(entry):
    assert sort(entry, HELD).new == ()


def test_a_feed_that_makes_new_ids_at_every_poll_makes_no_new_items():
    news = sort(replace(ENTRY, key="story-1-made-anew", title="Ecuador and Panama to meet soon"), HELD)

    assert (news.new, news.known, news.renamed) == ((), 1, 1)


def test_an_entry_under_its_own_id_is_not_renamed():
    assert sort(ENTRY, HELD).renamed == 0


@pytest.mark.parametrize(
    ("entry", "held"),
    [
        pytest.param(
            replace(ENTRY, key="k", title="Floods close the harbour"), HELD, id="a rolling page with another story"
        ),
        pytest.param(
            replace(ENTRY, key="k"), replace(HELD, day=NOW.date() - timedelta(days=3)), id="an item of days ago"
        ),
        pytest.param(replace(ENTRY, key="k"), replace(HELD, feed_id="norvik/sport"), id="an item of another feed"),
    ],
)
def test_an_address_alone_does_not_make_it_the_same_item(entry, held):
    assert len(sort(entry, held).new) == 1


def test_an_entry_with_other_words_is_fetched_again():
    news = sort_entries(FEED, body(replace(ENTRY, fingerprint="f2")), {KNOWN.item_id: KNOWN}, NOW, is_first_load=False)

    assert [seen for seen, _ in news.revised] == [KNOWN]


@given(some.permutations([replace(ENTRY, key=f"story-{number}") for number in range(6)]))
def test_what_is_new_does_not_depend_on_the_order_of_the_feed(entries):
    news = sort_entries(FEED, body(*entries), {KNOWN.item_id: KNOWN}, NOW, is_first_load=True)

    assert {entry.key for _, entry in news.new} == {f"story-{number}" for number in (0, 2, 3, 4, 5)}


@pytest.mark.parametrize(
    ("published", "is_first_load", "is_silent"),
    [
        pytest.param("2025-12-11 11:00", True, False, id="fresh on a first load"),
        pytest.param("2025-12-10 12:00", True, False, id="24 h old on a first load"),
        pytest.param("2025-12-10 11:59", True, True, id="older on a first load"),
        pytest.param(None, True, True, id="undated on a first load"),
        pytest.param("2025-12-01 11:00", False, False, id="old, but in a feed that we know"),
        pytest.param(None, False, False, id="undated, but in a feed that we know"),
    ],
)
def test_what_is_silent(published, is_first_load, is_silent):
    entry = replace(ENTRY, published_at=at(published) if published else None)

    item = make_item(FEED, entry, "i1", NOW, is_first_load=is_first_load)

    assert (item.is_silent, item.is_first_load, item.day) == (is_silent, is_first_load, NOW.date())


@pytest.mark.parametrize(
    ("seen", "is_due"),
    [
        pytest.param({}, True, id="stored today"),
        pytest.param({"outcome": "waiting"}, False, id="still waiting"),
        pytest.param({"outcome": "rejected"}, False, id="rejected"),
        pytest.param({"revisits": REVISITS_LIMIT}, False, id="changed too often"),
        pytest.param({"day": date(2025, 11, 27)}, True, id="two weeks old"),
        pytest.param({"day": date(2025, 11, 26)}, False, id="older"),
        pytest.param({"fingerprint": "f2"}, False, id="the same words"),
    ],
)
def test_which_edits_are_followed(seen, is_due):
    assert should_revisit(replace(KNOWN, **seen), replace(ENTRY, fingerprint="f2"), NOW.date()) is is_due


TOLD = (
    "Ecuador and Panama will hold a summit in Cartagena on Friday, their ministries said. "
    "The two presidents are to sign a treaty on fishing, and eleven boats will be released before it. "
) * 6
STORED = KnownArticle(
    "a1", date(2025, 12, 10), 3, "i1", ENTRY.url, ENTRY.title, TOLD, content_hash(ENTRY.title, TOLD), "ok"
)
NOTICE = "EDITOR'S NOTE: This story has been withdrawn because its source could not be verified."


def article(text: str = TOLD, **parts: object) -> Article:
    item = make_item(FEED, ENTRY, "i1", NOW, is_first_load=False)
    made = Article(
        item=item,
        article_id="a1",
        url=ENTRY.url,
        title=ENTRY.title,
        text=text,
        summary="",
        authors=(),
        published_at=NOW,
        published_source="feed",
        page_published_at=None,
        lang_hint="en",
        quality="ok",
        reason=None,
        content_hash="",
        fetched_at=NOW,
        archive_file=None,
        archive_offset=None,
    )
    told = replace(made, **parts)
    return replace(told, content_hash=content_hash(told.title, told.text))


def test_a_first_text_is_new_and_takes_the_day_of_its_item():
    verdict = judge_article(None, article())

    assert (verdict.change, verdict.version, verdict.day, verdict.is_stored) == ("new", 1, NOW.date(), True)


CORRECTED = TOLD.replace("eleven", "twelve")
NOISY = f"Updated 14:05 GMT\n\n{TOLD}\n\n1,204 shares\n\nMost read\n\nGold rises\n\nRain in Lima"
OTHER_URL = "https://norvik.example/cookery/soup"
SOUP = "Boil a litre of water, add three leeks and some salt, then wait until they are soft and stir in cream. " * 9


@pytest.mark.parametrize(
    ("known", "fetched", "change"),
    [
        pytest.param({}, article(), "same", id="the same text"),
        pytest.param({}, article(NOISY), "same", id="the same text with a clock, a counter and a list"),
        pytest.param({"content_hash": "of other rules"}, article(), "same", id="the same text, hashed by other rules"),
        pytest.param({}, article(CORRECTED), "text", id="one word of the text"),
        pytest.param({}, article(title="Ecuador and Panama met"), "title", id="another headline"),
        pytest.param({}, article(CORRECTED, title="They met"), "both", id="headline and text"),
        pytest.param({}, article(quality="summary", text="They meet."), "poorer", id="only the feed's words now"),
        pytest.param({"quality": "partial"}, article(TOLD[:90], quality="partial"), "poorer", id="a shorter stub"),
        pytest.param({"quality": "partial"}, article(TOLD * 2, quality="partial"), "text", id="a longer stub"),
        pytest.param({"quality": "summary"}, article(CORRECTED), "fuller", id="the full text at last"),
        pytest.param({"lately": VERSIONS_A_DAY}, article(CORRECTED), "noisy", id="changed too often today"),
        pytest.param({"lately": VERSIONS_A_DAY - 1}, article(CORRECTED), "text", id="changed often today"),
        pytest.param({}, article(NOTICE), "withdrawn", id="a notice in its place"),
        pytest.param({}, article(title="WITHDRAWN: They meet"), "withdrawn", id="a headline that takes it back"),
        pytest.param({}, article(SOUP, url=OTHER_URL), "withdrawn", id="another story under its address"),
        pytest.param({}, article(CORRECTED, url=OTHER_URL), "text", id="the same story under a new address"),
        pytest.param({}, article(SOUP), "text", id="a page that is written anew"),
    ],
)
def test_what_a_later_text_is(known, fetched, change):
    verdict = judge_article(replace(STORED, **known), fetched)

    assert verdict.change == change
    assert verdict.day == STORED.day
    assert verdict.version == (4 if verdict.is_stored else 3)
    assert verdict.is_stored is (change not in {"same", "poorer", "noisy", "withdrawn"})


def test_a_withdrawal_is_kept_in_the_wires_own_words():
    assert judge_article(STORED, article(NOTICE)).words == NOTICE


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The ministry said that the report had been withdrawn from the agenda. " * 30, id="a long story"),
        pytest.param("Troops have been withdrawn from the town, the ministry said.", id="troops"),
        pytest.param("The ambassador was removed from office on Friday.", id="an office"),
        pytest.param("The bill was withdrawn after the vote, the speaker said.", id="a bill"),
    ],
)
def test_a_story_of_some_withdrawal_takes_nothing_back(text):
    assert judge_article(replace(STORED, quality="partial"), article(text)).change != "withdrawn"


def test_a_headline_of_another_feed_corrects_nothing():
    other = article(title="Panama, Ecuador to hold summit")
    listed = replace(other, item=replace(other.item, item_id="i2"))

    assert judge_article(STORED, listed).change == "same"
    assert judge_article(STORED, other).change == "title"
