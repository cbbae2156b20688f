"""Stories as lines of JSON: what is taken, and what is said of a line that cannot be."""

from datetime import UTC, datetime

import pytest

from tasks.core.model import Wire
from tasks.core.story_lines import LineFault, StoryLine, name_wires, read_line

NORVIK = Wire("norvik", "Norvik Press", "NOR", None, "en", "NVP", "Europe/Oslo", None, "full text", None, None, ())
NVP = Wire("nvp", "Another Agency", None, None, None, None, "UTC", None, "full text", None, None, ())
WIRES = name_wires((NORVIK,))


def told(line, wires=WIRES):
    story = read_line(1, line.encode(), wires)
    assert isinstance(story, StoryLine), story
    return story


def test_all_fields_are_taken():
    line = told(
        '{"url": "https://norvik.example/a", "title": "T", "text": "Words.", "published_at": '
        '"2025-12-11T14:30:00+03:00", "wire": "norvik", "lang": "en-GB"}'
    )

    assert (line.url, line.wire_name, line.story.title, line.story.text) == (
        "https://norvik.example/a",
        "norvik",
        "T",
        "Words.",
    )
    assert line.story.published_at == datetime(2025, 12, 11, 11, 30, tzinfo=UTC)
    assert line.story.lang == "en"
    assert line.story.wire is NORVIK


def test_only_a_text_is_needed_and_other_keys_are_left_alone():
    line = told('{"text": "Words.", "id": 7, "tags": ["x"]}')
    assert line.story.text == "Words."
    assert (line.url, line.story.title, line.story.published_at, line.story.wire) == (None, None, None, None)


@pytest.mark.parametrize("name", ["norvik", "NORVIK", "Norvik Press", "nvp", " NVP "])
def test_a_wire_is_known_by_id_name_and_mark(name):
    assert told(f'{{"text": "Words.", "wire": "{name}"}}').story.wire is NORVIK


def test_an_id_goes_before_the_mark_of_another_wire():
    assert told('{"text": "Words.", "wire": "NVP"}', name_wires((NORVIK, NVP))).story.wire is NVP


def test_a_wire_that_the_catalog_does_not_know_is_kept_as_a_name():
    line = told('{"text": "Words.", "wire": "The Daily Harbour"}')
    assert line.story.wire is None
    assert line.wire_name == "The Daily Harbour"


def test_a_date_without_a_zone_is_in_the_wires_zone_else_in_utc():
    with_wire = told('{"text": "Words.", "published_at": "2025-12-11 14:30", "wire": "norvik"}')
    without = told('{"text": "Words.", "published_at": "2025-12-11 14:30"}')

    assert with_wire.story.published_at == datetime(2025, 12, 11, 13, 30, tzinfo=UTC)
    assert without.story.published_at == datetime(2025, 12, 11, 14, 30, tzinfo=UTC)


def test_a_byte_order_mark_is_no_part_of_the_first_line():
    assert isinstance(read_line(1, b'\xef\xbb\xbf{"text": "Words."}\r\n', WIRES), StoryLine)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"\n", "is empty"),
        (b"{", "is not JSON"),
        (b'["text"]', "no object"),
        (b"{}", 'has no "text"'),
        (b'{"text": "  "}', 'has no "text"'),
        (b'{"text": null}', 'has no "text"'),
        (b'{"text": 7}', "is no text (int)"),
        (b'{"text": "a", "title": ["b"]}', '"title" that is no text (list)'),
        (b'{"text": "a", "published_at": "soon"}', "'soon'"),
        (b'{"text": "a", "published_at": 1765463400}', "is no text (int)"),
        (b'{"text": "\\ud800"}', "half a character"),
        (b'{"text": "\xff"}', "is not UTF-8 (byte 11)"),
        (b"[" * 100_000, "too deep"),
        (b'{"text": 1' + b"0" * 5000 + b"}", "number too long"),
    ],
)
def test_a_line_that_cannot_be_used_says_which_why_and_what_to_do(line, words):
    fault = read_line(12, line, WIRES)
    assert isinstance(fault, LineFault)
    assert str(fault).startswith("Line 12 ")
    assert words in str(fault)
    assert str(fault).endswith(".")
