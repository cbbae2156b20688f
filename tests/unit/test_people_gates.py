"""What is asked first about the words before a name says yes wherever the pattern of titles matches."""

from __future__ import annotations

import random
import re

import pytest

from tasks.core.people.coded_text import COUNTRY, DEMONYM, INSTITUTION, LEADER, ORGANISATION, ROLE, WORD
from tasks.core.people.patterns import BEFORE, NOT_INSIDE, TITLE_WORDS
from tasks.core.people.titles import find_opening

NAMES = (COUNTRY, DEMONYM, INSTITUTION, ORGANISATION, LEADER, WORD, f"{WORD} st. {WORD}", f"({INSTITUTION})", "st.")
WORDS = (
    "The",
    "of",
    "and",
    "&",
    "His",
    "then-",
    "one-time",
    "women's",
    "52-year-old",
    "Foreign",
    "counterpart",
    "said",
)
MARKS = (". ", ", ", "; ", "\u201c", "(", ") ", "/", "\n", "-", "'s ", "' ", " ", "  ", "")
UNGATED = re.compile(BEFORE.pattern.removeprefix(NOT_INSIDE))


@pytest.mark.parametrize("seed", range(40))
def test_no_title_begins_before_its_opening(seed):
    chance = random.Random(seed)
    small = sorted(TITLE_WORDS)
    assert UNGATED.pattern != BEFORE.pattern
    found = 0
    for _ in range(500):
        parts = []
        for _ in range(chance.randint(1, 9)):
            kind = chance.choice((NAMES, WORDS, small, (ROLE,)))
            parts += [chance.choice(kind), chance.choice(MARKS) if chance.random() < 0.3 else " "]
        left = "".join((*parts, ROLE, chance.choice((" ", ", ", f" ({INSTITUTION}) ", f" of the {INSTITUTION} "))))
        whole = UNGATED.search(left)
        gated = BEFORE.search(left, find_opening(left))
        assert (whole and whole.span()) == (gated and gated.span()), left
        found += whole is not None
    assert found > 100


@pytest.mark.parametrize(
    "left",
    [
        f"said the {ORGANISATION} ({INSTITUTION}) {ROLE} ",
        f"met {WORD} st. {WORD}'s former {ROLE} ",
        f"told {COUNTRY}'s late first deputy {ROLE} ",
        f"x: the city's new {INSTITUTION} and {INSTITUTION} {ROLE}, ",
        "praised her longtime counterpart ",
    ],
)
def test_a_title_is_found_whole_behind_its_opening(left):
    match = UNGATED.search(left)
    assert match is not None
    assert match.start() >= find_opening(left) > 0
