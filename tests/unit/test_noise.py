"""What a page changes by itself makes no version; what a desk changes makes one, however small."""

from __future__ import annotations

import pytest

from tasks.core.noise import drop_noise, strip_noise
from tests.soak.noise import EDITS, NOISES

PROSE = [
    "Updated figures from the ministry show that 14 people died.",
    "Two hours ago the envoys left the hotel.",
    "12 people were killed",
    "Dead: 12",
    "Turnout 45.3%",
    "Shares of the company fell by 4%.",
    "The 5 o'clock news was the first to say so.",
    "Mr Adair, 47, won 120 votes",
    "Live fire killed three at the crossing",
    "Latest strikes hit the port of Odesa",
    "More than 40 boats left on Monday",
    "Follow the money, the minister said.",
    "Kyiv - 12 killed",
]


@pytest.mark.parametrize("line", PROSE)
def test_a_line_of_the_story_stays(line: str) -> None:
    assert list(drop_noise([line])) == [line] or list(drop_noise([line])) == [line.replace(" - ", " | ")]


@pytest.mark.parametrize("kind", NOISES)
def test_noise_of_each_kind_goes(kind: str) -> None:
    for seed in range(40):
        assert list(drop_noise(NOISES[kind](seed))) == [], (kind, seed)


def test_a_by_line_keeps_its_name_and_loses_its_clock() -> None:
    assert strip_noise("By Ada Brandt | Updated 14:05 GMT | 3 min read | 120 shares") == "By Ada Brandt"


def test_a_list_of_other_stories_ends_where_prose_begins_again() -> None:
    lines = ["One.", "Most read", "Gold rises", "Rain in Lima", "The talks went on until dawn.", "Heading"]

    assert list(drop_noise(lines)) == ["One.", "The talks went on until dawn.", "Heading"]


def test_edits_of_each_kind_change_the_text() -> None:
    story = [
        "The envoys met for 3 hours in Cebu on Tuesday, and 14 crew members were released before dawn.",
        "More later.",
    ]
    for kind, edit in EDITS.items():
        assert edit(story, 1) != story, kind
