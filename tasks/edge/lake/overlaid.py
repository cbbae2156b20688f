"""A lake as it would be: rows laid over the stored ones in this connection's own memory, and nothing written.

    lake.claim_facts (read-only) --+--> temp view claim_facts --> the lake's own views and queries see both
    temp table new_claim_facts   --+

DuckDB looks names up among a connection's temporary relations first, also those in the views that the lake holds
(measured on 1.5.5; a test holds it). So the questions of a pass are asked unchanged, and a process that is killed
leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb
import polars as pl

from tasks.edge.lake.attach import prepare_session
from tasks.edge.lake.write import KEYS, LakeWriter, Row


class OverlaidLake(LakeWriter):
    """A transaction that is never committed, on a connection of its own; `append` goes to memory."""

    def append(self, table: str, rows: Sequence[Row], *, are_new: bool = True) -> int:
        """Lay rows over a table that was named; returns how many. They are new: the lake is not asked whether."""
        if not rows:
            return 0
        frame = pl.DataFrame(rows, schema=self._schema(table), orient="row", infer_schema_length=None)
        frame = frame.unique(subset=list(KEYS[table]), keep="first", maintain_order=True)
        self.connection.register("batch", frame)
        self.connection.execute(f"insert into temp.new_{table} by name select * from batch")  # noqa: S608 - from KEYS
        self.connection.unregister("batch")
        return frame.height


def lay_over(stored: duckdb.DuckDBPyConnection, tables: Iterable[str]) -> OverlaidLake:
    """The lake of a read-only connection, with nothing over these tables yet; the connection itself stays as it is."""
    connection = stored.cursor()
    prepare_session(connection)
    connection.execute("BEGIN")
    for table in tables:
        connection.execute(f"create temp table new_{table} as select * from lake.{table} limit 0")  # noqa: S608 - ours
        connection.execute(
            f"create temp view {table} as select * from lake.{table} union all select * from temp.new_{table}"  # noqa: S608
        )
    return OverlaidLake(connection)
