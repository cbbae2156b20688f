"""How commands show things: columns, times, JSON, and commands that can be typed as printed."""

import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tasks.core.errors import BadInput
from tasks.desk.desk import follow_up, parse_since
from tasks.desk.showing import align_columns, count, json_value, keep_whole, one_line, print_table, show_time
from tasks.settings import open_zone, read_settings

NOW = datetime(2025, 12, 11, 14, 30, tzinfo=UTC)


def test_columns_are_aligned_and_nothing_is_cut():
    lines = align_columns(("id", "title"), [("1", "Short"), ("12345", "A headline of some length")])
    assert lines == [
        "id     title",
        "-----  -------------------------",
        "1      Short",
        "12345  A headline of some length",
    ]


def test_a_table_without_rows_still_has_its_head(capsys):
    print_table(("a", "b"), [])
    assert capsys.readouterr().out == "a  b\n-  -\n"


def test_times_ids_and_numbers_are_kept_whole_where_half_the_terminal_is_left():
    columns, row = ("time", "title", "id"), ("2025-12-11 14:30", "A headline of some length", "1a2b3c4d")
    assert keep_whole(columns, [row], 80) == [True, False, True]
    assert keep_whole(columns, [row], 40) == [False, False, False]


def test_a_cell_cannot_steer_the_terminal():
    assert one_line("calm\x1b[31mred\nnext\tcell\u202e") == "calm [31mred next cell "


def test_times_are_shown_in_the_readers_zone():
    assert show_time(NOW, ZoneInfo("Asia/Tokyo")) == "2025-12-11 23:30"
    assert show_time(None, UTC) == ""


def test_a_zone_that_does_not_exist_is_named():
    with pytest.raises(BadInput, match="Middle/Earth"):
        open_zone(read_settings("/nowhere", {"DATELINE_TZ": "Middle/Earth"}))


def test_json_holds_days_times_lists_and_what_json_does_not_know():
    value = {
        "day": date(2025, 12, 11),
        "at": NOW,
        "list": ("a", 1),
        "none": None,
        "nan": float("nan"),
        "span": timedelta(1),
    }
    shown = json_value(value)
    assert json.loads(json.dumps(shown)) == {
        "day": "2025-12-11",
        "at": "2025-12-11T14:30:00+00:00",
        "list": ["a", 1],
        "none": None,
        "nan": None,
        "span": "1 day, 0:00:00",
    }


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, None),
        ("2025-12-01", datetime(2025, 12, 1, tzinfo=UTC)),
        ("2025-12-01T10:00", datetime(2025, 12, 1, 10, tzinfo=UTC)),
        ("2025-12-01T10:00+02:00", datetime(2025, 12, 1, 8, tzinfo=UTC)),
        ("30m", NOW - timedelta(minutes=30)),
        ("12h", NOW - timedelta(hours=12)),
        ("7 d", NOW - timedelta(days=7)),
        ("2w", NOW - timedelta(weeks=2)),
    ],
)
def test_since_is_a_day_or_a_span_back_from_now(given, expected):
    assert parse_since(given, NOW) == expected


@pytest.mark.parametrize("given", ["yesterday", "7", "12-01-2025", "999999w", ""])
def test_a_since_that_cannot_be_read_is_named(given):
    with pytest.raises(BadInput, match="no day and no span"):
        parse_since(given, NOW)


def test_a_follow_up_carries_the_home_only_where_it_was_given(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert follow_up(read_settings(None, {}), "latest") == "dateline latest"
    assert follow_up(read_settings(None, {"DATELINE_HOME": "/srv/press"}), "latest") == "dateline latest"
    assert follow_up(read_settings("data-demo", {}), "latest") == "dateline latest --home ./data-demo"
    assert follow_up(read_settings("/srv/my press", {}), "show a") == "dateline show a --home '/srv/my press'"


def test_a_number_has_the_right_noun():
    assert (count(1, "feed"), count(2046, "entry", "entries"), count(0, "feed")) == (
        "1 feed",
        "2,046 entries",
        "0 feeds",
    )
