"""Whose reporting a story is: its own, that of whom it credits, or that of whom it repeats."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tasks.core.copies import Copied, Sketched
from tasks.core.model import Citation, Dateline, Mention, Reading
from tasks.core.origins import list_credits, name_origin
from tests.claims import meet

NOON = datetime(2025, 12, 11, 12, tzinfo=UTC)
NAMES = {
    "norvik press": "norvik",
    "nvp": "norvik",
    "agence lumen": "lumen",
    "lake courier": "citing Lake Courier",
}
READING = Reading("en", "rules", None, (), (), (), (), ())
STORED = Sketched("first", 1, NOON.date(), "norvik", "norvik", NOON, "feed", NOON, 9)
OWN = Sketched("second", 1, NOON.date(), "lumen", "lumen", NOON, "feed", NOON, 9)


def copied(copy: Sketched, original: Sketched) -> Copied:
    return Copied(copy, original, "seen", 1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("text", "authors", "credited"),
    [
        pytest.param("The bridge was opened on Thursday.", [], [], id="nobody"),
        pytest.param("The bridge was opened on Thursday. (Norvik Press)", [], ["norvik"], id="in brackets at the end"),
        pytest.param("The bridge was opened.\nSource: Norvik Press", [], ["norvik"], id="as the source"),
        pytest.param("The bridge was opened.\nNVP", [], ["norvik"], id="by its mark on the last line"),
        pytest.param("The bridge was opened. - Lake Courier", [], ["citing Lake Courier"], id="after a dash"),
        pytest.param("The bridge was opened.", ["Ada Holm and Norvik Press"], ["norvik"], id="in the by-line"),
        pytest.param("The bridge was opened. (Photo: A. Holm)", ["Ada Holm"], [], id="a name that is no outlet's"),
        pytest.param("It was sold to the Norvik Press", [], [], id="named in the prose"),
    ],
)
def test_who_is_credited(text, authors, credited):
    assert list_credits(text, authors, READING, NAMES) == credited


def test_the_agency_of_the_dateline_is_credited_before_what_the_lead_cites():
    dateline = Dateline(("Oslo",), None, "NOR", None, "NVP", 0, 12, 13)
    cited = Citation("Lake Courier", "outlet", "Lake Courier reported", 20, 41)
    late = replace(cited, source="Hill Gazette", start=900, end=920)
    reading = replace(READING, dateline=dateline, citations=(cited, late))

    assert list_credits("...", [], reading, NAMES) == ["norvik", "citing Lake Courier"]


@pytest.mark.parametrize(
    ("credited", "copies", "origin"),
    [
        pytest.param([], [], "lumen", id="its own"),
        pytest.param(["norvik"], [], "norvik", id="a wire that we watch"),
        pytest.param(["citing Lake Courier"], [], "citing Lake Courier", id="an outlet that we do not watch"),
        pytest.param(["lumen"], [], "lumen", id="itself"),
        pytest.param(["lumen", "citing Lake Courier"], [], "citing Lake Courier", id="itself and another"),
        pytest.param(
            [], [copied(OWN, replace(STORED, origin="citing Lake Courier"))], "citing Lake Courier", id="a copy"
        ),
        pytest.param(["citing Lake Courier"], [copied(OWN, STORED)], "norvik", id="a copy that credits another"),
        pytest.param([], [copied(replace(STORED, origin="lumen"), OWN)], "lumen", id="the original of who credits it"),
        pytest.param([], [copied(STORED, OWN)], "norvik", id="the original of a story stored under another origin"),
    ],
)
def test_the_origin_of_a_story(credited, copies, origin):
    assert name_origin("lumen", credited, copies) == origin


def test_what_is_cited_after_the_meetings_of_a_story_is_not_their_source():
    text = "The presidents will meet in May. The river is low, the Lake Courier reported."
    cited = Citation("Lake Courier", "outlet", "Lake Courier reported", text.index("the Lake") + 4, len(text) - 1)
    meeting = meet("ECU", "PAN", claims=(Mention(text[:32], 0, 32),))

    assert list_credits(text, [], replace(READING, citations=(cited,)), NAMES) == ["citing Lake Courier"]
    assert list_credits(text, [], replace(READING, citations=(cited,), meetings=(meeting,)), NAMES) == []
