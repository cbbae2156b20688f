"""Answers of SQL as CSV, JSON and cells, and files that are whole or not there."""

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tasks.core.errors import BadInput
from tasks.desk.sql_formats import answer_as_cells, answer_as_csv, answer_as_json, choose_format, write_file
from tasks.edge.lake.adhoc import Answer

AT = datetime(2025, 12, 11, 14, 30, 5, tzinfo=UTC)
ANSWER = Answer(
    ("title", "day", "at", "parties", "score", "is_read", "url"),
    (('He said "no", twice', date(2025, 12, 11), AT, ["BRA", "KEN"], -1.5, True, None),),
)


def test_csv_reads_back_with_lists_as_json_and_nothing_for_null():
    (row,) = csv.DictReader(io.StringIO(answer_as_csv(ANSWER)))
    assert row == {
        "title": 'He said "no", twice',
        "day": "2025-12-11",
        "at": "2025-12-11T14:30:05+00:00",
        "parties": '["BRA", "KEN"]',
        "score": "-1.5",
        "is_read": "true",
        "url": "",
    }


@pytest.mark.parametrize("headline", ['=HYPERLINK("x")', "+1", "-cmd", "@SUM(A1)", "\tx", "\rx"])
def test_no_headline_is_a_formula_in_a_spreadsheet(headline):
    rows = list(csv.reader(io.StringIO(answer_as_csv(Answer(("title",), ((headline,),))), newline="")))
    assert rows[1] == [f"'{headline}".replace("\r", "\n")]


def test_a_negative_number_is_no_formula():
    assert answer_as_csv(Answer(("n",), ((-5,),))) == "n\n-5\n"


def test_json_is_a_list_of_objects_with_iso_dates():
    (row,) = json.loads(answer_as_json(ANSWER))
    assert row["at"] == "2025-12-11T14:30:05+00:00"
    assert row["parties"] == ["BRA", "KEN"]
    assert json.loads(answer_as_json(Answer(("a",), ()))) == []


def test_cells_show_times_in_the_readers_zone():
    (cells,) = answer_as_cells(ANSWER, ZoneInfo("Europe/Berlin"))
    assert cells[1:6] == ["2025-12-11", "2025-12-11 15:30:05+0100", "BRA, KEN", "-1.5", "true"]


@pytest.mark.parametrize(
    ("given", "output", "expected"),
    [
        (None, None, "table"),
        (None, Path("a.csv"), "csv"),
        (None, Path("a.JSON"), "json"),
        (None, Path("a.parquet"), "parquet"),
        ("json", Path("a.csv"), "json"),
    ],
)
def test_the_format_is_as_asked_else_by_the_ending(given, output, expected):
    assert choose_format(given, output) == expected


def test_a_file_that_cannot_be_written_is_named_and_leaves_nothing(tmp_path):
    with pytest.raises(BadInput, match=r"nowhere/a\.csv"):
        write_file(tmp_path / "nowhere" / "a.csv", b"x")
    write_file(tmp_path / "a.csv", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
