"""The sample wire's summits: each story that tells of one yields it, no other story yields any."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tasks.core.dateline.read import read_dateline
from tasks.core.meetings.reader import MeetingReader
from tasks.core.names import NameIndex
from tasks.core.people.reader import PeopleReader
from tasks.core.places import PlaceIndex
from tasks.edge.sample_stories import load_sample, tell_text, times_of
from tests.catalog import builtin_catalog

SAMPLE = load_sample(Path(__file__).parents[2] / "deploy" / "sample")
SUMMITS = {summit["key"]: summit for summit in SAMPLE.summits}
CATALOG = builtin_catalog()
READER = MeetingReader(CATALOG)
PEOPLE = PeopleReader(CATALOG, NameIndex(CATALOG))
PLACES = PlaceIndex(CATALOG.places, CATALOG.countries)
# A Thursday, the end of a year, a leap day, a Sunday.
MOMENTS = [
    datetime(2025, 12, 11, 14, 30, tzinfo=UTC),
    datetime(2025, 12, 30, 9, 0, tzinfo=UTC),
    datetime(2028, 2, 29, 12, 0, tzinfo=UTC),
    datetime(2026, 5, 31, 18, 0, tzinfo=UTC),
]
TOLD = [story for story in SAMPLE.stories if story.summit]
OTHERS = [story for story in SAMPLE.stories if not story.summit and story.lang == "en"]


def read(story, now):
    text, published = tell_text(SAMPLE, story, now), times_of(SAMPLE, story, now)[0]
    line = read_dateline(text, None, published, PLACES)
    start, day = (line.body_start, line.date or published.date()) if line else (0, published.date())
    return text, READER.find_meetings(None, text, line, published, PEOPLE.find_actors(text, start, day))


@pytest.mark.parametrize("now", MOMENTS, ids=lambda now: now.date().isoformat())
@pytest.mark.parametrize("story", TOLD, ids=lambda story: story.slug)
def test_a_story_that_tells_of_a_summit_yields_it(story, now):
    expected = SUMMITS[story.summit]
    expected = {**expected, **(expected.get("first", {}) if story.act == 1 else {})}
    text, meetings = read(story, now)
    (summit,) = [meeting for meeting in meetings if meeting.kind == "summit"]

    assert summit.confidence != "low"
    assert list(summit.parties) == expected["parties"]
    assert (summit.format, summit.organisation) == (expected["format"], expected.get("organisation"))
    assert summit.status == expected["status"]
    assert summit.host in (None, expected.get("host", summit.host))
    if "place" in expected:
        assert summit.place is None or (summit.place.name, summit.place.country) == (
            expected["place"],
            expected["country"],
        )
    if "from" in expected:
        window = [(now + timedelta(days=expected[end])).date() for end in ("from", "to")]
        assert summit.from_day is not None
        assert window[0] <= summit.from_day <= (summit.to_day or summit.from_day) <= window[1]
    for claim in summit.claims:
        assert text[claim.start : claim.end] == claim.text


@pytest.mark.parametrize("now", MOMENTS, ids=lambda now: now.date().isoformat())
@pytest.mark.parametrize("story", OTHERS, ids=lambda story: story.slug)
def test_a_story_without_a_summit_yields_none(story, now):
    _, meetings = read(story, now)

    assert [meeting for meeting in meetings if meeting.kind == "summit" and meeting.confidence != "low"] == []


def test_most_summits_are_told_with_their_place():
    told = [meeting for story in TOLD for meeting in read(story, MOMENTS[0])[1] if meeting.kind == "summit"]

    assert sum(meeting.place is not None for meeting in told) >= len(told) - 2
