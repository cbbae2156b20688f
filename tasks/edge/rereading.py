"""Read the stored archive again with today's rules: a day at a time, resumable, and silent.

Readers go on with the old readings until a day's new ones are complete; the fact that switches the day is appended in
the transaction of its last readings. The ledger keeps its meetings: the new claims resolve against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import duckdb

from tasks.core.model import Reading, Story, Wire
from tasks.core.reading import open_reader
from tasks.edge.lake.forget import read_forgotten
from tasks.edge.lake.ledger_alerts import LedgerBatch
from tasks.edge.lake.ledger_store import store_ledger
from tasks.edge.lake.sharing import borrow_lake
from tasks.edge.lake.statements import query
from tasks.edge.lake.write import LakeWriter, fetch_rows, write_lake
from tasks.edge.passes import PassRun
from tasks.edge.storing import Batch, Told, lay_reading

FIRST_DAY = date(1970, 1, 2)  # the day before is that of the migration's own rows, which are gone
LAST_DAY = date(9999, 12, 31)


def select_days(run: PassRun, since: date | None, until: date | None) -> list[date]:
    """The days between the two, both included, that hold articles."""
    bounds = since or FIRST_DAY, until or run.now.date() + timedelta(days=1)
    with borrow_lake(run.address) as connection:
        return list_archive_days(connection, bounds)


def list_archive_days(connection: duckdb.DuckDBPyConnection, bounds: tuple[date, date]) -> list[date]:
    """The days between two days, both included, that hold articles, in order."""
    wanted = {"since": bounds[0], "until": bounds[1]}
    return [row["day"] for row in fetch_rows(connection, query("select_archive_days"), wanted)]


def reread_stored(run: PassRun, day: date) -> int:
    """Read what the day holds and today's rules have not read yet, and make them the active rules of the day."""
    wanted = {"day": day, "rules_version": run.catalog.rules_version}
    with borrow_lake(run.address) as connection:
        rows = fetch_rows(connection, query("select_unread_articles"), wanted)
    read = list(read_rows(run, rows))
    with write_lake(run.address, f"reread {run.run_id}", run.now, f"reread {run.run_id} {day}") as lake:
        gone = read_forgotten(lake, [row["article_id"] for row, _ in read])  # meanwhile, by an operator
        _append_readings(run, lake, day, [pair for pair in read if pair[0]["article_id"] not in gone])
        lake.append("activation_facts", [{**wanted, "activated_at": run.now}])
    return len(read)


def read_rows(run: PassRun, rows: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], Reading]]:
    """Rows of `select_unread_articles`, each with its reading."""
    reader, wires = open_reader(run.catalog), run.wires()
    for row in rows:
        yield row, reader.read_story(tell_stored(row, wires))


def tell_stored(row: Mapping[str, Any], wires: Mapping[str, Wire]) -> Story:
    """A stored article as the reader takes it; undated ones are read by their first sight."""
    wire = wires.get(row["wire_id"])
    published_at = row["published_at"] or row["first_seen_at"]
    return Story(row["text"], row["title"] or None, published_at, wire.lang if wire else None, wire)


def lay_readings(run: PassRun, day: date, read: Iterable[tuple[dict[str, Any], Reading]], *, as_reread: bool) -> Batch:
    """The rows of the readings of a day. What is read again is silent; else each article is as silent as it was."""
    batch = Batch()
    for row, reading in read:
        own = {name: row[name] for name in ("article_id", "version", "wire_id", "origin")}
        published_at = row["published_at"] or row["first_seen_at"]
        is_silent = as_reread or row["is_silent"]
        lay_reading(run, batch, Told(day=day, published_at=published_at, is_silent=is_silent, **own), reading)
    return batch


def _append_readings(run: PassRun, lake: LakeWriter, day: date, read: list[tuple[dict[str, Any], Reading]]) -> None:
    batch = lay_readings(run, day, read, as_reread=True)
    for table, rows in batch.rows.items():
        lake.append(table, rows)
    store_ledger(run, lake, LedgerBatch(tuple(batch.claims), {}))
