"""The public relations as a folder of plain Parquet files by day, which every tool reads without the lake.

    FOLDER/articles/day=2026-03-01/part.parquet     relations that have a day (hive partitions)
    FOLDER/wires/part.parquet                       those that have none
    FOLDER/dictionary.json, README.md               what they hold
    FOLDER/export.json                              the mark of what each day held when it was written

A day is written again when its mark has changed: how many rows each table of facts has for it, beside what counts for
all days. Facts are only ever appended, and what takes words away (`dateline forget`) changes the mark of every day. The
mark is taken before the rows, so that rows which come in between are written now and once more, and never missed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from filecmp import cmp
from pathlib import Path
from typing import Any

import duckdb

from tasks.core.errors import DatelineError
from tasks.edge.lake.attach import LakeAddress, connect_reader, tell_cause
from tasks.edge.lake.dictionary import made_table
from tasks.edge.lake.export_words import PART, write_words
from tasks.edge.lake.locks import describe_holder, hold_upkeep_lock
from tasks.edge.lake.statements import SqlFile, list_sql, literal
from tasks.edge.progress import tell_progress
from tasks.edge.whole_file import write_whole

# Relations whose rows of one day depend on facts of others: small ones, asked as a whole.
ACROSS = frozenset({"alerts", "deliveries", "meetings", "summits"})
_HALF = ".part-"  # no reader takes a file for one that begins with a dot
_PARQUET = "(format parquet, compression zstd, row_group_size 20480)"
_MEMORY = "1GB"
_FORMAT = 1
_DAY = re.compile(r"day=(\d{4}-\d\d-\d\d)")


@dataclass(slots=True)
class Exported:
    """What one export did: days whose files were written, days that are gone, and files in the folder now."""

    written: list[date] = field(default_factory=list)
    removed: list[date] = field(default_factory=list)
    days: int = 0


@dataclass(frozen=True, slots=True)
class Relation:
    """A public relation: does it have a day, and are its rows of a day made of facts of that day alone?"""

    file: SqlFile
    has_day: bool

    @property
    def name(self) -> str:
        """Its name, and that of its folder."""
        return self.file.name

    @property
    def is_of_day(self) -> bool:
        """True where a day of it stands by itself."""
        return self.has_day and self.name not in ACROSS


def export_days(address: LakeAddress, folder: Path, now: datetime, bounds: tuple[date, date]) -> Exported:
    """Bring the folder up to date for the days between two, both included; the other files of it stay.

    Raises LakeMissing, LakeBusy, and DatelineError where the folder cannot be written: its files are then whole, old or
    new, and the next run goes on where this one was.
    """
    connect_reader(address).close()  # before anything is made
    done = Exported()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder, now)
        with closing(connect_reader(address)) as connection:
            connection.execute(f"SET memory_limit = '{_MEMORY}'; SET threads = 2")
            who = describe_holder("export", now)
            _export(_Job(connection, folder, lambda: hold_upkeep_lock(address, who)), bounds, done)
    except (duckdb.Error, OSError) as error:
        raise DatelineError(
            f"The export to {folder} did not end ({tell_cause(error)}); every file in it is whole, the old one or the "
            "new. See that the folder can be written and the disk has room, then run the same again: it goes on."
        ) from error
    return done


@dataclass(frozen=True, slots=True)
class _Job:
    """One export: the lake, where it goes, and the lock under which a day is read in one transaction."""

    connection: duckdb.DuckDBPyConnection
    folder: Path
    lock: Callable[[], Any]

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is read in the block is of one moment, and no file is merged meanwhile."""
        with self.lock():
            self.connection.execute("BEGIN")
            try:
                yield
            finally:
                self.connection.execute("ROLLBACK")

    def write(self, target: Path, statement: str) -> None:
        """The answer of a statement as a file, whole or not at all; no file where there are no rows."""
        target.parent.mkdir(parents=True, exist_ok=True)
        half = target.with_name(f"{_HALF}{os.getpid()}")
        try:
            copy = f"copy ({statement}) to {literal(str(half))} {_PARQUET}"
            if not (self.connection.execute(copy).fetchone() or (0,))[0]:
                _drop(target)
                return
            if target.is_file() and cmp(half, target, shallow=False):
                return  # whoever copies what is new has nothing to copy
            with half.open("rb") as written:
                os.fsync(written.fileno())
            half.replace(target)
        finally:
            half.unlink(missing_ok=True)

    def marks(self) -> dict[str, Any]:
        """What the folder holds, by the marks of its days; nothing where it was never written, or by another form."""
        try:
            known = json.loads((self.folder / "export.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {"days": {}}
        return known if known.get("format") == _FORMAT else {"days": {}}

    def keep(self, marks: Mapping[str, Any]) -> None:
        """Write the marks down."""
        text = json.dumps({"format": _FORMAT, **marks}, indent=1, sort_keys=True)
        write_whole(self.folder / "export.json", text.encode(), is_synced=True)


def _export(job: _Job, bounds: tuple[date, date], done: Exported) -> None:
    relations = _list_relations(job.connection)
    known, marks = job.marks(), _mark_days(job.connection)
    days = {day: mark for day, mark in marks.items() if bounds[0] <= day <= bounds[1]}
    write_words(job.folder, [(relation.file, relation.has_day, _describe(job, relation)) for relation in relations])
    changed = [day for day, mark in sorted(days.items()) if known["days"].get(day.isoformat()) != mark]
    for number, day in enumerate(changed, start=1):
        _write_day(job, relations, day)
        done.written.append(day)
        known["days"][day.isoformat()] = days[day]
        job.keep(known)
        tell_progress("export", number, len(changed))
    for day in sorted(_list_days(job.folder)):
        if bounds[0] <= day <= bounds[1] and day not in days:
            _remove_day(job, day)
            done.removed.append(day)
            known["days"].pop(day.isoformat(), None)
    across = _hash([*sorted(marks.items()), *bounds])
    if known.get("across") != across:
        _write_across(job, relations, bounds)
        known["across"] = across
    job.keep(known)
    done.days = len(_list_days(job.folder))


def _write_day(job: _Job, relations: list[Relation], day: date) -> None:
    with job.snapshot():
        for relation in relations:
            if relation.is_of_day:
                rows = f"select * exclude (day) from {relation.name} where day = date '{day}'"  # noqa: S608 - our own
                job.write(_place(job.folder, relation, day), rows)


def _write_across(job: _Job, relations: list[Relation], bounds: tuple[date, date]) -> None:
    """The relations without a day, and those of which each row depends on many."""
    for relation in relations:
        if relation.is_of_day:
            continue
        with job.snapshot():
            job.connection.execute(f"create temp table asked as from {relation.name}")
            if relation.has_day:
                _write_days_of(job, relation, bounds)
            else:
                job.write(_place(job.folder, relation), "from temp.asked order by all")


def _write_days_of(job: _Job, relation: Relation, bounds: tuple[date, date]) -> None:
    listed = job.connection.execute("select distinct day from temp.asked order by day").fetchall()
    found = {day for (day,) in listed if bounds[0] <= day <= bounds[1]}
    for day in sorted(found):
        rows = f"select * exclude (day) from temp.asked where day = date '{day}' order by all"  # noqa: S608 - a day
        job.write(_place(job.folder, relation, day), rows)
    for day in _list_days(job.folder, relation.name) - found:
        if bounds[0] <= day <= bounds[1]:
            _drop(_place(job.folder, relation, day))


def _mark_days(connection: duckdb.DuckDBPyConnection) -> dict[date, str]:
    """The mark of each day for which the lake holds a fact."""
    tables = sorted({table for file in list_sql("migrations") if (table := made_table(file))})
    shared: list[Any] = [[file.text for file in list_sql("views")]]
    counts: dict[date, list[Any]] = {}
    for table in tables:
        columns = [row[0] for row in connection.execute(f"describe {table}").fetchall()]
        if "day" not in columns or table == "forget_facts":
            shared.append([table, connection.execute(f"select count(*) from {table}").fetchone()])  # noqa: S608 - our own
        if "day" in columns:
            for day, count in connection.execute(f"select day, count(*) from {table} group by day").fetchall():  # noqa: S608
                counts.setdefault(day, []).append([table, count])
    # An item that was blanked, by `dateline forget` of a wire too, ends with this reason.
    gone = "select count(*) from outcome_facts where reason = 'forgotten'"
    shared.append(connection.execute(gone).fetchone())
    of_all = _hash(shared)
    return {day: _hash([of_all, held]) for day, held in counts.items()}


def _list_relations(connection: duckdb.DuckDBPyConnection) -> list[Relation]:
    described = ((file, connection.execute(f"describe {file.name}").fetchall()) for file in list_sql("views"))
    return [Relation(file, any(row[0] == "day" for row in columns)) for file, columns in described]


def _place(folder: Path, relation: Relation, day: date | None = None) -> Path:
    own = folder / relation.name
    return own / f"day={day}" / PART if day else own / PART


def _list_days(folder: Path, relation: str = "*") -> set[date]:
    """The days that the folder has files for."""
    found = (_DAY.fullmatch(path.name) for path in folder.glob(f"{relation}/day=*"))
    return {date.fromisoformat(match[1]) for match in found if match}


def _remove_day(job: _Job, day: date) -> None:
    for path in job.folder.glob(f"*/day={day}"):
        _drop(path / PART)


def _drop(target: Path) -> None:
    """Remove a file, and the folder of its day with it."""
    target.unlink(missing_ok=True)
    if _DAY.fullmatch(target.parent.name):
        shutil.rmtree(target.parent, ignore_errors=True)


def _sweep(folder: Path, now: datetime) -> None:
    """Remove what an export that was killed has left; another one may be at work now, so only what is a day old."""
    for left in folder.glob(f"*/**/{_HALF}*"):
        if left.stat().st_mtime < now.timestamp() - 86_400:
            left.unlink(missing_ok=True)


def _hash(values: Any) -> str:
    return hashlib.sha256(json.dumps(values, default=str).encode()).hexdigest()[:20]


def _describe(job: _Job, relation: Relation) -> dict[str, str]:
    """The columns of a relation with their types."""
    return {row[0]: row[1] for row in job.connection.execute(f"describe {relation.name}").fetchall()}
