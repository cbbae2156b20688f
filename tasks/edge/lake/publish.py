"""press.duckdb: the public relations as plain tables in one file, and the macros over them, for tools that open a file.

Written under a temporary name and renamed, so that a reader holds either the old file or the new one, never half of it.
"""

from __future__ import annotations

import os
import re
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from tasks.core.errors import DatelineError
from tasks.edge.lake.attach import LakeAddress, connect_reader, tell_cause
from tasks.edge.lake.locks import describe_holder, hold_upkeep_lock
from tasks.edge.lake.migrate import order_views
from tasks.edge.lake.statements import SqlFile, list_sql, literal
from tasks.settings import dateline_version, make_folder

TEXT_DAYS = 30
# Readable by every DuckDB since 1.0; a file of a newer storage version would shut older tools out.
STORAGE_VERSION = "v1.0.0"
_TEXT_RELATIONS = frozenset({"articles", "article_versions"})
_PUBLISHED = SqlFile(
    name="published",
    text="",
    grain="One row: when this file was written, and by what.",
    columns=(
        ("published_at", "when the file was written; newer stories are in the lake only"),
        ("version", "version of Dateline that wrote it"),
        ("texts_since", "articles first seen before this day are here without their text"),
    ),
)
_DICTIONARY = "dictionary"


def publish_press(address: LakeAddress, folder: Path, now: datetime) -> Path:
    """Write `press.duckdb` into the folder; returns its path. Raises LakeMissing, HomeUnusable, DatelineError."""
    make_folder(folder)
    target = folder / "press.duckdb"
    staged = folder / f".press-{os.getpid()}.duckdb"
    _sweep(folder, now)
    connect_reader(address).close()  # before the lock, which would make its file in a home without a lake
    try:
        with hold_upkeep_lock(address, describe_holder("publish", now)):
            _write(address, staged, now)
        staged.replace(target)
    except (duckdb.Error, OSError) as error:
        raise DatelineError(
            f"{target} cannot be written ({tell_cause(error)}); the file that was there is as it was. "
            "See that the folder can be written and the disk has room, then run `dateline publish`."
        ) from error
    finally:
        _remove(staged)
    return target


def _sweep(folder: Path, now: datetime) -> None:
    """Remove what a publish that was killed has left; another one may be at work now, so only what is a day old."""
    for left in folder.glob(".press-*.duckdb"):
        if left.stat().st_mtime < (now - timedelta(days=1)).timestamp():
            _remove(left)


def _remove(staged: Path) -> None:
    staged.unlink(missing_ok=True)
    staged.with_name(f"{staged.name}.wal").unlink(missing_ok=True)


def _write(address: LakeAddress, staged: Path, now: datetime) -> None:
    since = (now - timedelta(days=TEXT_DAYS)).date()
    with closing(connect_reader(address)) as connection:
        connection.execute(f"ATTACH {literal(str(staged))} AS out (STORAGE_VERSION '{STORAGE_VERSION}')")
        connection.execute("BEGIN")  # one snapshot of the lake for all relations
        for view in list_sql("views"):
            columns = "*"
            if view.name in _TEXT_RELATIONS:
                columns = f"* replace (case when day >= date '{since}' then text end as text)"
            connection.execute(f"create table out.{view.name} as select {columns} from {view.name}")  # noqa: S608 - names of our own files
            _comment(connection, view)
        _add_own_relations(connection, [now, dateline_version(), since])
        connection.execute("USE out")  # where the names in the macros lead, here as in every file that is opened
        for macro in _macros():
            connection.execute(macro.text)
        connection.execute("COMMIT")
        connection.execute("USE memory")
        connection.execute("DETACH out")


def _macros() -> list[SqlFile]:
    """The macros that ask public relations alone, in an order in which they can be made.

    The past is the lake's, and the file of words lies beside it.
    """
    in_the_lake_only: set[str] = set()
    kept = []
    for macro in order_views(list_sql("macros")):
        named = set(re.findall(r"\b(\w+)\(", macro.text)) - {macro.name}
        if "_facts" in macro.text or "sqlite_query" in named or named & in_the_lake_only:
            in_the_lake_only.add(macro.name)
        else:
            kept.append(macro)
    return kept


def _add_own_relations(connection: duckdb.DuckDBPyConnection, published: list[object]) -> None:
    connection.execute(
        "create table out.published as "
        "select ?::timestamptz as published_at, ?::varchar as version, ?::date as texts_since",
        published,
    )
    _comment(connection, _PUBLISHED)
    connection.execute(
        "create table out.dictionary as select * from dictionary "
        "where kind = 'view' or relation = ? or relation in (select unnest(?))",
        [_DICTIONARY, [macro.name for macro in _macros()]],
    )
    own = ((None, _PUBLISHED.grain), *_PUBLISHED.columns)
    connection.executemany(
        "insert into out.dictionary values ('published', 'table', ?, ?, ?)",
        [(column, position, meaning) for position, (column, meaning) in enumerate(own)],
    )
    _comment(connection, next(file for file in list_sql("migrations") if file.name.endswith(_DICTIONARY)), _DICTIONARY)


def _comment(connection: duckdb.DuckDBPyConnection, file: SqlFile, relation: str | None = None) -> None:
    name = relation or file.name
    connection.execute(f"comment on table out.{name} is {literal(file.grain)}")
    for column, meaning in file.columns:
        connection.execute(f"comment on column out.{name}.{column} is {literal(meaning)}")
