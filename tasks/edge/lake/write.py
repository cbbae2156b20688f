"""The one way into the lake: rows -> a frame without duplicates -> an insert-only MERGE, in one short transaction.

DuckLake has no unique keys, and two concurrent MERGEs of the same keys both commit (measured). So the order is: take
the write lock, BEGIN, read, decide, write, COMMIT, unlock; and every batch is deduplicated before it is merged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import lru_cache
from typing import Any

import duckdb
import polars as pl

from tasks.edge.lake.attach import LakeAddress, unwritable_lake
from tasks.edge.lake.commits import Commit
from tasks.edge.lake.locks import describe_holder, hold_write_lock
from tasks.edge.lake.sharing import borrow_lake
from tasks.edge.lake.statements import query

Row = Mapping[str, Any]

# What makes a row of a table the same row. A key that holds `day` lets the MERGE skip other days.
KEYS: Mapping[str, tuple[str, ...]] = {
    "run_facts": ("day", "run_id", "event"),
    "poll_facts": ("day", "run_id", "feed_id"),
    "item_facts": ("item_id",),
    "outcome_facts": ("day", "item_id", "outcome", "attempt", "decided_at"),
    "visit_facts": ("day", "item_id", "visited_at"),
    "article_facts": ("article_id", "version"),
    "reading_facts": ("day", "article_id", "version", "rules_version"),
    "topic_facts": ("day", "article_id", "version", "rules_version", "topic"),
    "evidence_facts": (
        "day", "article_id", "version", "rules_version", "topic", "field", "start_char", "end_char", "rule",
    ),
    "actor_facts": ("day", "article_id", "version", "rules_version", "name", "start_char"),
    "quote_facts": ("day", "article_id", "version", "rules_version", "start_char", "end_char"),
    "citation_facts": ("day", "article_id", "version", "rules_version", "source", "start_char"),
    "claim_facts": ("day", "article_id", "version", "rules_version", "seq", "start_char"),
    "decision_facts": ("day", "article_id", "version", "rules_version", "seq"),
    "meeting_facts": ("day", "meeting_id", "revision"),
    "ruling_facts": ("action", "meeting_id", "article_id", "ruled_at"),
    "forget_facts": ("article_id",),
    "alert_facts": ("alert_id",),
    "delivery_facts": ("day", "alert_id", "channel_id", "attempt"),
    "channel_facts": ("channel_id", "first_seen_at"),
    "copy_facts": ("day", "article_id", "version", "of_article_id"),
    "layout_facts": ("day", "wire_id", "noticed_at"),
    "silence_facts": ("day", "wire_id", "noticed_at"),
    "rule_facts": ("rules_version",),
    "activation_facts": ("day", "rules_version", "activated_at"),
    "wire_facts": ("wire_id", "recorded_at"),
    "feed_facts": ("feed_id", "recorded_at"),
    "topic_definition_facts": ("topic", "recorded_at"),
    "commit_facts": ("seq",),
}  # fmt: skip

_TYPES: Mapping[str, Any] = {
    "DATE": pl.Date,
    "TIMESTAMP WITH TIME ZONE": pl.Datetime("us", "UTC"),
    "INTEGER": pl.Int32,
    "BIGINT": pl.Int64,
    "UBIGINT": pl.UInt64,
    "DOUBLE": pl.Float64,
    "BOOLEAN": pl.Boolean,
    "VARCHAR": pl.String,
}


class LakeWriter:
    """One open transaction on the lake."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self._commit = Commit(connection)

    def append(self, table: str, rows: Sequence[Row], *, are_new: bool = False) -> int:
        """Insert the rows that are not there yet, by the table's key; returns how many were new.

        `are_new`: this transaction has seen that the lake holds none of them. A plain INSERT takes a fifth of the time
        of a MERGE, whose plan is most of its cost (5 ms against 25, for 200 rows as for 900).
        """
        if not rows:
            return 0
        schema = self._schema(table)
        frame = pl.DataFrame(rows, schema=schema, orient="row", infer_schema_length=None)
        frame = self._commit.number(frame.unique(subset=list(KEYS[table]), keep="first", maintain_order=True))
        self.connection.register("batch", frame)
        done = self.connection.execute(self.tell_append(table, list(schema), are_new=are_new)).fetchone()
        self.connection.unregister("batch")
        return self._commit.count(frame, int(done[0]) if done else 0)

    def end(self, message: str) -> None:
        """What is written last, just before the commit: its number, where rows have it, and the lake's own message."""
        self._commit.record(message)
        self.connection.execute("CALL lake.set_commit_message('dateline', ?)", [message])

    def tell_append(self, table: str, columns: Sequence[str], *, are_new: bool) -> str:
        """The statement that takes the rows of `batch` into a table."""
        return insert_batch(table, columns) if are_new else merge_batch(table, columns)

    def rows(self, name: str, parameters: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """The rows of a named query, as dicts, read within this transaction."""
        return fetch_rows(self.connection, query(name), parameters)

    def frame(self, name: str, parameters: Mapping[str, Any] | None = None) -> pl.DataFrame:
        """The rows of a named query as a frame, for those that are many."""
        return self.connection.execute(query(name), dict(parameters) if parameters else None).pl()

    def _schema(self, table: str) -> dict[str, Any]:
        return describe_table(self.connection, table)


def insert_batch(table: str, columns: Sequence[str]) -> str:
    """The statement that inserts all rows of `batch`."""
    names = ", ".join(columns)
    return f"insert into {table} ({names}) select {names} from batch"  # noqa: S608 - names from the lake itself


def merge_batch(table: str, columns: Sequence[str], batch: str = "batch") -> str:
    """The statement that inserts the rows of a batch whose keys the table does not have."""
    same = " and ".join(f"t.{column} = b.{column}" for column in KEYS[table])
    values = ", ".join(f"b.{column}" for column in columns)
    return (
        f"merge into {table} as t using {batch} as b on {same} "  # noqa: S608 - names from KEYS and the lake itself
        f"when not matched then insert ({', '.join(columns)}) values ({values})"
    )


def describe_table(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, Any]:
    """Column -> polars type of a table of the lake."""
    described = connection.execute(f"describe {table}").fetchall()
    return dict(_frame_schema(tuple((str(row[0]), str(row[1])) for row in described)))


@lru_cache(maxsize=64)
def _frame_schema(columns: tuple[tuple[str, str], ...]) -> tuple[tuple[str, Any], ...]:
    listed = ((name, kind.removesuffix("[]"), kind.endswith("[]")) for name, kind in columns)
    return tuple((name, pl.List(_TYPES[kind]) if is_list else _TYPES[kind]) for name, kind, is_list in listed)


def fetch_rows(
    connection: duckdb.DuckDBPyConnection, statement: str, parameters: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    """All rows of a statement as dicts by column name."""
    cursor = connection.execute(statement, dict(parameters) if parameters else None)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@contextmanager
def write_lake(address: LakeAddress, who: str, now: datetime, message: str) -> Iterator[LakeWriter]:
    """One transaction under the write lock: committed when the block ends, rolled back when it raises.

    Raises LakeBusy where the lock is not free in time, and DatelineError where the lake cannot be written; then
    nothing of the block is kept.
    """
    with (
        hold_write_lock(address, describe_holder(who, now)),
        borrow_lake(address, to_write=True) as connection,
    ):
        connection.execute("BEGIN")
        try:
            lake = LakeWriter(connection)
            yield lake
            lake.end(message)
            connection.execute("COMMIT")
        except BaseException as error:
            with suppress(duckdb.Error):  # an error of its own would hide the one that matters
                connection.execute("ROLLBACK")
            if isinstance(error, duckdb.IOException | duckdb.TransactionException):
                raise unwritable_lake(address, error) from error
            raise
