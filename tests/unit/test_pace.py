"""How fast long work goes, in words; and values of the core through JSON and back."""

import json
from datetime import date

import pytest

from tasks.core.jsonform import plain_json
from tasks.core.jsonread import open_decoder
from tasks.core.model import Dateline, Evidence, Failure, Meeting, Mention, Place, Reading, Tag
from tasks.core.pace import Pace, describe_span


@pytest.mark.parametrize(
    ("pace", "words"),
    [
        (Pace(0, 20_000, 5.0), "0 of 20,000 articles"),
        (Pace(2_000, 20_000, 10.0), "2,000 of 20,000 articles, 200 a second, about 2 min left"),
        (Pace(2_000, 20_000, 10.0, 1_000), "2,000 of 20,000 articles, 100 a second, about 3 min left"),
        (Pace(20_000, 40_000, 10.0), "20,000 of 40,000 articles, 2,000 a second, about 10 s left"),
        (Pace(20_000, 20_000, 10.0), "20,000 of 20,000 articles"),
    ],
)
def test_a_pace_is_told_with_its_speed_and_what_is_left(pace, words):
    assert pace.describe("articles") == words


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.2, "1 s"), (75, "75 s"), (600, "10 min"), (12_000, "3 h 20 min"), (90_000, "25 h")]
)
def test_a_span_is_told_as_people_say_it(seconds, words):
    assert describe_span(seconds) == words


READING = Reading(
    lang="en",
    rules_version="rules",
    dateline=Dateline(("Lima", "Quito"), None, "PER", date(2026, 3, 1), None, 0, 9, 12, ("year",)),
    topics=(Tag("talks", None, "CONSULT", 7.5, "high", (Evidence("talks", 3, 8, "text", "lead", "r", 3.0),)),),
    actors=(),
    quotes=None,
    citations=(),
    meetings=(
        Meeting("talks", "bilateral", None, None, None, ("ECU", "PER"), None, (), Place("Lima", None, "PER", "city"),
                date(2026, 3, 2), None, "day", "planned", "high", (), (Mention("They meet.", 0, 10),)),
        Meeting("call", "bilateral", None, None, None, (), None, (), None, None, None, None, "held", "low", (), ()),
    ),
)  # fmt: skip


def test_a_reading_comes_back_from_json_as_it_was():
    assert open_decoder(Reading)(json.loads(json.dumps(plain_json(READING)))) == READING


def test_a_failure_comes_back_from_json_as_it_was():
    failure = Failure("read_timeout", "took long", False, 3)
    assert open_decoder(Failure)(json.loads(json.dumps(plain_json(failure)))) == failure
