"""What a poll makes of what was known of a feed, over days of made-up answers: no lake, no network, no clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.core.failures import FAILURE_KINDS, make_failure
from tasks.core.model import Auth, Feed
from tasks.core.poll.events import EVENTS
from tasks.core.poll.fold import FoldedPoll, Sighting, fold_poll, wants_full
from tasks.core.poll.identity import is_other_title
from tasks.core.poll.interval import adapt_interval, find_rate, limit_interval
from tasks.core.poll.lanes import BAD_DEADLINE_S, DEADLINE_S, deadline_of, is_due, split_lanes
from tasks.core.poll.moves import address_of, forget_other_address
from tasks.core.poll.weights import name_health, weigh_failure
from tasks.core.stages import FeedMemory, FeedState

NOW = datetime(2026, 2, 17, 10, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FEED = Feed("harbour", "harbour", "https://harbour.example/rss", "en", "UTC", 600)
NEW = "https://quay.example/rss"
TEN = Sighting(entries=10, known=10, title="Harbour Press", final_url=FEED.url)


def fails(kind: str, retry_after_s: int | None = None) -> Sighting:
    return Sighting(make_failure(kind, "scripted", retry_after_s))


@dataclass
class Diary:
    """A feed polled again and again: its state, and what came of each poll."""

    feed: Feed = FEED
    state: FeedState = field(default_factory=lambda: FeedState("harbour"))
    folded: list[FoldedPoll] = field(default_factory=list)

    def poll(self, after: timedelta, *sightings: Sighting) -> Diary:
        """Poll once for each sighting, so long after the first poll of all and then ten minutes apart."""
        for number, seen in enumerate(sightings):
            now = NOW + after + number * timedelta(minutes=10)
            folded = fold_poll(self.feed, self.state, seen, now)
            answered = now if seen.failure is None else self.state.answered_at
            self.state = replace(
                self.state, answered_at=answered, next_poll_at=folded.next_poll_at, memory=folded.memory
            )
            self.folded.append(folded)
        return self

    @property
    def memory(self) -> FeedMemory:
        return self.state.memory

    def events(self) -> list[str]:
        return [event for folded in self.folded for event in folded.events]


# --- health -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "weight"),
    {"timeout": 0.25, "http_429": 0.25, "dns_temporary": 0.25, "dns": 0.5, "connect": 0.5, "http_404": 0.5,
     "http_403": 0.5, "http_5xx": 0.5, "empty_body": 0.5, "http_410": 1.0, "blocked_address": 1.0}.items(),
)  # fmt: skip
def test_failures_weigh_by_their_kind(kind: str, weight: float) -> None:
    assert weigh_failure(kind) == weight
    assert kind in FAILURE_KINDS


def test_the_words_for_health_go_by_the_weight_of_the_failures_in_a_row() -> None:
    diary = Diary().poll(timedelta(0), TEN, *[fails("http_5xx")] * 60)

    healths = [folded.memory.health for folded in diary.folded]
    assert [healths.index(word) for word in ("ok", "degraded", "failing", "dead")] == [0, 6, 20, 60]
    diary.poll(DAY, TEN)
    assert (diary.memory.health, diary.memory.weight, diary.memory.failing_since) == ("ok", 0.0, None)


def test_three_empty_answers_make_a_feed_degraded() -> None:
    assert [name_health(n / 2, n, "empty_body") for n in (1, 2, 3)] == ["ok", "ok", "degraded"]


def test_a_failure_of_our_own_network_counts_nothing() -> None:
    ours = replace(fails("dns_temporary"), is_ours=True)
    diary = Diary().poll(timedelta(0), TEN, *[ours] * 50)

    assert (diary.memory.failures, diary.memory.weight, diary.memory.health) == (0, 0.0, "ok")
    assert diary.folded[-1].next_poll_at - (NOW + timedelta(minutes=500)) < timedelta(minutes=10)


# --- validators -------------------------------------------------------------------------------------------------------


def test_the_body_is_asked_for_at_each_twelfth_poll_and_once_a_day() -> None:
    diary = Diary().poll(timedelta(0), TEN)
    full = []
    for number in range(1, 26):
        is_full = wants_full(diary.state, NOW + number * timedelta(minutes=10))
        full.append(is_full)
        diary.poll(number * timedelta(minutes=10), TEN if is_full else Sighting())

    assert [number for number, is_full in enumerate(full, 1) if is_full] == [12, 24]
    assert not wants_full(diary.state, NOW + 5 * HOUR)
    assert wants_full(diary.state, NOW + 29 * HOUR)


def test_a_validator_that_lied_is_never_believed_again() -> None:
    diary = Diary().poll(timedelta(0), TEN, replace(TEN, known=9, has_lied=True), *[TEN] * 3)

    assert wants_full(diary.state, NOW + HOUR)
    assert diary.events() == ["lying_etag"]


# --- Retry-After ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("asked", "paused"), [(None, None), (-5, None), (0, None), (7200, 7200), (316_800, 86_400)])
def test_a_pause_that_the_server_asks_for_holds_for_its_host_a_day_at_most(asked: Any, paused: int | None) -> None:
    (folded,) = Diary().poll(timedelta(0), fails("http_429", asked)).folded

    assert folded.retry_until == (None if paused is None else NOW + timedelta(seconds=paused))
    assert NOW < folded.next_poll_at <= NOW + DAY + HOUR


# --- moves and ends ---------------------------------------------------------------------------------------------------


def moved(to: str | None = NEW) -> Sighting:
    return replace(TEN, moved_to=to, final_url=to or FEED.url)


def test_a_move_is_kept_after_three_answers_that_agree_over_a_day() -> None:
    diary = Diary().poll(timedelta(0), *[moved()] * 20)
    assert address_of(FEED, diary.memory) == FEED.url

    diary.poll(DAY, moved())

    assert address_of(FEED, diary.memory) == NEW
    assert diary.events() == ["moved"]


def test_two_answers_are_not_enough_however_far_apart() -> None:
    assert address_of(FEED, Diary().poll(timedelta(0), moved()).poll(3 * DAY, moved()).memory) == FEED.url


@pytest.mark.parametrize("other", [None, "https://elsewhere.example/rss"])
def test_answers_that_disagree_begin_the_count_anew(other: str | None) -> None:
    diary = Diary()
    for day in range(8):
        diary.poll(day * DAY, moved(NEW if day % 2 else other))

    assert address_of(FEED, diary.memory) == FEED.url


def test_a_feed_with_a_token_stays_with_its_host() -> None:
    feed = replace(FEED, auth=Auth("Authorization", "MY_TOKEN"))
    away, home = Diary(feed), Diary(feed)
    for day in range(4):
        away.poll(day * DAY, moved())
        home.poll(day * DAY, moved("https://harbour.example/new"))

    assert address_of(feed, away.memory) == FEED.url
    assert address_of(feed, home.memory) == "https://harbour.example/new"


def move_for_good() -> Diary:
    diary = Diary()
    for day in range(3):
        diary.poll(day * DAY, moved())
    return diary


def test_a_new_address_that_fails_three_times_in_a_row_is_left() -> None:
    diary = move_for_good().poll(4 * DAY, *[fails("http_404")] * 2)
    assert address_of(FEED, diary.memory) == NEW

    diary.poll(5 * DAY, fails("http_404"))

    assert address_of(FEED, diary.memory) == FEED.url
    assert diary.events() == ["moved", "moved_back"]


def test_another_address_in_the_catalog_ends_what_was_folded_of_the_old_one() -> None:
    diary = move_for_good()
    state = replace(diary.state, etag='"1"', body_hash="0", asked_url=NEW, final_url=NEW)
    other = replace(FEED, url="https://harbour.example/other")

    assert forget_other_address(FEED, state) == state
    forgotten = forget_other_address(other, state)
    assert (forgotten.etag, forgotten.body_hash, forgotten.memory) == (None, None, FeedMemory(seq=3))
    assert address_of(other, forgotten.memory) == other.url


def test_410_three_times_over_a_week_makes_a_feed_gone_and_asked_monthly() -> None:
    diary = Diary().poll(timedelta(0), TEN).poll(HOUR, *[fails("http_410")] * 10)
    assert diary.memory.health == "failing"

    diary.poll(8 * DAY, fails("http_410"))

    assert diary.memory.health == "gone"
    assert timedelta(days=29) < diary.folded[-1].next_poll_at - (NOW + 8 * DAY) < timedelta(days=31)
    assert diary.poll(40 * DAY, TEN).memory.health == "ok"
    assert diary.events() == ["gone", "back"]


def test_another_failure_between_neither_counts_nor_clears() -> None:
    diary = Diary()
    for day, kind in enumerate(("http_410", "http_5xx", "http_410", "http_5xx", "http_5xx", "http_5xx", "timeout")):
        diary.poll(day * DAY, fails(kind))
    assert diary.memory.health != "gone"

    assert diary.poll(8 * DAY, fails("http_410")).memory.health == "gone"


# --- the window -------------------------------------------------------------------------------------------------------


def test_a_new_feed_begins_with_the_catalog_s_interval_and_never_waits_more_than_half_an_hour() -> None:
    assert Diary().poll(timedelta(0), TEN).memory.interval_s == 600
    assert Diary(replace(FEED, every_s=86_400)).poll(timedelta(0), TEN).memory.interval_s == 1800


@pytest.mark.parametrize(("overlap", "expected"), [(0.0, 300), (0.2, 420), (0.5, 600), (0.95, 600), (1.0, 600)])
def test_the_less_was_known_the_sooner_the_next_poll(overlap: float, expected: int) -> None:
    assert adapt_interval(600, overlap, easy_polls=1) == expected


def test_three_polls_of_which_all_was_known_lengthen_the_interval_by_a_quarter() -> None:
    diary = Diary().poll(timedelta(0), *[TEN] * 7)

    assert [folded.memory.interval_s for folded in diary.folded] == [600, 600, 600, 750, 750, 750, 937]


@given(
    interval_s=st.integers(1, 10**6), overlap=st.floats(0, 1), easy=st.integers(0, 10**6),
    window=st.integers(0, 2000), hours=st.lists(st.integers(0, 10**5), max_size=168),
)  # fmt: skip
def test_an_interval_is_between_a_minute_and_half_an_hour(
    interval_s: int, overlap: float, easy: int, window: int, hours: list[int]
) -> None:
    assert 60 <= limit_interval(adapt_interval(interval_s, overlap, easy), window, find_rate(hours)) <= 1800


def test_the_interval_lets_no_more_than_two_fifths_of_the_window_turn_over_at_the_95th_percentile_of_the_rate() -> None:
    rate = find_rate([*range(1, 101)])

    assert rate == 95
    assert limit_interval(1800, 50, rate) == int(0.4 * 50 / 95 * 3600)
    assert find_rate([]) is None


def test_a_gap_has_the_time_of_the_last_answer_although_polls_failed_since() -> None:
    diary = Diary().poll(timedelta(0), TEN).poll(HOUR, fails("timeout"), replace(TEN, known=0))

    assert (diary.folded[-1].events, diary.folded[-1].gap_from) == (("possible_gap",), NOW)
    assert diary.memory.interval_s == 300


def test_a_first_load_is_no_gap() -> None:
    (folded,) = Diary().poll(timedelta(0), replace(TEN, known=0)).folded

    assert (folded.overlap, folded.gap_from, folded.events) == (None, None, ())


def test_a_feed_without_entries_is_told_after_two_polls_once_and_only_if_it_had_any() -> None:
    nothing = Sighting(entries=0, known=0, title="Harbour Press", final_url=FEED.url)

    assert Diary().poll(timedelta(0), *[nothing] * 5).events() == []
    diary = Diary().poll(timedelta(0), TEN, nothing)
    assert diary.events() == []
    diary.poll(HOUR, Sighting(), nothing)
    assert (diary.events(), diary.memory.empty_polls) == (["empty_feed"], 3)
    assert diary.poll(DAY, TEN).memory.empty_polls == 0


# --- identity ---------------------------------------------------------------------------------------------------------

CASINO = Sighting(entries=10, known=0, title="Lucky Casino", final_url="https://harbour.example/rss")


def test_another_title_over_other_entries_is_held_until_the_old_answer_returns() -> None:
    diary = Diary().poll(timedelta(0), TEN, CASINO, replace(CASINO, known=10), Sighting())

    assert [folded.is_held for folded in diary.folded] == [False, True, True, True]
    assert not diary.poll(HOUR, replace(TEN, known=0)).folded[-1].is_held
    assert diary.events() == ["possible_gap", "identity_changed", "possible_gap", "identity_accepted"]


def test_another_host_over_other_entries_is_held_and_not_followed() -> None:
    seized = replace(
        TEN, known=0, final_url="https://parked.example.net/rss", moved_to="https://parked.example.net/rss"
    )
    diary = Diary().poll(timedelta(0), TEN, seized).poll(DAY, replace(seized, known=10)).poll(2 * DAY, seized)

    assert diary.folded[-1].is_held
    assert address_of(FEED, diary.memory) == FEED.url


def test_a_wire_that_was_renamed_is_itself_again_after_a_week() -> None:
    diary = Diary().poll(timedelta(0), TEN, CASINO).poll(6 * DAY, CASINO)
    assert diary.folded[-1].is_held

    assert not diary.poll(8 * DAY, CASINO).folded[-1].is_held
    assert diary.memory.identity == "Lucky Casino"


@pytest.mark.parametrize("known", [4, 10])
def test_another_title_over_the_same_stories_holds_nothing(known: int) -> None:
    diary = Diary().poll(timedelta(0), TEN, replace(TEN, title="Quay Agency", known=known))

    assert (diary.folded[-1].is_held, diary.memory.identity) == (False, "Quay Agency")


@pytest.mark.parametrize(
    ("known", "title", "is_other"),
    [
        ("Harbour Press - World", "Harbour Press: latest news", False),
        ("Harbour Press", "Lucky Casino News", True),
        ("Harbour News", "Casino News", True),
        ("RSS", "RSS", False),
        ("Harbour Press", "", False),
        (None, "Harbour Press", False),
        ("联合早报", "Lucky Casino", True),
    ],
)
def test_titles_are_of_one_feed_where_they_share_a_word_that_means_something(
    known: str | None, title: str, is_other: bool
) -> None:
    assert is_other_title(known, title) == is_other


# --- who is asked, and when -------------------------------------------------------------------------------------------


def states(failures: Iterable[int]) -> dict[str, FeedState]:
    return {f"feed-{n}": FeedState(f"feed-{n}", memory=FeedMemory(failures=n)) for n in failures}


def test_feeds_that_failed_twice_have_a_lane_of_their_own_and_every_fourth_time_the_whole_deadline() -> None:
    known = states(range(6))
    feeds = [replace(FEED, feed_id=feed_id) for feed_id in known] + [replace(FEED, feed_id="new")]

    good, bad = split_lanes(feeds, known)

    assert [feed.feed_id for feed in good] == ["feed-0", "feed-1", "new"]
    assert [feed.feed_id for feed in bad] == ["feed-4", "feed-2", "feed-3", "feed-5"]
    assert [deadline_of(known[f"feed-{n}"]) for n in range(6)] == [
        DEADLINE_S, DEADLINE_S, BAD_DEADLINE_S, BAD_DEADLINE_S, DEADLINE_S, BAD_DEADLINE_S,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wait", "more", "expected"),
    [
        (timedelta(0), {}, True),
        (timedelta(minutes=5), {}, False),
        (timedelta(minutes=90), {}, True),  # no feed that is well waits so long: our clock went back
        (5 * HOUR, {"weight": 8.0}, False),
        (40 * HOUR, {"weight": 8.0}, True),
        (29 * DAY, {"health": "gone", "weight": 3.0}, False),
        (60 * DAY, {"health": "gone", "weight": 3.0}, True),
    ],
)
def test_a_feed_is_due_when_its_time_has_come_or_could_not_be_so_far_off(
    wait: timedelta, more: dict[str, Any], expected: bool
) -> None:
    state = FeedState("harbour", next_poll_at=NOW + wait, memory=FeedMemory(**more))

    assert is_due(state, NOW) is expected
    assert is_due(state, NOW, is_anyway=True)


def test_a_host_that_asked_for_a_pause_is_left_alone_even_when_all_are_asked() -> None:
    state = FeedState("harbour", next_poll_at=NOW, host_paused_until=NOW + HOUR)

    assert not is_due(state, NOW, is_anyway=True)
    assert is_due(state, NOW + HOUR)
    assert is_due(replace(state, host_paused_until=NOW + 9 * DAY), NOW), "no server is believed that far: the clock"


def test_every_event_has_its_meaning() -> None:
    assert {"possible_gap", "identity_changed", "gone", "moved", "lying_etag", "empty_feed"} <= EVENTS.keys()
