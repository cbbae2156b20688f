"""Read the stored archive again with today's rules: a chunk at a time, day by day, resumable, and silent.

    texts of a chunk --> workers, while the chunk before --> one short transaction a chunk
                                                         --> with the last of a day: the fact that switches the day

Readers go on with the old readings until a day's new ones are complete. What was read is not read again, so that a
reread that was killed goes on where it was. The ledger keeps its meetings: the new claims resolve against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Protocol

import duckdb

from tasks.core.errors import DatelineError
from tasks.core.model import Failure, Reading, Story, Wire
from tasks.core.reading import open_reader
from tasks.edge.lake.ledger_alerts import LedgerBatch
from tasks.edge.lake.ledger_store import store_ledger
from tasks.edge.lake.sharing import borrow_lake
from tasks.edge.lake.statements import query
from tasks.edge.lake.write import LakeWriter, fetch_rows, write_lake
from tasks.edge.passes import PassRun
from tasks.edge.progress import tell_progress
from tasks.edge.storing import Batch, Told, lay_reading
from tasks.edge.story_pool import StoryPool

FIRST_DAY = date(1970, 1, 2)  # the day before is that of the migration's own rows, which are gone
LAST_DAY = date(9999, 12, 31)
# Texts and readings of two chunks are in memory at a time; a transaction of 500 articles takes half a second.
CHUNK = 500
_TOO_MANY = 3  # failures in one chunk in which nothing else came: no fault of the texts

Row = dict[str, Any]
Key = tuple[str, int]  # article_id, version
ReadRow = tuple[Row, Reading]


class Readers(Protocol):
    """Whoever reads: a `StoryPool`."""

    def read(self, stories: Sequence[Story]) -> Sequence[Future[Reading | Failure]]:
        """The readings of stories, in their order."""


@dataclass(frozen=True, slots=True)
class DayToRead:
    """A day of the archive with articles that today's rules have not read, or that is not switched to them."""

    day: date
    articles: int


@dataclass(slots=True)
class Reread:
    """A reread under way: its days, who reads, and what could not be read so far."""

    run: PassRun
    days: tuple[DayToRead, ...]
    readers: Readers
    done: int = 0
    days_done: int = 0
    failed: dict[Key, Failure] = field(default_factory=dict)

    @property
    def articles(self) -> int:
        """Articles to read in all, as far as was known at the beginning."""
        return sum(day.articles for day in self.days)

    def tell(self) -> None:
        """Say how far it is."""
        tell_progress("reread days", self.days_done, len(self.days))
        tell_progress("reread", min(self.done, self.articles), self.articles)


@contextmanager
def open_reread(
    run: PassRun, since: date | None = None, until: date | None = None, readers: Readers | None = None
) -> Iterator[Reread]:
    """What there is to read between two days, both included, with workers that read for the length of the block."""
    bounds = since or FIRST_DAY, until or run.now.date() + timedelta(days=1)
    wanted = {"since": bounds[0], "until": bounds[1], "rules_version": run.catalog.rules_version}
    with borrow_lake(run.address) as connection:
        rows = fetch_rows(connection, query("select_days_to_reread"), wanted)
    days = tuple(DayToRead(row["day"], int(row["articles"])) for row in rows)
    if readers is not None:
        yield Reread(run, days, readers)
        return
    with StoryPool(run.catalog) as pool:
        yield Reread(run, days, pool)


def list_archive_days(connection: duckdb.DuckDBPyConnection, bounds: tuple[date, date]) -> list[date]:
    """The days between two days, both included, that hold articles, in order."""
    wanted = {"since": bounds[0], "until": bounds[1]}
    return [row["day"] for row in fetch_rows(connection, query("select_archive_days"), wanted)]


def reread_day(reread: Reread, day: date) -> int:
    """Read what the day holds and today's rules have not read, and switch the day to them; the articles read.

    A text that cannot be read (`Reread.failed`) keeps its earlier reading, and is tried again by the next reread.
    Raises DatelineError where no text at all can be read, and LakeBusy.
    """
    tried: set[Key] = set()
    read_before = reread.done
    reread.tell()
    while True:
        with borrow_lake(reread.run.address) as connection:
            keys = list(_keys(fetch_rows(connection, query("select_unread_keys"), _name(reread, day))))
        is_whole = False
        for part in _read_ahead(reread, day, [key for key in keys if key not in tried]):
            tried |= part.tried
            is_whole = _commit(reread, day, part.read, tried)
            reread.done += len(part.read)
            reread.tell()
        if is_whole:
            break
    reread.days_done += 1
    reread.tell()
    return reread.done - read_before


@dataclass(frozen=True, slots=True)
class _Part:
    """A chunk of a day as it was read; `tried` are its articles with those that could not be read."""

    tried: frozenset[Key]
    read: tuple[ReadRow, ...]


def _read_ahead(reread: Reread, day: date, keys: Sequence[Key]) -> Iterator[_Part]:
    """The chunks of a day, at least one; the next is being read while its caller works on one."""
    started: list[tuple[Sequence[Key], list[tuple[Row, Future[Reading | Failure]]]]] = []
    for chunk in cut_chunks(keys):
        started.append((chunk, _start(reread, day, [article_id for article_id, _ in chunk])))
        if len(started) > 1:
            yield _collect(reread, *started.pop(0))
    yield _collect(reread, *started.pop(0))


