"""Whatever the text is: a reading comes, its spans lie in the text and are its words, and it is the same each time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.core.jsonform import reading_json
from tasks.core.model import Story
from tasks.core.reading import open_reader
from tests.catalog import builtin_catalog
from tests.hostile_texts import HOSTILE_TEXTS

READER = open_reader(builtin_catalog())
HOSTILE = pytest.mark.parametrize("name", HOSTILE_TEXTS)

# What copy is made of: put together at random it is often nearly a story.
PIECES = st.sampled_from(
    [
        *("OSLO, December 11. /TASS/. ", "(Reuters) - ", "BERLIN (dpa) - ", "By Ana Lind\n\n", "\n\n", "\n", " ", "  "),
        *(
            "Norwegian President Tor Halvorsen",
            "Halvorsen",
            "the Chilean foreign minister",
            "Putin’s aide",
            "he",
            "Mr. ",
        ),
        *(" said", " told reporters", ", said ", " met ", " and ", " with ", " of ", "'s ", "’s ", " that ", ", "),
        *('"We agree,"', "“It is [very] late.”", '"', "“", "”", "'", "‘", "(", ")", "[", "]", "—", "..."),
        *(
            "the summit",
            "talks in Geneva",
            "a phone call",
            "Alaska Summit",
            "a visit to Lima",
            "will meet",
            "cancelled",
        ),
        *("on Monday", "on December 3", "in mid-August 2025", "next week", "three-day", "2025", "U.S.", "EU", "NATO"),
        *(
            "drone strike",
            "ceasefire",
            "troops",
            "sanctions",
            "According to the Axios news website, ",
            "citing officials",
        ),
        *(
            ". ",
            "? ",
            "! ",
            ": ",
            "; ",
            "\x00",
            "\u00ad",
            "\u202e",
            "é",
            "e\u0301",
            "中文",
            "Привет",
            "😀",
            "İ",
            "ß",
            "\ud7ff",
        ),
    ]
)


def list_spans(form):
    """All dicts of a reading that claim words of the text."""
    if isinstance(form, list):
        return [span for each in form for span in list_spans(each)]
    if not isinstance(form, dict):
        return []
    own = [form] if {"start", "end"} <= form.keys() and form.get("field", "text") == "text" else []
    return own + [span for each in form.values() for span in list_spans(each)]


def check(text, title=None):
    form = reading_json(READER.read_story(Story(text, title, None, "en", None)))
    for span in list_spans(form):
        assert 0 <= span["start"] < span["end"] <= len(text), span
        assert text[span["start"] : span["end"]] == span.get("text", text[span["start"] : span["end"]])
    return form


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_every_span_of_a_text_made_of_pieces_of_copy_is_its_own_words(text):
    assert check(text) == check(text)


@given(st.text(max_size=400))
def test_every_span_of_any_text_is_its_own_words(text):
    check(text, title=text[:50])


@HOSTILE
def test_a_hostile_text_is_read(name):
    check(HOSTILE_TEXTS[name](12_000))


@pytest.mark.parametrize("text", ["", " ", "\n\n", ".", '"', "One sentence without an end", "A.", "1"])
def test_a_text_of_nearly_nothing_claims_nothing(text):
    form = check(text)

    assert not any(form[key] for key in ("topics", "actors", "quotes", "citations", "meetings"))
