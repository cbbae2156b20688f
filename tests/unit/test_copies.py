"""Whose text repeats whose, and whose reporting a story is."""

from __future__ import annotations

import random
from datetime import date

import pytest

from tasks.core.copies import COPY_SHARE, CopyIndex, CopyOf, Sketched, name_origin, sketch_text

DAY = date(2025, 12, 11)
_RANDOM = random.Random(7)
VOCABULARY = [f"word{number}" for number in range(400)]
WORDS = [_RANDOM.choice(VOCABULARY) for _ in range(600)]
OTHER = [_RANDOM.choice(VOCABULARY) for _ in range(600)]


def article(name: str, words: list[str], *, wire: str = "norvik", origin: str = "") -> Sketched:
    return Sketched(name, DAY, wire, origin or wire, sketch_text(" ".join(words)))


def change(words: list[str], share: float) -> list[str]:
    changed = list(words)
    for at in _RANDOM.sample(range(len(words)), int(share * len(words))):
        changed[at] = f"other{at}"
    return changed


INDEX = CopyIndex([article("first", WORDS)])


@pytest.mark.parametrize(
    ("words", "is_copy"),
    [
        pytest.param(WORDS, True, id="the same text"),
        pytest.param(["OSLO,", "December", "11.", *WORDS], True, id="under another dateline"),
        pytest.param(WORDS[:300], True, id="cut by half"),
        pytest.param(change(WORDS, 0.05), True, id="one word in twenty changed"),
        pytest.param(change(WORDS, 0.4), False, id="rewritten"),
        pytest.param(OTHER, False, id="another text of the same words"),
    ],
)
def test_a_copy_is_found(words, is_copy):
    found = INDEX.find_copies("second", sketch_text(" ".join(words)))

    assert [copy.earlier.article_id for copy in found] == (["first"] if is_copy else [])


def test_case_and_punctuation_do_not_hide_a_copy():
    assert sketch_text("The two sides met, again!") == sketch_text("the TWO sides - met again")


def test_a_text_is_no_copy_of_itself():
    assert INDEX.find_copies("first", sketch_text(" ".join(WORDS))) == ()


def test_short_texts_that_agree_are_no_copies():
    short = "the talks ended without a result on friday"
    index = CopyIndex([Sketched("first", DAY, "norvik", "norvik", sketch_text(short))])

    assert index.find_copies("second", sketch_text(short)) == ()


def test_the_most_similar_comes_first():
    index = CopyIndex([article("half", WORDS[:400] + OTHER[:80]), article("whole", WORDS)])

    found = index.find_copies("new", sketch_text(" ".join(WORDS)))

    assert [copy.earlier.article_id for copy in found] == ["whole", "half"]
    assert found[0].similarity == 1.0
    assert COPY_SHARE <= found[1].similarity < 1.0


def test_an_article_is_known_by_its_first_text():
    index = CopyIndex([article("first", WORDS)])
    index.add(article("first", OTHER))

    assert index.find_copies("new", sketch_text(" ".join(OTHER))) == ()


@pytest.mark.parametrize(
    ("copies", "cited", "origin"),
    [
        pytest.param([], [], "lumen", id="its own"),
        pytest.param([], ["Norvik Press"], "norvik", id="a wire that we watch"),
        pytest.param([], ["NVP"], "norvik", id="by its mark"),
        pytest.param([], ["Lake Courier"], "citing Lake Courier", id="an outlet that we do not watch"),
        pytest.param([], ["Agence Lumen"], "lumen", id="itself"),
        pytest.param([], ["Agence Lumen", "Lake Courier"], "citing Lake Courier", id="itself and another"),
        pytest.param(
            [CopyOf(article("a", WORDS, origin="citing Lake Courier"), 0.9)], [], "citing Lake Courier", id="a copy"
        ),
        pytest.param([CopyOf(article("a", WORDS), 0.9)], ["Lake Courier"], "norvik", id="a copy that cites"),
    ],
)
def test_the_origin_of_a_story(copies, cited, origin):
    names = {"norvik press": "norvik", "nvp": "norvik", "agence lumen": "lumen"}

    assert name_origin("lumen", copies, cited, names) == origin