def _start(reread: Reread, day: date, article_ids: list[str]) -> list[tuple[Row, Future[Reading | Failure]]]:
    """Have the texts of these articles read."""
    if not article_ids:
        return []
    with borrow_lake(reread.run.address) as connection:
        rows = fetch_rows(connection, query("select_texts_of_day"), {"day": day, "article_ids": article_ids})
    wires = reread.run.wires()
    futures = reread.readers.read([tell_stored(row, wires) for row in rows])
    for row in rows:
        del row["text"]
    return list(zip(rows, futures, strict=True))


def _collect(reread: Reread, chunk: Sequence[Key], started: list[tuple[Row, Future[Reading | Failure]]]) -> _Part:
    settled = [(row, future.result()) for row, future in started]
    read = tuple((row, result) for row, result in settled if isinstance(result, Reading))
    failed = {_key(row): result for row, result in settled if isinstance(result, Failure)}
    if len(failed) >= _TOO_MANY and not read:
        raise DatelineError(
            f"Not one of {len(failed)} stored texts could be read ({next(iter(failed.values())).cause}). "
            "See that the machine has memory to spare, then run `dateline reread` again: it goes on where it was."
        )
    reread.failed |= failed
    # A row that is still unread and was not seen here, since files were merged meanwhile, comes with the next round.
    return _Part(frozenset(_key(row) for row, _ in started) or frozenset(chunk), read)


def _commit(reread: Reread, day: date, read: Iterable[ReadRow], tried: set[Key]) -> bool:
    """Append the readings that are still wanted; True if with them the day is whole, and switched.

    Meanwhile an article may have been corrected, removed by an operator or read by a pass, and others may have come.
    """
    run, wanted = reread.run, _name(reread, day)
    with write_lake(run.address, f"reread {run.run_id}", run.now, f"reread {run.run_id} {day}") as lake:
        unread = set(_keys(lake.rows("select_unread_keys", wanted)))
        batch = lay_readings(run, day, [pair for pair in read if _key(pair[0]) in unread], as_reread=True)
        for table, rows in batch.rows.items():
            lake.append(table, rows, are_new=True)  # else their article would not be among the unread
        store_ledger(run, lake, LedgerBatch(tuple(batch.claims), {}))
        if is_whole := unread <= tried:
            _switch(lake, {**wanted, "activated_at": run.now})
    return is_whole


def _switch(lake: LakeWriter, fact: Row) -> None:
    """Make the rules the active ones of the day, unless they are."""
    active = [row["rules_version"] for row in lake.rows("select_active_rules", {"day": fact["day"]})]
    if active != [fact["rules_version"]]:
        lake.append("activation_facts", [fact])


def _name(reread: Reread, day: date) -> Row:
    return {"day": day, "rules_version": reread.run.catalog.rules_version}


def _key(row: Row) -> Key:
    return row["article_id"], row["version"]


def _keys(rows: Iterable[Row]) -> Iterator[Key]:
    return map(_key, rows)


def cut_chunks(keys: Sequence[Key]) -> Iterator[Sequence[Key]]:
    """At most `CHUNK` at a time; one chunk of none where there are none."""
    return (keys[start : start + CHUNK] for start in range(0, max(len(keys), 1), CHUNK))


def read_unread(run: PassRun, lake: LakeWriter, day: date) -> Iterator[ReadRow]:
    """What the day holds and today's rules have not read: rows without their text and readings, made here and now."""
    reader, wires = open_reader(run.catalog), run.wires()
    wanted = {"day": day, "rules_version": run.catalog.rules_version}
    for chunk in cut_chunks(list(_keys(lake.rows("select_unread_keys", wanted)))):
        for row in lake.rows(
            "select_texts_of_day", {"day": day, "article_ids": [article_id for article_id, _ in chunk]}
        ):
            reading = reader.read_story(tell_stored(row, wires))
            del row["text"]
            yield row, reading


def tell_stored(row: Mapping[str, Any], wires: Mapping[str, Wire]) -> Story:
    """A stored article as the reader takes it; undated ones are read by their first sight."""
    wire = wires.get(row["wire_id"])
    published_at = row["published_at"] or row["first_seen_at"]
    return Story(row["text"], row["title"] or None, published_at, wire.lang if wire else None, wire)


def lay_readings(run: PassRun, day: date, read: Iterable[ReadRow], *, as_reread: bool) -> Batch:
    """The rows of the readings of a day. What is read again is silent; else each article is as silent as it was."""
    batch = Batch()
    for row, reading in read:
        own = {name: row[name] for name in ("article_id", "version", "wire_id", "origin")}
        published_at = row["published_at"] or row["first_seen_at"]
        is_silent = as_reread or row["is_silent"]
        lay_reading(run, batch, Told(day=day, published_at=published_at, is_silent=is_silent, **own), reading)
    return batch
