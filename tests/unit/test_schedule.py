from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.core.failures import FAILURE_KINDS, outlook_of
from tasks.core.schedule import GIVE_UP_AFTER, next_look, next_poll, next_try

NOW = datetime(2026, 2, 17, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def wait_of(interval_s: int, weight: float = 0.0, retry_after_s: int | None = None, feed_id: str = "harbour") -> float:
    again = next_poll(feed_id, interval_s, NOW, weight=weight, retry_after_s=retry_after_s)
    return (again - NOW).total_seconds()


@settings(deadline=None)
@given(
    interval_s=st.integers(1, 86_400),
    feed_id=st.text(min_size=1),
    weight=st.floats(0, 10_000),
    retry_after_s=st.none() | st.integers(-10, 10**9),
)
def test_a_poll_is_always_in_the_future_and_within_a_day_and_an_hour(
    interval_s: int, feed_id: str, weight: float, retry_after_s: int | None
) -> None:
    again = next_poll(feed_id, interval_s, NOW, weight=weight, retry_after_s=retry_after_s)

    assert NOW < again <= NOW + DAY + timedelta(hours=1)
    assert again == next_poll(feed_id, interval_s, NOW, weight=weight, retry_after_s=retry_after_s)


@settings(deadline=None)
@given(feed_id=st.text(min_size=1))
def test_a_five_minute_feed_is_due_at_the_next_pass_of_five_minutes(feed_id: str) -> None:
    assert 200 <= wait_of(300, feed_id=feed_id) <= 280


def test_feeds_of_one_interval_are_spread() -> None:
    waits = {wait_of(1800, feed_id=f"feed-{number}") for number in range(50)}

    assert len(waits) == 50
    assert max(waits) - min(waits) > 100


@settings(deadline=None)
@given(interval_s=st.integers(60, 1800), weight=st.floats(0, 200))
def test_one_failure_more_never_means_an_earlier_poll(interval_s: int, weight: float) -> None:
    assert wait_of(interval_s, weight + 0.25) >= wait_of(interval_s, weight)


def test_hard_failures_double_the_wait_up_to_six_hours_and_soft_ones_take_two_for_it() -> None:
    waits = [wait_of(600, weight / 2) for weight in range(20)]

    assert waits[2] == pytest.approx(2 * waits[0])
    assert waits[6] == pytest.approx(8 * waits[0])
    assert waits[19] == waits[18] <= 6 * 3600


def test_a_dead_feed_is_asked_once_a_day() -> None:
    assert 0.85 * DAY.total_seconds() < wait_of(60, 30) <= DAY.total_seconds()


def test_a_feed_that_is_gone_is_asked_once_a_month() -> None:
    again = next_poll("harbour", 600, NOW, weight=3, retry_after_s=None, is_gone=True)

    assert timedelta(days=23) < again - NOW <= timedelta(days=31)


@pytest.mark.parametrize(
    ("retry_after_s", "expected"),
    [
        pytest.param(3600, 3600, id="longer than the interval: honoured"),
        pytest.param(88 * 3600, 86_400, id="days: cut to one"),
        pytest.param(0, None, id="none: the interval"),
        pytest.param(-3600, None, id="negative: the interval"),
        pytest.param(10, None, id="shorter than the interval: the interval"),
    ],
)
def test_retry_after_is_honoured_within_a_day_and_feeds_do_not_come_back_at_once(
    retry_after_s: int, expected: int | None
) -> None:
    waits = {wait_of(300, 1.0, retry_after_s, feed_id) for feed_id in ("harbour", "lumen", "norvik")}

    if expected is None:
        assert waits == {wait_of(300, 1.0, None, feed_id) for feed_id in ("harbour", "lumen", "norvik")}
    else:
        assert expected <= min(waits) < max(waits) <= expected + min(3600, expected / 4)


@settings(deadline=None)
@given(
    attempt=st.integers(0, 100_000),
    kind=st.sampled_from([*sorted(FAILURE_KINDS), "a kind that is not listed"]),
    age_s=st.integers(0, 20 * 86_400),
    retry_after_s=st.none() | st.integers(0, 10**7),
)
def test_a_try_is_in_the_future_and_within_fourteen_days_of_first_sight(
    attempt: int, kind: str, age_s: int, retry_after_s: int | None
) -> None:
    first_seen_at = NOW - timedelta(seconds=age_s)

    again = next_try(attempt, kind, first_seen_at, NOW, retry_after_s=retry_after_s)

    assert again is None or NOW < again <= first_seen_at + GIVE_UP_AFTER


@pytest.mark.parametrize("kind", [kind for kind in FAILURE_KINDS if outlook_of(kind) == "permanent"])
def test_a_permanent_failure_is_not_tried_again(kind: str) -> None:
    assert next_try(1, kind, NOW, NOW) is None


def test_a_missing_page_is_tried_three_times() -> None:
    assert [next_try(attempt, "http_404", NOW, NOW) for attempt in (1, 2, 3)] == [
        NOW + timedelta(minutes=30),
        NOW + timedelta(hours=6),
        None,
    ]


def test_a_server_fault_is_tried_for_fourteen_days() -> None:
    moment, tries = NOW, 0

    while (again := next_try(tries + 1, "http_5xx", NOW, moment)) is not None:
        moment, tries = again, tries + 1

    assert NOW + timedelta(days=13) < moment <= NOW + GIVE_UP_AFTER
    assert 30 < tries < 60


def test_a_page_is_not_asked_for_before_the_server_allows_it() -> None:
    assert next_try(1, "http_429", NOW, NOW, retry_after_s=7200) == NOW + timedelta(hours=2)


@pytest.mark.parametrize(
    ("attempt", "kind", "minutes"),
    [
        pytest.param(1, "http_5xx", 15, id="a fault"),
        pytest.param(2, "http_5xx", 60, id="again"),
        pytest.param(3, "http_5xx", None, id="a third time"),
        pytest.param(1, "http_404", None, id="gone is an answer"),
        pytest.param(1, "taken_down", None, id="the front page too"),
        pytest.param(1, "robots_disallowed", None, id="what is not allowed now"),
    ],
)
def test_when_a_look_at_a_stored_story_is_taken_again(attempt, kind, minutes):
    again = next_look(attempt, kind, NOW - timedelta(days=1), NOW, look="1 h")

    assert again == (None if minutes is None else NOW + timedelta(minutes=minutes))


def test_an_edited_story_has_the_patience_of_a_new_one_unless_it_is_gone():
    asked = {"first_seen_at": NOW, "now": NOW, "look": "edited"}

    assert next_look(1, "http_5xx", **asked) == next_try(1, "http_5xx", NOW, NOW)
    assert next_look(1, "http_404", **asked) is None
