"""The number of a commit, which its rows carry: by it a load downstream knows what is new (`changes_since`).

The times in the lake are those at which a pass began, and so no order of commits. The write lock is held from before
BEGIN until after COMMIT, so that the next number, taken under it, is: whoever sees a number sees all smaller ones.
"""

from __future__ import annotations

import uuid

import duckdb
import polars as pl

from tasks.edge.clock import utc_now

COLUMN = "commit_seq"


class Commit:
    """The number of one transaction; taken when the first rows that carry it come, kept where any were new."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._seq: int | None = None
        self._has_rows = False

    def number(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The rows with the number of this commit, where their table has a column for it."""
        if COLUMN not in frame.columns:
            return frame
        if self._seq is None:
            row = self._connection.execute("select coalesce(max(seq), 0) + 1 from commit_facts").fetchone()
            self._seq = int(row[0]) if row else 1
        return frame.with_columns(pl.lit(self._seq, dtype=pl.Int64).alias(COLUMN))

    def count(self, frame: pl.DataFrame, new: int) -> int:
        """How many rows of the frame were new, after a note whether any of them has the number."""
        self._has_rows |= new > 0 and COLUMN in frame.columns
        return new

    def record(self, message: str) -> None:
        """Write the number down, unless no row has it: what adds nothing is no commit."""
        if self._has_rows:
            fact = [self._seq, uuid.uuid4().hex[:8], utc_now(), message]
            self._connection.execute("insert into commit_facts values (?, ?, ?, ?)", fact)
