"""Topics alone are those of the whole reading, whatever the copy looks like."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.catalog.recall import recall_catalog
from tasks.core.model import Story
from tasks.core.reading import open_reader
from tasks.edge.sample import load_sample, tell_text
from tests.stories import STORIES

SAMPLE = load_sample(Path(__file__).parents[2] / "deploy" / "sample")
NOW = datetime(2025, 12, 11, 14, 30, tzinfo=UTC)
READER = open_reader(recall_catalog())
WRAPPED = "\n".join(
    f"GOMA, December 11 (Meridian) - The army of Sudan shelled\nvillages for the {day} day while talks on a price\n"
    f"war between grocers went on in Oslo, and shelling\nkilled four soldiers, the ministry of Norway said.\n"
    for day in ("third", "fourth", "fifth")
)


@pytest.mark.parametrize("story", SAMPLE.stories, ids=lambda story: story.slug)
def test_the_topics_alone_are_those_of_the_whole_reading(story):
    told = Story(tell_text(SAMPLE, story, NOW), story.title, NOW)
    assert READER.read_topics(told) == READER.read_story(told).topics


@pytest.mark.parametrize("story", [*STORIES, {"title": None, "text": WRAPPED}], ids=lambda story: str(story["title"]))
def test_so_are_those_of_stories_that_people_hand_in(story):
    told = Story(story["text"], story["title"], NOW)
    assert READER.read_topics(told) == READER.read_story(told).topics


def test_an_opening_has_the_prose_and_the_length_of_the_text():
    opening = READER.open(Story(WRAPPED))
    assert (opening.lang, opening.is_known, len(opening.text)) == ("en", True, len(WRAPPED))
    assert "a price war between" in opening.text
    assert WRAPPED[opening.start :].lstrip().startswith("The army of Sudan")
