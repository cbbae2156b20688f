"""When a wire counts as silent: against its floor or its usual day, only where it was watched, never all at once."""

from __future__ import annotations

import pytest

from tasks.core.alerts.silence import describe_silence, make_silence_alert, settle_voices
from tests.claims import at

NOW = at("2025-12-11 12:00")
ROW = {
    "wire_id": "norvik", "wire": "Norvik Press", "floor": None, "new_items": 0, "answers": 200, "cause": None,
    "usual": 40.0, "days": 28, "hours": 24, "state": None, "times": 0, "new_at": at("2025-12-10 09:30"),
}  # fmt: skip
LOUD = {**ROW, "wire_id": "lumen", "new_items": 35}


def settle(*rows):
    return [(row["wire_id"], state) for row, state in settle_voices(rows)]


@pytest.mark.parametrize(
    ("parts", "state"),
    [
        ({}, "silent"),
        ({"new_items": 1}, None),
        ({"usual": 7.0}, None),
        ({"usual": None}, None),
        ({"usual": 3.0, "floor": 2, "new_items": 1}, "silent"),
        ({"floor": 20, "new_items": 19}, "silent"),
        ({"floor": 20, "new_items": 20}, None),
        ({"hours": 11}, None),
        ({"days": 6}, None),
        ({"state": "silent"}, None),
        ({"state": "heard"}, "silent"),
        ({"state": "silent", "new_items": 3}, "heard"),
    ],
)
def test_a_wire_is_silent_by_its_floor_or_its_usual_day(parts, state):
    assert settle({**ROW, **parts}, LOUD, {**LOUD, "wire_id": "meridian"}) == ([("norvik", state)] if state else [])


def test_where_most_wires_fall_silent_it_is_ourselves():
    assert settle(ROW, {**ROW, "wire_id": "lumen"}, {**LOUD, "wire_id": "meridian"}) == []


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({}, "no new story in 24 hours, the last at 2025-12-10 09:30 UTC; a usual day has 40. Its feeds answer."),
        ({"floor": 20, "new_items": 1}, "1 new story in 24 hours, the last at 2025-12-10 09:30 UTC; its floor is 20."),
        ({"answers": 0, "cause": "it answered 403"}, "Its feeds fail: it answered 403."),
    ],
)
def test_the_alert_says_what_is_missing_and_what_the_feeds_answer(parts, words):
    assert words in describe_silence({**ROW, **parts})


def test_each_silence_has_an_id_of_its_own():
    ids = {make_silence_alert({**ROW, "times": times}, NOW).alert_id for times in (0, 1)}

    assert len(ids) == 2
