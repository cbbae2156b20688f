"""A lake copied to another place: from SQLite to Postgres and S3, or back. The old lake is only read.

    locks of both -> migrations in the target -> BEGIN -> tables, some days at a time -> counts and checksums -> COMMIT

All rows become visible in one commit, so that a move that is killed has moved nothing: what it wrote are files that no
lake knows, which the next upkeep sweeps, and the same command begins anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime

import duckdb

from tasks.core.errors import BadInput, DatelineError
from tasks.edge.lake.attach import (
    WRITER_CONFIG,
    LakeAddress,
    connect_reader,
    give_secrets,
    prepare_session,
    tell_cause,
    unwritable_lake,
)
from tasks.edge.lake.extensions import open_duckdb
from tasks.edge.lake.locks import describe_holder, hold_pass_lock, hold_upkeep_lock, hold_write_lock
from tasks.edge.lake.migrate import is_current, migrate_lake
from tasks.edge.lake.write import KEYS
from tasks.edge.progress import tell_progress
from tasks.settings import make_folder

# Rows of some days are copied by one statement: enough for whole files, and few enough for the writer's memory.
ROWS_AT_ONCE, DAYS_AT_ONCE = 200_000, 31
OLD = "old"

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Sum:
    """What is compared of a table: its rows, and the sum of the hashes of all their columns."""

    rows: int
    checksum: int


@dataclass(frozen=True, slots=True)
class Moved:
    """The sums by table; `was_there` where the target held exactly these rows before."""

    sums: Mapping[str, Sum]
    was_there: bool = False

    @property
    def rows(self) -> int:
        """All rows."""
        return sum(each.rows for each in self.sums.values())


def move_lake(source: LakeAddress, target: LakeAddress, now: datetime) -> Moved:
    """Copy all facts. Raises BadInput where the two are not apart, LakeMissing, LakeBusy, and DatelineError where the
    target holds other rows, cannot be written, or did not come out the same.
    """
    refuse_same_place(source, target)
    if not _is_ready(source):
        raise DatelineError(
            f"The lake at {source.home} has an earlier layout; bring it forward with `dateline upkeep`, then move it."
        )
    with _hold_both(source, target, now):
        migrate_lake(target, now)
        with hold_write_lock(target, describe_holder("move", now)), closing(_connect(source, target)) as connection:
            try:
                return _move(connection, source, target)
            except duckdb.Error as error:
                raise unwritable_lake(target, error) from error


def refuse_same_place(source: LakeAddress, target: LakeAddress) -> None:
    """Raise BadInput where the lakes would share metadata or files: the upkeep of each removes what it knows not."""
    if source.metadata == target.metadata:
        raise BadInput("--to names the lake that is to be moved; give the address of another one.")
    if source.data.startswith(target.data) or target.data.startswith(source.data):
        raise BadInput(
            f"The files of the new lake cannot lie where those of the old one are ({source.data}); "
            "give another place with --data, such as s3://bucket/lake/."
        )


def _is_ready(source: LakeAddress) -> bool:
    connect_reader(source).close()  # a lake that is missing is said as such
    return is_current(source)


@contextmanager
def _hold_both(source: LakeAddress, target: LakeAddress, now: datetime) -> Iterator[None]:
    """Nobody polls, compacts or writes meanwhile: what came after the copy would stay behind."""
    who = describe_holder("move", now)
    with ExitStack() as held:
        for address in (source, target):
            if address.is_sqlite:
                make_folder(address.metadata_file.parent)
            held.enter_context(hold_pass_lock(address, who))
            held.enter_context(hold_upkeep_lock(address, who))
        held.enter_context(hold_write_lock(source, who))
        yield


def _connect(source: LakeAddress, target: LakeAddress) -> duckdb.DuckDBPyConnection:
    """The target as `lake`, the source as `old`, read-only."""
    names = tuple(dict.fromkeys([*source.extensions(), *target.extensions()]))
    connection = open_duckdb(names, {**WRITER_CONFIG, "temp_directory": str(source.home / "tmp")})
    try:
        give_secrets(connection, source, OLD)
        give_secrets(connection, target)
        connection.execute(source.attach_statement(read_only=True, alias=OLD))
        connection.execute(target.attach_statement(read_only=False))
    except duckdb.Error as error:
        connection.close()
        raise DatelineError(f"The two lakes cannot be opened together ({tell_cause(error)}).") from error
    except DatelineError:
        connection.close()
        raise
    prepare_session(connection)
    return connection


def _move(connection: duckdb.DuckDBPyConnection, source: LakeAddress, target: LakeAddress) -> Moved:
    connection.execute("BEGIN")
    wanted = {table: sum_table(connection, OLD, table) for table in KEYS}
    found = {table: _count(connection, table) for table in KEYS}
    if any(found.values()):
        connection.execute("ROLLBACK")
        return _tell_taken(connection, wanted, found)
    total, done = sum(each.rows for each in wanted.values()), 0
    for table in KEYS:
        for days in plan_days(connection, table):
            done += _copy(connection, table, days)
            tell_progress("move", done, total)
    _check(connection, wanted)
    connection.execute("CALL lake.set_commit_message('dateline', ?)", [f"moved from {source.home}: {total} rows"])
    connection.execute("COMMIT")
    return Moved(wanted)


def _check(connection: duckdb.DuckDBPyConnection, wanted: Mapping[str, Sum]) -> None:
    """Compare what was copied, before the commit. Raises DatelineError; then nothing is kept."""
    other = [table for table, each in wanted.items() if sum_table(connection, "lake", table) != each]
    if other:
        connection.execute("ROLLBACK")
        raise DatelineError(
            f"The copy of {', '.join(other)} did not come out as it was, so nothing was kept; run the same again, and "
            "report it if that does not help."
        )


def _tell_taken(connection: duckdb.DuckDBPyConnection, wanted: Mapping[str, Sum], found: Mapping[str, int]) -> Moved:
    """The target holds rows: those of a move that was killed once all was done, or others. Raises DatelineError."""
    there = {table: sum_table(connection, "lake", table) for table in KEYS}
    if there == wanted:
        return Moved(there, was_there=True)
    taken = [table for table, rows in found.items() if rows]
    raise DatelineError(
        f"The lake that --to names holds rows already ({', '.join(taken[:3])}{' ...' * (len(taken) > 3)}), and nothing "
        "was moved; give an empty database and prefix, or drop what is there."
    )


def plan_days(connection: duckdb.DuckDBPyConnection, table: str) -> list[Days | None]:
    """The spans of days that are copied one after the other; None, all at once, where a table has no days."""
    if "day" not in _list_columns(connection, table):
        return [None]
    counted = connection.execute(f"select day, count(*) from {OLD}.{table} group by day order by day").fetchall()  # noqa: S608 - our own names
    spans: list[Days | None] = []
    rows, days = 0, list[date]()
    for day, number in counted:
        if days and (rows + number > ROWS_AT_ONCE or len(days) == DAYS_AT_ONCE):
            spans.append((days[0], days[-1]))
            rows, days = 0, []
        rows += number
        days.append(day)
    return [*spans, (days[0], days[-1])] if days else spans


def sum_table(connection: duckdb.DuckDBPyConnection, lake: str, table: str) -> Sum:
    """The sum of a table of one of the two lakes: the same for the same rows in any order."""
    names = ", ".join(_list_columns(connection, table))
    statement = f"select count(*), coalesce(sum(hash({names})::hugeint), 0)::varchar from {lake}.{table}"  # noqa: S608 - our own names
    row = connection.execute(statement).fetchone()
    return Sum(int(row[0]), int(row[1])) if row else Sum(0, 0)


def _copy(connection: duckdb.DuckDBPyConnection, table: str, days: Days | None) -> int:
    names = ", ".join(_list_columns(connection, table))
    bound = "where day between ? and ?" if days else ""
    statement = f"insert into lake.{table} ({names}) select {names} from {OLD}.{table} {bound}"  # noqa: S608 - our own names
    row = connection.execute(statement, list(days or ())).fetchone()
    return int(row[0]) if row else 0


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"select count(*) from lake.{table}").fetchone()  # noqa: S608 - our own names
    return int(row[0]) if row else 0


def _list_columns(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    return [str(row[0]) for row in connection.execute(f"describe lake.{table}").fetchall()]
