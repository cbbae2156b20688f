"""An answer as a Parquet file, with the types that the lake has."""

from __future__ import annotations

import io
from typing import Any

import duckdb

from tasks.core.errors import QueryRefused
from tasks.edge.lake.adhoc import explain_refusal, refuse_writing


def answer_as_parquet(
    connection: duckdb.DuckDBPyConnection, statement: str, parameters: dict[str, Any] | None = None
) -> bytes:
    """Run one reading statement; its answer as the bytes of a Parquet file. Raises QueryRefused."""
    refuse_writing(statement)
    try:
        frame = connection.execute(statement, parameters).pl()
    except duckdb.Error as error:
        raise QueryRefused(explain_refusal(error)) from error
    written = io.BytesIO()
    frame.write_parquet(written)
    return written.getvalue()
