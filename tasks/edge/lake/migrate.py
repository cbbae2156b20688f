"""Bring a lake to today's layout: migrations forward only, then views, macros and dictionary made anew.

Runs in one process, under the write lock. All that is pending is one transaction, so a lake has its old layout or its
new one; then an upgraded lake is washed (`wash.py`), and only the fact after that says that the lake is current.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import duckdb

from tasks.core.errors import DatelineError, LakeMissing, LakeTooNew
from tasks.edge.lake.attach import LakeAddress, connect_reader, connect_writer, tell_cause, unwritable_lake
from tasks.edge.lake.backup import copy_metadata_aside, find_copies
from tasks.edge.lake.dictionary import comment_table, fill_dictionary, is_view
from tasks.edge.lake.locks import describe_holder, hold_write_lock
from tasks.edge.lake.statements import SqlFile, list_sql, literal
from tasks.edge.lake.wash import wash_tables
from tasks.settings import dateline_version, make_folder


def migrate_lake(address: LakeAddress, now: datetime) -> list[str]:
    """Make or upgrade the lake; returns what was applied. Raises LakeTooNew for a newer Dateline's lake."""
    if is_current(address):
        return []
    if address.is_sqlite:
        make_folder(address.metadata_file.parent)
        refuse_lost(address)
    with (
        hold_write_lock(address, describe_holder("migration", now)),
        closing(connect_writer(address, may_create=True)) as connection,
    ):
        try:
            return _bring_forward(connection, address, now)
        except duckdb.IOException as error:  # a full disk, or a store that does not answer
            raise unwritable_lake(address, error) from error


def keep_rows_in_files(connection: duckdb.DuckDBPyConnection) -> None:
    """Let no row be in the metadata alone, as those of small inserts are otherwise: a lost one then loses no row."""
    connection.execute("CALL lake.set_option('data_inlining_row_limit', 0)")


def is_current(address: LakeAddress) -> bool:
    """True where the lake has today's layout, views and macros. Makes nothing. Raises LakeTooNew."""
    try:
        connection = connect_reader(address)
    except LakeMissing:
        return False
    with closing(connection):
        number, views = read_layout(connection)
        refuse_newer(number, address)
        return number == latest_migration() and views == _checksum(list_made_anew())


def read_layout(connection: duckdb.DuckDBPyConnection) -> tuple[int, str]:
    """The number of the newest migration in the lake (-1 for a new lake), the checksum of its views and macros.

    Raises DatelineError where its files cannot be read.
    """
    try:
        row = connection.execute(
            "select coalesce(max(number), -1), "
            "coalesce(arg_max(checksum, rowid) filter (where name = 'views'), '') from migration_facts"
        ).fetchone()
    except duckdb.CatalogException:
        return -1, ""
    except duckdb.IOException as error:  # its metadata is there, but its files are not, or their store does not answer
        raise DatelineError(
            f"The lake's files cannot be read ({tell_cause(error)}). See that their folder or store is there and "
            "answers, and that DATELINE_DATA names it."
        ) from error
    return (int(row[0]), str(row[1])) if row else (-1, "")


def list_made_anew() -> tuple[SqlFile, ...]:
    """What is made anew as a whole where any of it changed: the views and the macros."""
    return list_sql("views") + list_sql("macros")


def latest_migration() -> int:
    """The number of the newest migration that this Dateline knows."""
    return max(_number(file) for file in list_sql("migrations"))


def refuse_newer(number: int, address: LakeAddress) -> None:
    """Raise LakeTooNew where a newer Dateline has written the lake."""
    if number > latest_migration():
        raise LakeTooNew(
            f"The lake at {address.home} has layout {number}, written by a newer Dateline; this one "
            f"({dateline_version()}) knows layouts up to {latest_migration()}. Upgrade with `git pull && make setup`."
        )


