"""What a person reads when an alert arrives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tasks.core.alerts.channel_label import channel_id_of, cut_secrets, label_channel, scheme_of
from tasks.core.alerts.digest import (
    MAX_LISTED,
    count_summits,
    describe_place,
    describe_window,
    make_message,
    make_test_message,
    title_of,
)
from tasks.core.model import Place
from tests.claims import ALERT, COLOMBIA, at, raise_alert

NAMES = {"ECU": "Ecuador", "PAN": "Panama", "COL": "Colombia", "USA": "United States"}


def test_the_message_says_who_where_when_and_how_it_stands():
    message = make_message([ALERT], NAMES)

    assert message.title == "New summit: Ecuador and Panama, Cartagena (Colombia), 23 December 2025, planned"
    assert message.text.splitlines() == [
        '"The presidents of Ecuador and Panama will meet in Cartagena on December 23."',
        "Norvik Press: Ecuador and Panama to meet",
        "https://norvik.example/story",
        "Parties: Ecuador and Panama",
        "Carried by 3 wires, 2 independent origins",
    ]


def test_the_key_of_a_message_is_the_alert_id():
    message = make_message([ALERT], NAMES)

    assert (message.key, message.kind, message.body["alert_id"]) == ("a1", "summit.new", "a1")


def test_a_first_load_is_one_message():
    alerts = [replace(raise_alert(f"a{n}", is_first_load=True), status="planned") for n in range(9)]

    message = make_message(alerts, NAMES)

    assert message.title == "On the wires when you began: 9 planned summits"
    assert message.text.count("- Ecuador and Panama, Cartagena (Colombia)") == 9
    assert len(message.body["alerts"]) == 9


def test_a_first_load_has_one_key_in_any_order_and_another_with_other_alerts():
    alerts = [raise_alert(name, is_first_load=True) for name in "abc"]

    keys = [make_message(some, NAMES).key for some in (alerts, alerts[::-1], alerts[:2])]

    assert keys[0] == keys[1] != keys[2]


def test_one_summit_of_a_first_load_is_told_as_such():
    assert make_message([raise_alert("a", is_first_load=True)], NAMES).title.endswith("you began: 1 planned summit")


def test_a_long_first_load_is_cut_in_the_text_only():
    alerts = [raise_alert(f"a{n:03}", is_first_load=True) for n in range(MAX_LISTED + 5)]

    message = make_message(alerts, NAMES)

    assert message.text.endswith("and 5 more: `dateline alerts`")
    assert len(message.body["alerts"]) == MAX_LISTED + 5


def test_summits_are_counted_by_status():
    alerts = [replace(ALERT, status=status) for status in ("planned", "held", "planned")]

    assert count_summits(alerts) == "3 summits (2 planned, 1 held)"


@pytest.mark.parametrize(
    ("parts", "named"),
    [
        pytest.param({"name": "Andes Summit"}, "Andes Summit (Ecuador and Panama)", id="with a name"),
        pytest.param({"name": "African Union", "parties": ()}, "African Union", id="of a body"),
        pytest.param({"parties": ("ECU", "PAN", "XKX")}, "Ecuador, Panama and XKX", id="an unknown code"),
        pytest.param({"parties": ()}, '"Ecuador and Panama to meet"', id="by its headline"),
    ],
)
def test_a_meeting_goes_by_its_name_or_parties(parts, named):
    assert title_of(replace(ALERT, **parts), NAMES).startswith(f"New summit: {named}, Cartagena")


def test_what_no_text_says_is_left_out():
    bare = replace(ALERT, place=None, from_day=None, to_day=None)

    assert title_of(bare, NAMES) == "New summit: Ecuador and Panama, planned"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2025-12-23", "2025-12-23", "23 December 2025"),
        ("2025-12-30", "2025-12-31", "30-31 December 2025"),
        ("2025-12-30", "2026-01-02", "30 December 2025 - 2 January 2026"),
        ("2025-11-30", "2025-12-02", "30 November - 2 December 2025"),
        ("2025-12-01", "2025-12-31", "December 2025"),
        ("2026-01-01", "2026-12-31", "2026"),
        ("2026-03-05", None, "from 5 March 2026"),
        (None, "2026-03-05", "until 5 March 2026"),
        (None, None, ""),
    ],
)
def test_a_window_in_words(first, last, words):
    days = (date.fromisoformat(day) if day else None for day in (first, last))

    assert describe_window(*days) == words


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place("Anchorage", "Alaska", "USA", "city"), "Anchorage, Alaska (United States)"),
        (Place("Alaska", "Alaska", "USA", "region"), "Alaska (United States)"),
        (COLOMBIA, "Colombia"),
        (Place("Rhodes", None, None, "city"), "Rhodes"),
    ],
)
def test_a_place_as_precisely_as_it_is_known(place, words):
    assert describe_place(place, NAMES) == words


def test_copy_cannot_break_the_lines_nor_steer_a_terminal():
    hostile = replace(
        ALERT, sentence="They\nwill \x1b[31mmeet\u202e.", title="A\r\nB", article_url="javascript:alert(1)"
    )

    text = make_message([hostile], NAMES).text

    assert text.splitlines()[:2] == ['"They will [31mmeet ."', "Norvik Press: A B"]
    assert "javascript" not in text


def test_a_test_says_that_it_is_one():
    message = make_test_message(at("2025-12-11 12:00"))

    assert message.title.startswith("TEST")
    assert (message.body["kind"], message.body["alerts"]) == ("test", [])


# --- how a channel is shown ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "label"),
    [
        ("log:", "log"),
        ("file:/var/alerts.jsonl", "file:/var/alerts.jsonl"),
        ("webhook+https://user:pw@desk.example:8443/hooks/T0K3N?secret=S", "webhook+https://desk.example:8443 #"),
        ("tgram://123456:ABCDEF/987654", "tgram #"),
        ("mailto://ann:pa55word@mail.example", "mailto #"),
        ("no address", "unknown #"),
    ],
)
def test_a_channel_is_shown_without_its_secrets(address, label):
    shown = label_channel(address)

    assert shown.partition("#")[0] == label.partition("#")[0]
    assert shown.endswith(f"#{channel_id_of(address)[:6]}" if label.endswith("#") else label)


def test_an_answer_is_cut_where_it_repeats_the_address():
    address = "slack://TokenAAAAA/TokenBBBBB/TokenCCCCC"

    assert cut_secrets("POST to /TokenAAAAA/TokenBBBBB failed: 403", address) == "POST to /***/*** failed: 403"


def test_a_webhook_keeps_its_host_and_a_file_its_path():
    assert cut_secrets("desk.example answered 500", "webhook+https://desk.example/a") == "desk.example answered 500"
    assert cut_secrets("/var/alerts.jsonl: full", "file:/var/alerts.jsonl") == "/var/alerts.jsonl: full"


@pytest.mark.parametrize(
    ("address", "scheme"), [("LOG:", "log"), ("webhook+https://a.b", "webhook+https"), ("a b:c", "")]
)
def test_the_scheme_of_an_address(address, scheme):
    assert scheme_of(address) == scheme
