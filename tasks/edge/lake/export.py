"""An answer as a Parquet file, with the types that the lake has."""

from __future__ import annotations

import io
from typing import Any

import duckdb

from tasks.edge.lake.adhoc import refuse_writing, tell_refusals


def answer_as_parquet(
    connection: duckdb.DuckDBPyConnection, statement: str, parameters: dict[str, Any] | None = None
) -> bytes:
    """Run one reading statement; its answer as the bytes of a Parquet file. Raises QueryRefused."""
    refuse_writing(statement)
    with tell_refusals(connection):
        frame = connection.execute(statement, parameters).pl()
    written = io.BytesIO()
    frame.write_parquet(written)
    return written.getvalue()
