"""Bytes a day and days until a disk is full."""

from datetime import date, timedelta

import pytest

from tasks.core.growth import Growth, average_days, days_until_full, describe_growth, show_bytes, show_days

TODAY = date(2026, 3, 15)
MB, GB = 1_000_000, 1_000_000_000


def back(days):
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("by_day", "mean"),
    [
        ({}, 0),
        ({TODAY: 500}, 0),  # today is not over
        ({back(1): 30, TODAY: 500}, 30),
        ({back(1): 30, back(3): 60}, 30),  # the day between brought nothing
        ({back(day): 10 for day in range(40)}, 10),
        ({back(15): 9_000, back(14): 28}, 2),
    ],
)
def test_a_day_is_the_mean_of_the_whole_days_since_the_first(by_day, mean):
    assert average_days(by_day, TODAY) == mean


@pytest.mark.parametrize(
    ("growth", "free", "days"),
    [
        (Growth(30, 10), 400, 10),
        (Growth(0, 0), 400, None),
        (Growth(30, 10, raw_days_held=0, raw_days_kept=5), 300, 15),  # 5 days of 40, then 10 of 10
        (Growth(30, 10, raw_days_held=5, raw_days_kept=5), 400, 40),
        (Growth(30, 10, raw_days_held=9, raw_days_kept=5), 400, 40),
        (Growth(30, 10, raw_days_held=0, raw_days_kept=90), 400, 10),  # full before the first page goes
        (Growth(30, 0, raw_days_held=5, raw_days_kept=5), 400, None),
        (Growth(30, 10), 0, 0),
    ],
)
def test_a_disk_lasts_as_long_as_its_room_and_raw_pages_end_growing_with_their_keeping_time(growth, free, days):
    assert days_until_full(growth, free) == days


def test_growth_is_told_in_words():
    assert describe_growth(Growth(36 * MB, 5 * MB), 120 * GB) == (
        "about 41 MB a day, of which 36 MB raw pages; 120 GB free: about 8 years"
    )
    assert describe_growth(Growth(0, 5 * MB), 20 * MB) == "about 5 MB a day; 20 MB free: about 4 days"
    assert describe_growth(Growth(0, 0), 120 * GB) == "no whole day to judge by yet; 120 GB free"
    told = describe_growth(Growth(MB, MB, 30, 30), 60 * MB)
    assert (
        told == "about 2 MB a day, of which 1 MB raw pages; 60 MB free: about 60 days (raw pages are kept for 30 days)"
    )
    assert describe_growth(Growth(MB, 0, 1, 1), GB).endswith("1 GB free: nothing grows (raw pages are kept for 1 day)")


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 B"), (999, "999 B"), (1000, "1 kB"), (41_234_567, "41.2 MB"), (999_600_000, "1000 MB"), (2.5e12, "2.5 TB")],
)
def test_bytes_are_shown_with_three_digits(size, words):
    assert show_bytes(size) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0.4, "less than a day"), (1, "1 day"), (29.6, "30 days"), (100, "3 months"), (800, "2 years"),
        (1e9, "more than 1,000 years"),
    ],
)  # fmt: skip
def test_days_are_shown_as_people_say_them(days, words):
    assert show_days(days) == words
