"""Patterns in one branch a first letter match what their alternatives side by side match."""

from __future__ import annotations

import re

import pytest

from tasks.core.branches import join_any_case, join_branches, split_branches
from tasks.core.quotes.cues import BETWEEN, BETWEEN_ENDS

PATTERNS = [
    "will",
    "is to",
    "to (?:meet|hold)",
    "kicks? off",
    "(?<!not )due",
    "may",
    "might",
    "in",
    "invit\\w+",
    "s\\|t",
]
TEXTS = [
    "They WILL meet; it Is To end. Kicks off in May, might be due, not due, invited to hold s|t",
    "K\u0131cks off \u0130n \u017f|t \u212aick off \u0131s to",
    "x" * 50,
    "",
]


@pytest.mark.parametrize("text", TEXTS)
def test_any_case_matches_what_the_alternatives_match(text):
    flat = re.compile("|".join(PATTERNS), re.I)
    grouped = re.compile(join_any_case(PATTERNS))
    assert [match.span() for match in grouped.finditer(text)] == [match.span() for match in flat.finditer(text)]


def test_branches_of_one_letter_are_tried_in_their_order():
    assert re.match(join_branches(["to", "said", "told", "to meet", "sad"]), "to meet").group() == "to"
    assert re.match(join_branches(["to meet", "said", "to"]), "to meet").group() == "to meet"


def test_a_pattern_is_split_only_outside_its_brackets():
    assert split_branches(r"a|(?:b|c)d|[|(]|e\||f\(") == ["a", "(?:b|c)d", "[|(]", r"e\|", r"f\("]


@pytest.mark.parametrize(
    "words", ["also", "once again", "for her part", "quickly", "late on Monday", "Jan. 12", "today"]
)
def test_what_stands_before_a_verb_ends_as_listed(words):
    assert re.fullmatch(BETWEEN, words)
    assert words.endswith(BETWEEN_ENDS) or words[-1].isdecimal()
