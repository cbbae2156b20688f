"""What people read of feeds, meetings, progress and spans."""

from datetime import date, timedelta

import pytest

from tasks.core.errors import BadInput
from tasks.core.failures import FAILURE_KINDS
from tasks.desk.bars import Bars, StageCount
from tasks.desk.doctor import parse_age
from tasks.desk.meeting_words import tell_meeting, tell_window
from tasks.desk.pass_words import describe_answers, explain_kind
from tasks.desk.showing import describe_age
from tasks.desk.spans import mark_spans, merge_spans
from tasks.desk.summits import find_country

COUNTRIES = {"BRA": "Brazil", "KEN": "Kenya"}


def test_feeds_that_did_not_answer_are_counted_by_what_one_would_do():
    failures = ["http_403"] * 7 + ["http_404", "http_410", "http_404", "redirect_loop"] + ["http_401", "http_402"]
    assert (
        describe_answers(44, failures)
        == "31 of 44 feeds answered: 7 refused this network, 4 moved, 2 want a subscription."
    )


def test_one_feed_and_none_failing_are_told_in_the_singular_and_shortly():
    assert describe_answers(1, []) == "1 of 1 feed answered."
    assert describe_answers(2, ["http_401"]) == "1 of 2 feeds answered: 1 wants a subscription."


@pytest.mark.parametrize("kind", [*FAILURE_KINDS, "no_kind_of_ours"])
def test_every_kind_of_failure_is_counted_and_explained(kind):
    assert describe_answers(2, [kind]).startswith("1 of 2 feeds answered: 1 ")
    assert "_" not in explain_kind(kind).replace("DATELINE_ALLOW", "")


def test_a_meeting_is_told_by_name_parties_place_window_and_status():
    row = {
        "name": "Nairobi Summit", "parties": ["BRA", "KEN"], "place": "Nairobi", "place_country": "KEN",
        "from_day": date(2025, 12, 20), "to_day": date(2025, 12, 21), "status": "ruled_out",
    }  # fmt: skip
    assert tell_meeting(row, COUNTRIES) == (
        "Nairobi Summit: Brazil, Kenya; Nairobi, Kenya; 2025-12-20 to 2025-12-21; ruled out"
    )


def test_a_place_that_is_a_country_is_told_once():
    row = {"name": None, "parties": [], "place": "Kenya", "place_country": "KEN", "status": "planned"}
    assert tell_meeting(row, COUNTRIES) == "Kenya; planned"


def test_a_window_with_one_end_is_that_day():
    assert tell_window(date(2025, 12, 20), None) == tell_window(None, date(2025, 12, 20)) == "2025-12-20"
    assert tell_window(None, None) == ""


@pytest.mark.parametrize("given", ["KEN", "ken", "Kenya", " kenya "])
def test_a_country_is_found_by_name_and_code(given):
    assert find_country(given, COUNTRIES) == "KEN"


def test_a_country_that_does_not_exist_is_named():
    with pytest.raises(BadInput, match="Atlantis"):
        find_country("Atlantis", COUNTRIES)


def test_spans_that_overlap_or_touch_are_marked_as_one():
    text = "The leaders will hold a summit."
    spans = merge_spans([(4, 11), (8, 16), (16, 21), (24, 30)])
    assert spans == [(4, 21), (24, 30)]
    assert mark_spans(text, spans) == "The [[leaders will hold]] a [[summit]]."


def test_a_bar_goes_on_from_chunk_to_chunk():
    stage = StageCount()
    assert [stage.hear(*said) for said in ((0, 200), (200, 200), (0, 200), (200, 200), (0, 57), (57, 57))] == [
        (0, 200), (200, 200), (200, 400), (400, 400), (400, 457), (457, 457),
    ]  # fmt: skip


class Recorder:
    def __init__(self):
        self.told = []

    def add_task(self, words, total):
        return words

    def update(self, task, completed, total):
        self.told.append((task, completed, total))


def test_bars_leave_out_stages_without_work_and_stages_they_do_not_know():
    recorder = Recorder()
    bars = Bars(recorder)
    for said in (("poll", 0, 0), ("poll", 1, 2), ("unheard of", 1, 1)):
        bars.hear(*said)
    assert recorder.told == [("feeds asked", 1, 2)]


@pytest.mark.parametrize(
    ("given", "expected"),
    [(None, None), ("15m", timedelta(minutes=15)), ("2 H", timedelta(hours=2)), ("1d", timedelta(1))],
)
def test_an_age_is_read(given, expected):
    assert parse_age(given) == expected


@pytest.mark.parametrize("given", ["15", "m", "-5m", "1w"])
def test_an_age_that_cannot_be_read_is_named(given):
    with pytest.raises(BadInput, match="--max-age"):
        parse_age(given)


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(minutes=119), "119 min"),
        (timedelta(hours=47), "47 h"),
        (timedelta(days=3), "3 days"),
        (-timedelta(1), "0 min"),
    ],
)
def test_an_age_is_told_in_its_largest_unit(age, words):
    assert describe_age(age) == words
