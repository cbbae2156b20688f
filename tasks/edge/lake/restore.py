"""A copy of the lake's metadata put in its place again, and the rows that were written after it brought back.

    copies beside the metadata --check--> put in place, the broken one aside --> rows of files that it does not know

The metadata says which Parquet files are the lake; each row of a table of facts is in one of them, under its key. So
files that are newer than the copy are taken in by the same insert-only MERGE that writes facts: what the copy knows
already is not there twice, and what files of it became (merged by an upkeep) neither. Where a row is in several files,
that of the newest counts: an older one may be of a transaction that was never committed.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from tasks.core.errors import BadInput, DatelineError
from tasks.edge.lake.attach import LakeAddress, connect_writer, tell_cause, unwritable_lake
from tasks.edge.lake.backup import find_copies
from tasks.edge.lake.locks import describe_holder, hold_pass_lock, hold_upkeep_lock, hold_write_lock
from tasks.edge.lake.migrate import migrate_lake
from tasks.edge.lake.statements import literal
from tasks.edge.lake.wash import WASH_DAY, WASH_MARK
from tasks.edge.lake.write import KEYS, merge_batch

_BESIDE = ("", "-wal", "-shm")
# A version of an article and what was made of it is one transaction: parts of one whose article is lost are left out,
# and the item waits for its page again. (Before `keep_rows_in_files`, small inserts were in the metadata alone.)
_OF_VERSION = frozenset(
    "reading_facts topic_facts evidence_facts actor_facts quote_facts citation_facts claim_facts decision_facts".split()
)
_FILES = """
select s.path, s.path_is_relative, t.path, t.path_is_relative, f.path, f.path_is_relative, f.file_size_bytes
from (
    select table_id, path, path_is_relative, file_size_bytes from ducklake_data_file
    union all
    select table_id, path, path_is_relative, file_size_bytes from ducklake_delete_file
) as f
join ducklake_table as t on t.table_id = f.table_id
join ducklake_schema as s on s.schema_id = t.schema_id
"""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the metadata, and what is wrong with it in words; nothing where it can be restored."""

    path: Path
    made_at: datetime
    size: int
    fault: str = ""


@dataclass(slots=True)
class Restored:
    """What a restore did: rows brought back by table, files that could not be read, and where the broken one lies."""

    copy: Copy
    aside: Path | None
    rows: dict[str, int] = field(default_factory=dict)
    unreadable: list[Path] = field(default_factory=list)


def list_copies(address: LakeAddress) -> list[Copy]:
    """The copies of the metadata, the newest first, each looked through. Raises DatelineError with Postgres."""
    if not address.is_sqlite:
        raise DatelineError(
            "The lake's metadata is in Postgres: bring it back with Postgres's own tools (pg_restore of the newest "
            "dump), then run `dateline doctor`."
        )
    copies = [_examine(address, path) for path in find_copies(address, "backup", "before")]
    return sorted(copies, key=lambda copy: copy.made_at, reverse=True)


def choose_copy(copies: Iterable[Copy], name: str) -> Copy:
    """The copy of that file name, or the newest one that is whole for `newest`. Raises BadInput."""
    listed = list(copies)
    whole = (copy for copy in listed if not copy.fault)
    chosen = next(whole if name == "newest" else (copy for copy in listed if copy.path.name == Path(name).name), None)
    if chosen is None:
        raise BadInput(f"There is no copy {name!r} that could be restored; `dateline restore` lists what there is.")
    if chosen.fault:
        raise BadInput(f"{chosen.path.name} cannot be restored: {chosen.fault}. `dateline restore` lists the others.")
    return chosen


def restore_lake(address: LakeAddress, copy: Copy, now: datetime) -> Restored:
    """Put the copy in the place of the metadata, and bring back the rows of files that are newer than it.

    Nobody may be at work meanwhile. Run again it does the same again, and adds nothing twice. Raises LakeBusy, and
    DatelineError where the disk or a file hinders it.
    """
    who = describe_holder("restore", now)
    with hold_pass_lock(address, who), hold_upkeep_lock(address, who):
        try:
            with hold_write_lock(address, who):
                aside = _put_in_place(address, copy, now)
            migrate_lake(address, now)
            done = Restored(copy, aside)
            with hold_write_lock(address, who), closing(connect_writer(address)) as connection:
                _bring_back(connection, address, done)
        except duckdb.Error as error:
            raise unwritable_lake(address, error) from error
        except OSError as error:
            raise DatelineError(
                f"The copy {copy.path} could not be put in place ({tell_cause(error)}); it is still there. "
                "See that the disk has room and the folder can be written, then run the same again."
            ) from error
    return done


