"""The data dictionary: what the SQL files say of their relations, as comments in the database and as a table.

DuckLake 1.0 takes no comment on a view's column nor on a macro, so the table `dictionary` holds those, and the rest
beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import duckdb
import polars as pl

from tasks.edge.lake.statements import SqlFile, list_sql, literal

ENTRY = {"relation": pl.String, "kind": pl.String, "name": pl.String, "position": pl.Int32, "meaning": pl.String}

Entry = tuple[str, str, str | None, int, str]


def comment_table(connection: duckdb.DuckDBPyConnection, file: SqlFile) -> None:
    """Put the words of a migration on the table that it makes, or on the columns that it adds."""
    if table := made_table(file):
        connection.execute(f"comment on table {table} is {literal(file.grain)}")
    for altered, column, meaning in list_columns(file):
        connection.execute(f"comment on column {altered}.{column} is {literal(meaning)}")


def fill_dictionary(connection: duckdb.DuckDBPyConnection) -> None:
    """Write the table `dictionary` anew, within the caller's transaction."""
    frame = pl.DataFrame(list(list_entries()), schema=ENTRY, orient="row")
    connection.execute("delete from dictionary")
    connection.register("entries", frame)
    connection.execute("insert into dictionary by name select * from entries")
    connection.unregister("entries")


def list_entries() -> Iterable[Entry]:
    """One entry for each relation and macro, and one for each parameter and column in order."""
    for table, (grain, columns) in _read_tables().items():
        yield from _entries(table, "table", grain, columns)
    for file in list_sql("views"):
        yield from _entries(file.name, "view", file.grain, list(file.columns))
    for file in list_sql("macros"):
        yield file.name, "macro", None, 0, file.grain
        named = [("parameter", *each) for each in file.parameters] + [("macro", *each) for each in file.columns]
        for position, (kind, name, meaning) in enumerate(named, 1):
            yield file.name, kind, name.split(" ", 1)[0], position, meaning


def made_table(file: SqlFile) -> str | None:
    """The table that a migration creates."""
    return _first(r"^create table (\w+)", file.text)


def list_columns(file: SqlFile) -> list[tuple[str, str, str]]:
    """The columns that a migration makes or adds: table, column and meaning, in order."""
    if table := made_table(file):
        return [(table, column, meaning) for column, meaning in file.columns]
    altered = re.findall(r"^alter table (\w+)\s+add column", file.text, re.MULTILINE)
    return [(table, *column) for table, column in zip(altered, file.columns, strict=True)]


def is_view(file: SqlFile) -> bool:
    """True for a view, false for a macro."""
    return f"create or replace view {file.name} " in file.text


def _read_tables() -> dict[str, tuple[str, list[tuple[str, str]]]]:
    tables: dict[str, tuple[str, list[tuple[str, str]]]] = {}
    for file in list_sql("migrations"):
        if made := made_table(file):
            tables[made] = (file.grain, [])
        for table, column, meaning in list_columns(file):
            tables[table][1].append((column, meaning))
    return tables


def _entries(relation: str, kind: str, grain: str, columns: list[tuple[str, str]]) -> Iterable[Entry]:
    yield relation, kind, None, 0, grain
    for position, (column, meaning) in enumerate(columns, 1):
        yield relation, kind, column, position, meaning


def _first(pattern: str, text: str) -> str | None:
    found = re.search(pattern, text, re.MULTILINE)
    return found[1] if found else None
