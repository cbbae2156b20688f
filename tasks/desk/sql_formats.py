"""Answers of SQL as a table, CSV, JSON or Parquet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any, Literal

from tasks.core.errors import BadInput
from tasks.desk.showing import json_value
from tasks.edge.lake.adhoc import Answer
from tasks.edge.whole_file import write_whole

SqlFormat = Literal["table", "csv", "json", "parquet"]
_BY_ENDING: dict[str, SqlFormat] = {".csv": "csv", ".json": "json", ".parquet": "parquet"}
# A spreadsheet runs a cell that begins so as a formula; headlines are anybody's words.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def choose_format(given: SqlFormat | None, output: Path | None) -> SqlFormat:
    """The format: as asked for, else by the ending of the output file, else a table."""
    return given or (_BY_ENDING.get(output.suffix.lower(), "table") if output else "table")


def answer_as_csv(answer: Answer) -> str:
    """RFC 4180 with a header; lists as JSON, times in ISO 8601, and no cell that a spreadsheet would run."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([_csv_cell(value) for value in row] for row in answer.rows)
    return written.getvalue()


def answer_as_json(answer: Answer) -> str:
    """A list of objects, one a line, so that a large one can still be looked through."""
    rows = (json.dumps(json_value(row), ensure_ascii=False) for row in answer.dicts())
    return "[" + ",\n ".join(rows) + "]\n"


def answer_as_cells(answer: Answer, zone: tzinfo) -> list[list[str]]:
    """The rows in words for people, times in their zone."""
    return [[_cell(value, zone) for value in row] for row in answer.rows]


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises BadInput where that cannot be done."""
    try:
        write_whole(path, content)
    except OSError as error:
        raise BadInput(f"{path} cannot be written ({error.strerror or error}); give another file with -o.") from error


def _csv_cell(value: Any) -> str:
    plain = json_value(value)
    if plain is None:
        return ""
    if isinstance(plain, str):
        is_formula = isinstance(value, str) and plain.startswith(_FORMULA_STARTS)
        # Python's writer leaves a bare carriage return unquoted, and a reader would end the row there.
        return ("'" if is_formula else "") + plain.replace("\r\n", "\n").replace("\r", "\n")
    return json.dumps(plain, ensure_ascii=False)


def _cell(value: Any, zone: tzinfo) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return f"{value.astimezone(zone):%Y-%m-%d %H:%M:%S%z}"
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return ", ".join(_cell(part, zone) for part in value)
    plain = json_value(value)
    return plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)