def _examine(address: LakeAddress, path: Path) -> Copy:
    stat = path.stat()
    made_at = datetime.fromtimestamp(stat.st_mtime, UTC)
    with suppress(ValueError):
        made_at = datetime.strptime(path.name.rpartition("-")[2], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    return Copy(path, made_at, stat.st_size, _find_fault(address, path))


def _find_fault(address: LakeAddress, path: Path) -> str:
    """What hinders a copy from being restored: a damaged file, or Parquet files that it names and that are gone."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as metadata:
            if metadata.execute("pragma quick_check").fetchone() != ("ok",):
                return "it is damaged"
            files = metadata.execute(_FILES).fetchall()
    except sqlite3.Error as error:
        return f"it is damaged ({tell_cause(error)})"
    if address.is_remote:
        return ""  # what is missing there tells the first question
    gone = [
        place for place, size in _place_files(address, files) if not (place.is_file() and place.stat().st_size == size)
    ]
    return (
        f"{len(gone):,} of the {len(files):,} files that it names are gone or cut (such as {gone[0]})" if gone else ""
    )


def _place_files(address: LakeAddress, rows: Iterable[tuple[object, ...]]) -> Iterator[tuple[Path, int]]:
    for schema, schema_is_relative, table, table_is_relative, file, is_relative, size in rows:
        place = Path(address.data)
        for part, follows in ((schema, schema_is_relative), (table, table_is_relative), (file, is_relative)):
            place = place / str(part) if follows else Path(str(part))
        yield place, int(str(size))


def _put_in_place(address: LakeAddress, copy: Copy, now: datetime) -> Path | None:
    """The copy becomes the metadata in one step, and itself stays; what was there goes aside with its WAL."""
    file = address.metadata_file
    half = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        shutil.copyfile(copy.path, half)
        with half.open("rb+") as written:
            os.fsync(written.fileno())
        aside = None
        for beside in reversed(_BESIDE):
            if (old := file.with_name(f"{file.name}{beside}")).exists():
                aside = file.with_name(f"{file.name}.broken-{now:%Y%m%dT%H%M%S}{beside}")
                old.replace(aside)
        half.replace(file)
        return aside
    finally:
        half.unlink(missing_ok=True)


def _bring_back(connection: duckdb.DuckDBPyConnection, address: LakeAddress, done: Restored) -> None:
    """In one transaction, the rows of all files that the metadata does not know."""
    listed = "select path from ducklake_delete_orphaned_files('lake', dry_run => true, cleanup_all => true)"
    orphans = sorted((Path(path) for (path,) in connection.execute(listed).fetchall()), reverse=True)
    readable = []
    for path in orphans:
        with suppress(OSError):
            os.utime(path)  # upkeep sweeps what has been an orphan for a day: this one has a day again
        if _can_be_read(connection, path):
            readable.append(path)
        else:
            done.unreadable.append(path)
    connection.execute("BEGIN")
    for table in sorted(KEYS, key=lambda name: name != "article_facts"):  # first, since others are asked by it
        own = [path for path in readable if f"/{table}/" in str(path)]
        if own and (count := _take_in(connection, table, own)):
            done.rows[table] = count
    connection.execute("CALL lake.set_commit_message('dateline', 'restore')")
    connection.execute("COMMIT")


def _can_be_read(connection: duckdb.DuckDBPyConnection, path: Path) -> bool:
    try:
        connection.execute(f"select count(*) from read_parquet({literal(str(path))})").fetchone()  # noqa: S608 - a path
    except duckdb.Error:
        return False
    return True


def _take_in(connection: duckdb.DuckDBPyConnection, table: str, files: list[Path]) -> int:
    """Insert the rows of these files whose keys the table does not have; how many that were."""
    kinds = {row[0]: row[1] for row in connection.execute(f"describe {table}").fetchall()}
    listed = ", ".join(literal(str(path)) for path in files)
    source = f"read_parquet([{listed}], union_by_name => true, hive_partitioning => false, filename => 'of_file')"
    there = {row[0] for row in connection.execute(f"describe from {source}").fetchall()}
    columns = [name for name in kinds if name in there]
    key = ", ".join(KEYS[table])
    connection.execute(
        f"create or replace temp table batch as select {', '.join(columns)} from {source} as b "  # noqa: S608 - our own
        f"where {_is_a_fact(table, kinds)} qualify row_number() over (partition by {key} order by of_file desc) = 1"
    )
    row = connection.execute(merge_batch(table, columns, "temp.batch")).fetchone()
    return int(row[0]) if row else 0


def _is_a_fact(table: str, kinds: dict[str, str]) -> str:
    """Not of a wash, and nothing of an article whose text is not there."""
    known = "exists (select 1 from article_facts as a where a.article_id = b.article_id and a.version = b.version)"
    terms = [f"b.day <> date '{WASH_DAY.isoformat()}'"] if "day" in kinds else []
    terms += [f"b.{name} is distinct from {literal(WASH_MARK)}" for name in KEYS[table] if kinds[name] == "VARCHAR"]
    terms += [known] if table in _OF_VERSION else []
    terms += [f"(b.outcome <> 'stored' or b.article_id is null or {known})"] if table == "outcome_facts" else []
    return " and ".join(terms) or "true"
