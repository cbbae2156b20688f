"""Rows for a lake, layouts of earlier days, and other processes that write, for tests of the lake itself."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from tasks.edge.lake.attach import LakeAddress, connect_reader, connect_writer, locate_lake
from tasks.edge.lake.migrate import apply_migration, migrate_lake
from tasks.edge.lake.statements import SQL, list_sql
from tasks.settings import read_settings
from tests import lake_profile

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = NOW.date()

_FILLS: dict[str, Any] = {
    "DATE": DAY,
    "TIMESTAMP WITH TIME ZONE": NOW,
    "INTEGER": 1,
    "BIGINT": 1,
    "DOUBLE": 1.0,
    "BOOLEAN": False,
    "VARCHAR": "x",
}


def locate(home: Path, **environ: str) -> LakeAddress:
    """The address of the lake of a home, by these variables of the environment."""
    return locate_lake(read_settings(home, environ))


def make_lake(home: Path) -> LakeAddress:
    """An empty lake of today's layout: a copy, since to make one takes seconds and a lake may be moved."""
    if lake_profile.IS_ON:
        lake_profile.copy_template(home)
    else:
        shutil.copytree(_template() / "lake", home / "lake")
    return locate(home)


@cache
def _template() -> Path:
    home = Path(tempfile.mkdtemp(prefix="dateline-lake-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    migrate_lake(locate(home), NOW)
    return home


def fill_row(connection: duckdb.DuckDBPyConnection, table: str, **parts: Any) -> dict[str, Any]:
    """A row of a table of the lake: plain values where `parts` give none."""
    described = connection.execute(f"describe {table}").fetchall()
    row = {name: [] if kind.endswith("[]") else _FILLS[kind] for name, kind, *_ in described}
    return {**row, **parts}


def items(ids: Iterable[int], day: date = DAY) -> list[dict[str, Any]]:
    """Rows of `item_facts`, told apart by their numbers."""
    plain = dict.fromkeys(("url", "summary", "content", "author", "published_at"))
    kept = {"day": day, "feed_id": "norvik/world", "wire_id": "norvik", "run_id": "run", "published_source": "none"}
    flags = {"first_seen_at": NOW, "is_silent": False, "is_first_load": False}
    return [
        {**plain, **kept, **flags, "item_id": f"item-{n:04}", "entry_key": f"{n}", "title": f"Story {n}"} for n in ids
    ]


def read_lake(address: LakeAddress, statement: str) -> list[Any]:
    """The rows of a statement on a fresh read-only connection."""
    with closing(connect_reader(address)) as connection:
        return connection.execute(statement).fetchall()


def list_data(address: LakeAddress, table: str) -> set[str]:
    """The names of a table's files in the folder or the store, also of those that the lake has done with."""
    if address.is_remote:
        keys = lake_profile.list_objects(f"{address.data.split('/', 3)[3]}main/{table}/")
        return {key.rpartition("/")[2] for key in keys}
    return {path.name for path in (Path(address.data) / "main" / table).rglob("*.parquet")}


def put_data(address: LakeAddress, table: str, name: str, data: bytes) -> None:
    """A file among those of a table, which the lake knows nothing of."""
    if address.is_remote:
        key = f"{address.data.split('/', 3)[3]}main/{table}/{name}"
        lake_profile.open_store().put_object(Bucket=lake_profile.BUCKET, Key=key, Body=data)
    else:
        (Path(address.data) / "main" / table / name).write_bytes(data)


def count_snapshots(address: LakeAddress) -> int:
    """How often the lake was changed so far."""
    return int(read_lake(address, "select count(*) from lake.snapshots()")[0][0])


def make_earlier_lake(address: LakeAddress, number: int) -> dict[str, dict[str, Any]]:
    """A lake as the Dateline whose newest migration was `number` left it: a row in each of its tables, by table."""
    if address.is_sqlite:
        address.metadata_file.parent.mkdir(parents=True)
    written = {}
    with closing(connect_writer(address, may_create=True)) as connection:
        connection.execute("BEGIN")
        for file in list_sql("migrations"):
            if int(file.name[:4]) <= number:
                apply_migration(connection, file, NOW)
        connection.execute("COMMIT")
        tables = [row[0] for row in connection.execute("show tables").fetchall()]
        for table in sorted(set(tables) - {"migration_facts", "dictionary"}):
            row = fill_row(connection, table)
            marks = ", ".join("?" for _ in row)
            connection.execute(f"insert into {table} values ({marks})", list(row.values()))  # noqa: S608 - our tables
            written[table] = row
    return written


def copy_sql(folder: Path) -> Path:
    """A copy of `sql/` in which a test may write migrations and views of the future."""
    shutil.copytree(SQL, folder / "sql")
    return folder / "sql"


def start_python(program: str, *arguments: str, **options: Any) -> subprocess.Popen[str]:
    """Another process of Python that can import the project; its output is read through pipes."""
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), **os.environ},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )
