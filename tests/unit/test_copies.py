"""Whose text repeats whose, and which of the two was there first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tasks.core.copies import COPY_DAYS, MARKS, Copied, Sketched, judge_pair, sketch_text
from tasks.edge.copying import CopyWindow
from tests.republished import (
    Press,
    change_dateline,
    cut,
    edit_words,
    embed,
    keep_two_sentences,
    lay_out,
    reorder,
    share_background,
)  # fmt: skip

NOON = datetime(2025, 12, 11, 12, tzinfo=UTC)

TALKS = """SARNHAVN, December 11 (NVP) -- The foreign ministers of Alvia and Brenmark agreed on Thursday to reopen the Kell \
crossing before the winter.
The two met for three hours in the customs house of the border town, without aides.
Trucks have been waiting on the Alvian side of the river since the crossing was closed in August.
Drivers told Norvik Press that fruit was rotting in the trailers and that nobody had paid them.
The agreement covers goods only, and families will go on using the ferry at Lower Vane.
A joint commission will inspect the bridge next week and report to both capitals."""

# A press conference: each wire makes a story of its own of it, and all of them quote the same sentences.
QUOTED = (
    '"We will not sign a paper that says nothing about the prisoners, and I have told my colleague so," Karev said.',
    '"Nobody in this building wants another winter like the last one on the Kell river," he said.',
    '"If the observers are let in by Monday, then we can talk about the rest in good faith," he added.',
)
SLICE = [
    "MIREDALE, December 11 (NVP) -- Brenmark will not sign a border deal without the prisoners, its minister said.",
    "Foreign Minister Karev took questions for an hour in the hall of the old mint on Thursday.",
    *QUOTED,
    "Alvia holds some forty soldiers who were taken in the autumn, by the count of their families.",
]
OTHER_SLICE = [
    "MIREDALE, December 11 (Lumen) -- Observers could be on the Kell river within days, Brenmark's top diplomat hinted.",
    "He put a date to the demand for the first time since the ceasefire was broken in October.",
    *QUOTED,
    "The mission of twelve has been waiting in a hotel in Tarnholm for its papers since last week.",
]
BACKGROUND = [
    "The Kell crossing was closed in August after a customs officer was shot on the bridge at night.",
    "Each side has blamed the other for the shot, and neither has let the other see its own inquiry.",
    "Some nine hundred lorries used the bridge each day before the closure, most of them with fruit.",
]
ON_PRICES = [
    "TARNHOLM, December 11 (NVP) -- The price of apples has doubled in the markets of Brenmark within a month.",
    "Growers say that they could fill the stalls tomorrow if their trailers were let over the river.",
    "The central bank will look at food prices when its council meets on Friday.",
]
ON_A_STRIKE = [
    "LOWER VANE, December 11 (Lumen) -- The crews of the Vane ferries will stop work for a day on Saturday.",
    "They want another boat and a third shift, since passengers have queued for hours at both landings.",
    "The company said that it had ordered a boat from a yard abroad and was short of pilots.",
]


def article(text: str, name: str = "first", *, wire: str = "norvik", origin: str = "", minutes: float = 0) -> Sketched:
    at, sketch = NOON + timedelta(minutes=minutes), sketch_text(text)
    return Sketched(name, 1, NOON.date(), wire, origin or wire, at, "feed", at, len(sketch) // MARKS, sketch)


def compare(later: Sketched, *earlier: Sketched) -> list[Copied]:
    window = CopyWindow()
    window.add(earlier)
    found = window.find_shared([later]).get(later.article_id, [])
    return [pair for shared in found if (pair := judge_pair(later, shared))]


def compare_texts(first: str, second: str) -> list[Copied]:
    return compare(article(second, "second", wire="lumen", minutes=5), article(first))


@pytest.mark.parametrize(
    ("first", "second", "is_copy"),
    [
        pytest.param(TALKS, TALKS, True, id="the same text"),
        pytest.param(TALKS, TALKS.upper().replace(",", " -"), True, id="other case and punctuation"),
        pytest.param(TALKS, TALKS.replace("SARNHAVN, December 11 (NVP)", "TARNHOLM (Lumen)"), True, id="other dateline"),
        pytest.param(TALKS, TALKS.rpartition("\n")[0].rpartition("\n")[0], True, id="the last two sentences cut"),
        pytest.param(TALKS, "\n".join([*ON_PRICES, *TALKS.split("\n")]), True, id="among half as much of its own"),
        pytest.param(TALKS, TALKS.partition("\n")[0], False, id="one sentence of it"),
        pytest.param(lay_out(SLICE), lay_out(OTHER_SLICE), False, id="two stories of one press conference"),
        pytest.param(lay_out([*SLICE, *BACKGROUND]), lay_out([*SLICE, *BACKGROUND[:2]]), True,
                     id="a story that quotes, cut"),
        pytest.param(lay_out([*ON_PRICES, *BACKGROUND]), lay_out([*ON_A_STRIKE, *BACKGROUND]), False,
                     id="three sentences of background in two stories"),
        pytest.param(lay_out([*ON_PRICES[:1], *BACKGROUND]), lay_out([*ON_A_STRIKE[:1], *BACKGROUND]), False,
                     id="three sentences of background in two briefs"),
        pytest.param(lay_out([*ON_PRICES, *BACKGROUND]), lay_out([*ON_PRICES, *BACKGROUND]), True,
                     id="the same story with its background"),
        pytest.param(lay_out(ON_PRICES), lay_out(ON_A_STRIKE), False, id="other news"),
    ],
)  # fmt: skip
def test_a_copy_is_told_from_a_text_that_shares_sentences(first, second, is_copy):
    assert bool(compare_texts(first, second)) is is_copy
    assert bool(compare_texts(second, first)) is is_copy


def test_a_long_report_that_carries_a_brief_is_no_copy_but_a_brief_cut_from_it_is():
    long = "\n".join([*ON_PRICES, *ON_A_STRIKE, *BACKGROUND, *SLICE, *OTHER_SLICE, TALKS])

    assert not compare_texts(TALKS, long)
    assert compare_texts(long, TALKS)


@pytest.mark.parametrize("edit", [change_dateline, cut, edit_words, embed, reorder])
def test_nineteen_of_twenty_copies_are_found(edit):
    press = Press(11)
    stories = [press.write_story() for _ in range(200)]

    found = [bool(compare_texts(story, edit(press, story))) for story in stories]

    assert sum(found) >= 190


@pytest.mark.parametrize("edit", [keep_two_sentences, share_background])
def test_shared_sentences_make_no_copy(edit):
    press = Press(12)
    stories = [press.write_story() for _ in range(200)]

    assert not any(compare_texts(story, edit(press, story)) for story in stories)


def test_a_text_is_no_copy_of_itself_nor_of_its_own_wire():
    assert compare(article(TALKS), article(TALKS)) == []
    assert compare(article(TALKS, "second"), article(TALKS)) == []


def test_a_statement_that_is_all_quotation_is_compared_with_its_quotations():
    statement = "\n".join(f'"{sentence}"' for sentence in [*ON_PRICES, *BACKGROUND])

    assert compare_texts(statement, statement)


def test_writing_without_spaces_is_compared_by_its_characters():
    chinese = (
        "两国外长星期四在边境小镇会晤并同意重新开放大桥。会谈持续了三个小时没有助手在场。卡车自八月以来一直在河边等候。"
    )

    assert compare_texts(chinese, chinese)


def test_copies_travel_within_days():
    late = replace(article(TALKS, "second", wire="lumen"), day=date(2025, 12, 12 + COPY_DAYS))

    assert compare(late, article(TALKS)) == []


def test_the_shares_tell_a_cut_text_from_one_that_adds_its_own():
    (short,) = compare_texts(TALKS, TALKS.rpartition("\n")[0])
    (long,) = compare_texts(TALKS, "\n".join([TALKS, *ON_PRICES]))

    assert (short.similarity, short.share_of_copy, short.share_of_original) == (1.0, 1.0, 0.833)
    assert (long.similarity, long.share_of_copy, long.share_of_original) == (1.0, 0.667, 1.0)


@pytest.mark.parametrize(
    ("stored", "new", "copy", "basis"),
    [
        pytest.param({}, {"minutes": 5}, "lumen", "published", id="published later"),
        pytest.param({}, {"minutes": -5}, "norvik", "published", id="published first, and fetched later"),
        pytest.param({"origin": "lumen"}, {"minutes": 5}, "norvik", "credit", id="it credits the wire that came later"),
        pytest.param({}, {"minutes": -5, "origin": "norvik"}, "lumen", "credit", id="it credits the wire of the lake"),
        pytest.param({"origin": "lumen"}, {"origin": "norvik"}, "lumen", "seen", id="they credit each other"),
        pytest.param({"origin": "citing Lake Courier"}, {"origin": "citing Lake Courier", "minutes": 5}, "lumen",
                     "published", id="both credit a third"),
    ],
)  # fmt: skip
def test_the_original_is_who_is_credited_else_who_was_first(stored, new, copy, basis):
    (pair,) = compare(article(TALKS, "second", wire="lumen", **new), article(TALKS, **stored))

    assert (pair.copy.wire_id, pair.basis) == (copy, basis)
    assert pair.original.wire_id == {"lumen": "norvik", "norvik": "lumen"}[copy]


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param({"published_source": "feed_updated"}, id="of an update"),
        pytest.param({"published_at": None, "published_source": "none"}, id="none"),
        pytest.param({"published_at": datetime(2025, 12, 11, tzinfo=UTC)}, id="a day alone"),
    ],
)
def test_a_time_that_tells_no_order_leaves_it_to_our_first_sight(parts):
    new = replace(article(TALKS, "second", wire="lumen", minutes=-5), first_seen_at=NOON + timedelta(hours=1), **parts)

    (pair,) = compare(new, article(TALKS))

    assert (pair.copy.wire_id, pair.basis) == ("lumen", "seen")


def test_a_brief_on_two_wires_is_one_text_though_it_has_two_sentences():
    brief = (
        "The presidents of Ecuador and Panama will meet in Cartagena in May. Fishing in the gulf is on their agenda."
    )
    other = (
        "The presidents of Ecuador and Panama will meet in Cartagena in May. Three ports were closed by a strike today."
    )

    assert compare_texts(brief, brief)
    assert not compare_texts(brief, other)
