"""Ad-hoc SQL for people: read-only, beside a running writer, with nothing reachable but the lake.

The connection attaches the lake READ_ONLY, may open no file outside the lake's own folders and cannot be set otherwise.
What that still allows (all measured on 1.5.5) is refused by the statement itself: COPY into the lake's folder, also
under EXPLAIN ANALYZE, which runs it; and DuckLake's own functions, of which `ducklake_cleanup_old_files` removes files
even here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb

from tasks.core.errors import QueryRefused
from tasks.edge.lake.attach import LakeAddress, connect_reader
from tasks.edge.lake.hints import hint_at
from tasks.edge.lake.statements import literal
from tasks.settings import Settings

READING_KINDS = frozenset({"SELECT", "EXPLAIN", "RELATION"})

_EXPLAIN = re.compile(r"(?:\s|--[^\n]*\n|/\*.*?\*/|\bexplain\b|\banalyze\b)*(?:\([^()]*\))?", re.IGNORECASE | re.DOTALL)
# Functions that change the lake, and those that run a text as SQL, in which the others could hide.
_CHANGING = re.compile(
    r"ducklake_(add|cleanup|delete|expire|flush|merge|rewrite|set)\w*|query|json_execute_serialized_sql"
)

# Functions that reach past the lock: those of SQLite and Postgres open any file or server and run any SQL there, and in
# S3 DuckDB takes `s3://bucket/lake/../other/` for a place in the lake's folder (measured on 1.5.5).
_REACHING = re.compile(
    r"(sqlite|postgres)_\w+|duckdb_secrets|which_secret|(read|parquet)_\w+|\w+_scan|glob|sniff_csv|query_table"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a question, with the names of its columns in order."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def dicts(self) -> list[dict[str, Any]]:
        """The rows by column name."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def connect_adhoc(address: LakeAddress, settings: Settings, index: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A locked read-only connection, with the file of words that `search` asks, if given. Raises LakeMissing."""
    connection = connect_reader(address, settings.home_source)
    if index is not None:
        connection.execute(attach_index(index))
    metadata = [f"{address.metadata_file.parent}/"] if address.is_sqlite else []
    folders = ", ".join(literal(folder) for folder in (read_data_path(connection), *metadata))
    connection.execute(f"SET allowed_directories = [{folders}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false")  # counted, not printed
    connection.execute("SET lock_configuration = true")
    return connection


def attach_index(index: Path) -> str:
    """The statement that lets the macro `search` find the file of words."""
    return f"ATTACH {literal(str(index))} AS search_index (TYPE sqlite, READ_ONLY)"


def calls_search(statement: str) -> bool:
    """True where a statement asks the macro `search`."""
    try:
        return bool(statement.strip()) and "search" in _called_functions(statement)
    except duckdb.Error:
        return False  # whoever asks it says what is wrong with it


def read_data_path(connection: duckdb.DuckDBPyConnection) -> str:
    """Where the attached lake keeps its Parquet files: a folder or `s3://...`, with a slash at its end."""
    row = connection.execute("select data_path from ducklake_settings('lake')").fetchone()
    return str(row[0]) if row else ""


def ask(
    connection: duckdb.DuckDBPyConnection, statement: str, parameters: Sequence[Any] | dict[str, Any] | None = None
) -> Answer:
    """Run one reading statement. Raises QueryRefused in one sentence where it would write or is wrong."""
    refuse_writing(statement)
    with tell_refusals(connection):
        cursor = connection.execute(statement, parameters)
        rows = tuple(cursor.fetchall())
    return Answer(tuple(column[0] for column in cursor.description or ()), rows)


@contextmanager
def tell_refusals(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """DuckDB's errors as one sentence, and its word for Ctrl-C as what it is: then the question is stopped too."""
    try:
        yield
    except duckdb.Error as error:
        raise QueryRefused(explain_refusal(error)) from error
    except RuntimeError as error:
        if "interrupted" in str(error).lower():
            connection.interrupt()  # or its threads go on, and to close it waits for them (measured on 1.5.5)
            raise KeyboardInterrupt from error
        raise


def refuse_writing(statement: str) -> None:
    """Raise QueryRefused for anything but one statement that reads."""
    kind = _kind_of(statement)
    if kind == "EXPLAIN":
        explained = _EXPLAIN.match(statement)
        kind = _kind_of(statement[explained.end() :] if explained else "")
    if kind not in READING_KINDS - {"EXPLAIN"}:
        raise QueryRefused(
            f"This is a {kind} statement, and ad-hoc SQL only reads "
            "(SELECT, FROM, DESCRIBE, SHOW, SUMMARIZE, EXPLAIN). To export, give --format and -o."
        )
    for name in _called_functions(statement):
        if _CHANGING.fullmatch(name):
            raise QueryRefused(
                f"The function {name} can change the lake, and ad-hoc SQL only reads. "
                "`dateline upkeep` compacts and cleans it."
            )
        if _REACHING.fullmatch(name):
            raise QueryRefused(
                f"The function {name} opens what lies outside the lake, and ad-hoc SQL reads the lake alone; "
                "`from dictionary` lists its relations."
            )
    if any("://" in word and "/.." in word for word in _take_apart(statement)):
        raise QueryRefused("An address with `..` could lead out of the lake, and ad-hoc SQL reads the lake alone.")


def find_parameters(statement: str) -> list[str]:
    """The names of the `$name` parameters of a statement, in order and each once; none where it cannot be parsed."""
    try:
        parsed = duckdb.extract_statements(statement)
    except duckdb.Error:
        return []  # whoever asks it says what is wrong with it
    named = set().union(*(each.named_parameters for each in parsed))
    order = re.findall(r"\$(\w+)", statement)
    return [name for name in dict.fromkeys(order) if name in named]


def _called_functions(statement: str) -> list[str]:
    """The names before an opening bracket, in small letters."""
    words = _take_apart(statement)
    named = (re.match(r'"?(\w+)', word) for word, after in pairwise(words) if after.startswith("("))
    return [name[1].lower() for name in named if name]


def _take_apart(statement: str) -> list[str]:
    """The words of a statement, as DuckDB itself takes it apart."""
    encoded = statement.encode()
    starts = [start for start, _ in duckdb.tokenize(statement)]
    return [encoded[start:end].decode() for start, end in zip(starts, [*starts[1:], len(encoded)], strict=True)]


def _kind_of(statement: str) -> str:
    try:
        parsed = duckdb.extract_statements(statement)
    except duckdb.Error as error:
        raise QueryRefused(explain_refusal(error)) from error
    if len(parsed) != 1:
        hint = " A PIVOT needs its values: `on kind in ('a', 'b')`." if "pivot" in statement.lower() else ""
        raise QueryRefused(f"Give one statement at a time; this text holds {len(parsed)}.{hint}")
    return str(parsed[0].type.name)


def explain_refusal(error: duckdb.Error) -> str:
    """DuckDB's own words in one line, with the name that was probably meant and where all names are."""
    words = " ".join(re.split(r"LINE \d+:", str(error))[0].split())
    return f"The query failed: {hint_at(words.removeprefix('Invalid Input Error: '))}"
