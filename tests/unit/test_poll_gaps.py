"""What a week of polls misses is told: every unseen item lies inside a reported gap. `tests/bench/gaps.py` is the whole."""

from __future__ import annotations

import random

import pytest

from tests.feed_simulator import SimulatedWire, make_wire, watch


@pytest.mark.parametrize("seed", range(12))
def test_every_item_that_no_poll_saw_lies_inside_a_reported_gap(seed: int) -> None:
    result = watch(make_wire(random.Random(seed), days=2.0))

    assert result.items > 40
    assert result.untold == []


def test_a_window_that_turns_over_is_a_gap_with_the_times_of_both_polls() -> None:
    quiet = [60.0 * number for number in range(10)]
    burst = [1000.0 + number for number in range(25)]

    result = watch(SimulatedWire(10, [*quiet, *burst], 3000.0), every_s=300)

    assert result.missed == burst[:15]
    assert result.gaps == [(900.0, 1200.0)]


def test_a_feed_that_keeps_up_reports_no_gap() -> None:
    result = watch(SimulatedWire(30, [120.0 * number for number in range(2000)], 240_000.0))

    assert (result.missed, result.gaps) == ([], [])


def test_a_quiet_feed_is_asked_every_half_an_hour_and_a_busy_one_more_often() -> None:
    quiet = watch(SimulatedWire(50, [3600.0 * number for number in range(72)], 259_200.0))
    busy = watch(SimulatedWire(20, [60.0 * number for number in range(4320)], 259_200.0))

    assert 72 * 2 <= quiet.polls < 72 * 2 * 1.3
    assert busy.polls > 2 * quiet.polls
    assert busy.missed == []
