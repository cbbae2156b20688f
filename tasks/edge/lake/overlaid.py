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

from tasks.edge.lake.attach import prepare_session
from tasks.edge.lake.write import LakeWriter, insert_batch


class OverlaidLake(LakeWriter):
    """A transaction that is never committed, on a connection of its own; `append` goes to memory."""

    def tell_append(self, table: str, columns: Sequence[str], *, are_new: bool) -> str:
        """Lay the rows over a table that was named. They are new: the lake is not asked whether."""
        return insert_batch(f"temp.new_{table}", columns)


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
