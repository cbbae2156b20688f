"""Names as whole words: the first in the text, and of those the longest."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.core.whole_names import WholeNames

NAMES = WholeNames(["Axios", "Norvik", "Norvik Press", "Press", "AP", ""])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the Norvik Press agency", "Norvik Press"),
        ("Pressing matters", None),
        ("AP-style copy", None),
        ("the AP - and others", "AP"),
        ("NorvikPress and Axios", "Axios"),
        ("Norvik Pressed", "Norvik"),
        ("", None),
    ],
)
def test_the_first_and_longest_whole_name(text, found):
    assert NAMES.find_first(text) == found


@given(st.text("ab -_é", max_size=12), st.lists(st.text("ab é", min_size=1, max_size=3).map(str.strip), max_size=4))
def test_it_is_what_the_regular_expression_finds(text, names):
    named = sorted({name for name in names if name}, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, named)) or '(?!)'})(?!\w|-\w)")
    match = pattern.search(text)

    assert WholeNames(named).find_first(text) == (match[0] if match else None)