def refuse_lost(address: LakeAddress) -> None:
    """Raise DatelineError where the metadata is gone but its data are there: a new lake would sweep them away."""
    if address.metadata_file.exists():
        return
    copies = find_copies(address, "backup", "before", "broken")
    data = None if address.is_remote else next(Path(address.data).rglob("*.parquet"), None)
    if copies or data:
        raise DatelineError(
            f"The lake's metadata {address.metadata_file} is gone, but {'copies of it' if copies else 'its data'} are "
            "there; `dateline restore` tells what can be brought back. (For a new lake, move the folder away first.)"
        )


def _bring_forward(connection: duckdb.DuckDBPyConnection, address: LakeAddress, now: datetime) -> list[str]:
    number, views = read_layout(connection)
    refuse_newer(number, address)
    pending = [file for file in list_sql("migrations") if _number(file) > number]
    if not pending and views == _checksum(list_made_anew()):
        return []  # another process did it while this one waited for the lock
    if number < 0:
        connection.execute("CALL lake.set_option('parquet_compression', 'zstd')")
        keep_rows_in_files(connection)
    elif pending:
        copy_metadata_aside(address, f"before-{_number(pending[0]):04}", now)
    connection.execute("BEGIN")
    for file in pending:
        apply_migration(connection, file, now)
    _remake_views(connection)
    connection.execute("COMMIT")
    wash_tables(connection, with_flush=number >= 0)
    _record(connection, latest_migration(), "views", _checksum(list_made_anew()), now)
    return [file.name for file in pending]


def apply_migration(connection: duckdb.DuckDBPyConnection, file: SqlFile, now: datetime) -> None:
    """Run one migration with its words and its own fact, within the caller's transaction."""
    connection.execute(file.text)
    comment_table(connection, file)
    _record(connection, _number(file), file.name, _checksum([file]), now)


def _record(connection: duckdb.DuckDBPyConnection, number: int, name: str, checksum: str, now: datetime) -> None:
    fact = [number, name, checksum, now, dateline_version()]
    connection.execute("insert into migration_facts values (?, ?, ?, ?, ?)", fact)


def _remake_views(connection: duckdb.DuckDBPyConnection) -> None:
    files = order_views(list_made_anew())
    named = {file.name for file in files}
    for kind, gone in _made_in_the_lake(connection):
        if gone not in named:
            connection.execute(f"drop {kind} {gone}")
    for file in files:
        connection.execute(file.text)
        if is_view(file):  # DuckLake takes no comment on a macro: its words are in the dictionary alone
            connection.execute(f"comment on view {file.name} is {literal(file.grain)}")
    fill_dictionary(connection)


def _made_in_the_lake(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Views and macros that the lake has: how each is dropped, and its name."""
    ours = "where database_name = 'lake' and schema_name = 'main' and not internal"
    return connection.execute(
        f"select 'view', view_name from duckdb_views() {ours} union all "  # noqa: S608 - no words from outside
        "select distinct case function_type when 'macro' then 'macro' else 'macro table' end, function_name "
        f"from duckdb_functions() {ours} and function_type in ('macro', 'table_macro')"
    ).fetchall()


def order_views(files: Iterable[SqlFile]) -> list[SqlFile]:
    """Views and macros in an order in which each comes after those that it names."""
    waiting = {file.name: file for file in files}
    ordered: list[SqlFile] = []
    while waiting:
        for name, file in list(waiting.items()):
            words = set(re.findall(r"(?:(?:from|join)\s+|(?=\w+\())(\w+)", file.text))
            if not words & (waiting.keys() - {name}):
                ordered.append(waiting.pop(name))
                break
        else:
            raise ValueError(f"views depend on each other in a circle: {sorted(waiting)}")
    return ordered


def _number(file: SqlFile) -> int:
    return int(file.name.split("_", 1)[0])


def _checksum(files: Iterable[SqlFile]) -> str:
    return hashlib.sha256("\x1f".join(f"{file.name}\x1e{file.text}" for file in files).encode()).hexdigest()
