"""Which alerts are due where, how they travel, and when a failed one is tried again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tasks.core.alerts.alert import alert_id_of, alert_json
from tasks.core.alerts.plan import (
    LONGEST_PAUSE,
    MAX_TRIES,
    STORM,
    Attempt,
    Channel,
    plan_deliveries,
    settle_attempt,
)
from tasks.core.model import AlertRule
from tests.claims import ALERT, at, raise_alert

NOW = at("2025-12-11 12:00")
LOG = Channel("log", "log", at("2025-12-01 00:00"))
DESK = Channel("desk", "webhook+https://desk.example #123456", at("2025-12-01 00:00"))


def plan(alerts, attempts=(), channels=(LOG,), now=NOW):
    parcels = plan_deliveries(channels, alerts, attempts, now)
    return [(parcel.channel.channel_id, [alert.alert_id for alert in parcel.alerts]) for parcel in parcels]


def test_an_alert_is_owed_to_every_channel():
    assert plan([ALERT], channels=(LOG, DESK)) == [("log", ["a1"]), ("desk", ["a1"])]


def test_a_channel_seen_later_gets_only_what_is_raised_after_it():
    late = replace(DESK, first_seen_at=at("2025-12-11 11:30"))
    alerts = [raise_alert("before"), raise_alert("same", "2025-12-11 11:30"), raise_alert("after", "2025-12-11 11:40")]

    assert plan(alerts, channels=(late,)) == [("desk", ["same"]), ("desk", ["after"])]


@pytest.mark.parametrize(
    ("outcome", "next_try", "is_due"),
    [
        ("sent", None, False),
        ("dead", None, False),
        ("failed", "2025-12-11 12:00", True),
        ("failed", "2025-12-11 12:01", False),
        ("failed", None, True),
    ],
)
def test_what_was_tried_is_due_when_it_failed_and_its_time_has_come(outcome, next_try, is_due):
    tried = Attempt("a1", "log", 1, outcome, at(next_try) if next_try else None)

    assert plan([ALERT], [tried]) == ([("log", ["a1"])] if is_due else [])


def test_only_the_latest_attempt_counts():
    tries = [Attempt("a1", "log", 2, "sent", None), Attempt("a1", "log", 1, "failed", NOW)]

    assert plan([ALERT], tries) == []


def test_what_one_channel_took_is_still_owed_to_the_other():
    assert plan([ALERT], [Attempt("a1", "log", 1, "sent", None)], channels=(LOG, DESK)) == [("desk", ["a1"])]


def test_the_alerts_of_a_first_load_travel_together_and_others_alone():
    alerts = [
        raise_alert("a", is_first_load=True),
        raise_alert("b"),
        raise_alert("c", is_first_load=True),
        raise_alert("d", "2025-12-11 11:05", is_first_load=True),
    ]

    assert plan(alerts) == [("log", ["a", "c"]), ("log", ["b"]), ("log", ["d"])]


def test_what_was_never_tried_goes_before_what_failed():
    failed = Attempt("a1", "log", 3, "failed", NOW)
    fresh = raise_alert("fresh", "2025-12-11 11:50")

    (first, second) = plan_deliveries([LOG], [ALERT, fresh], [failed], NOW)

    assert (first.tries, second.tries) == ({"fresh": 0}, {"a1": 3})


def test_pauses_double_from_a_minute_to_six_hours():
    pauses = [settle_attempt(tries, NOW)[1] - NOW for tries in range(1, MAX_TRIES)]

    assert pauses[:4] == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8)]
    assert max(pauses) == pauses[-1] == LONGEST_PAUSE
    assert timedelta(days=2) < sum(pauses, timedelta()) < timedelta(days=5)


def test_after_the_last_try_an_alert_is_given_up():
    assert settle_attempt(MAX_TRIES, NOW) == ("dead", None)


def test_a_channel_that_asks_for_more_time_gets_it():
    assert settle_attempt(1, NOW, 600) == ("failed", NOW + timedelta(minutes=10))


@given(some.integers(1, MAX_TRIES - 1), some.integers(0, 10**9))
def test_the_next_try_is_always_ahead_and_never_far(tries, asked):
    outcome, again = settle_attempt(tries, NOW, asked)

    assert outcome == "failed"
    assert NOW < again <= NOW + LONGEST_PAUSE


def test_an_alert_id_depends_on_kind_subject_value_and_count_only():
    ids = {
        alert_id_of(*parts)
        for parts in (
            ("summit.new", "m1", "new", 1),
            ("summit.new", "m2", "new", 1),
            ("summit.status", "m1", "new", 1),
            ("summit.new", "m1", "held", 1),
            ("summit.new", "m1", "new", 2),
        )
    }

    assert len(ids) == 5
    assert alert_id_of("summit.new", "m1", "new", 1) in ids


def test_the_json_of_an_alert_has_public_names_and_plain_values():
    form = alert_json(ALERT)

    assert (form["from"], form["to"], form["parties"]) == ("2025-12-23", "2025-12-23", ["ECU", "PAN"])
    assert form["place"] == {"name": "Cartagena", "region": None, "country": "COL", "precision": "city"}
    assert form["raised_at"] == "2025-12-11T11:00:00+00:00"


def test_a_channel_with_rules_gets_what_one_of_them_wants():
    desk = replace(DESK, rules=(AlertRule("own", "own", parties=("EGY",)),))
    nile = replace(raise_alert("nile"), parties=("EGY", "ETH"))

    assert plan([ALERT, nile], channels=(desk,)) == [("desk", ["nile"])]


def test_an_alert_waits_for_as_many_origins_as_a_rule_asks():
    desk = replace(DESK, rules=(AlertRule("own", "own", least_origins=3),))

    assert plan([ALERT], channels=(desk,)) == []
    assert plan([replace(ALERT, origins=3)], channels=(desk,)) == [("desk", ["a1"])]


def test_a_storm_of_one_pass_is_one_message():
    alerts = [raise_alert(f"a{number}") for number in range(STORM + 1)]
    other = raise_alert("b", "2025-12-11 11:05")

    assert plan([*alerts, other]) == [("log", [alert.alert_id for alert in alerts]), ("log", ["b"])]
    assert len(plan(alerts[:STORM])) == STORM


RETRACTED = replace(raise_alert("back", "2025-12-11 11:30"), kind="summit.retracted", step=2)


def test_a_retraction_goes_where_the_alert_went_whatever_its_rules():
    desk = replace(DESK, rules=(AlertRule("own", "own", kinds=("summit.new",)),))

    assert plan([ALERT, RETRACTED], [Attempt("a1", "desk", 1, "sent", None)], channels=(LOG, desk)) == [
        ("desk", ["back"])
    ]


def test_what_was_taken_back_before_it_went_out_does_not_go_out():
    again = replace(raise_alert("again", "2025-12-11 11:40"), kind="summit.status", step=3)

    assert plan([ALERT, RETRACTED]) == []
    assert plan([ALERT, RETRACTED, again]) == [("log", ["again"])]
