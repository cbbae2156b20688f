"""The wash: a row goes into each table and out again, and the inlined data is flushed.

The first flush after DDL breaks readers that are attached at that time (duckdb/ducklake #1413, #1305; measured on
1.5.5), so it is done here, at once, under the write lock.

A table that never held a row has no statistics, and for each of its columns DuckLake then asks the metadata anew in
every plan: the view `feeds` of a new lake took 1 s to plan, and takes 0.06 s once each table has had a row (measured).
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import duckdb

# No story is of this day, and no hash looks like this mark: the wash takes away its own rows and nothing else.
WASH_DAY = date(1, 1, 1)
WASH_MARK = "(wash)"

_BLANKS: dict[str, object] = {
    "DATE": WASH_DAY,
    "TIMESTAMP WITH TIME ZONE": datetime(1970, 1, 1, tzinfo=UTC),
    "INTEGER": 0,
    "BIGINT": 0,
    "DOUBLE": 0.0,
    "BOOLEAN": False,
    "VARCHAR": WASH_MARK,
}


def wash_tables(connection: duckdb.DuckDBPyConnection, *, with_flush: bool = True) -> None:
    """Wash every table of the lake. The caller holds the write lock, and no transaction is open.

    A lake made this moment has no readers that a flush could break later: it needs the statistics alone.
    """
    found = connection.execute(
        "select table_name, column_name, data_type from duckdb_columns() "
        "where database_name = 'lake' and schema_name = 'main' and table_name in "
        "(select table_name from duckdb_tables() where database_name = 'lake' and schema_name = 'main') "
        "order by table_name, column_index"
    ).fetchall()
    tables: dict[str, dict[str, str]] = {}
    for table, column, kind in found:
        tables.setdefault(table, {})[column] = kind
    for statement in (_insert_mark, _delete_mark):  # two transactions: within one, nothing would be written at all
        connection.execute("BEGIN")
        for table, columns in tables.items():
            statement(connection, table, columns)
        connection.execute("COMMIT")
    if with_flush:
        flush_inlined(connection)


def flush_inlined(connection: duckdb.DuckDBPyConnection) -> None:
    """Write the rows that are kept in the metadata to files. The caller holds the write lock."""
    # On several threads the flush of tables that were altered ended the process (SIGABRT) in 3 of 10 runs of the tests
    # of upgrades, on one thread in none of 5. `dateline forget` ended so once in some 60 busy runs, at this
    # step or one after it.
    connection.execute("SET threads = 1")
    connection.execute("CALL ducklake_flush_inlined_data('lake')").fetchall()  # a call ends when its rows are read
    connection.execute("RESET threads")


def _insert_mark(connection: duckdb.DuckDBPyConnection, table: str, columns: dict[str, str]) -> None:
    blanks = [[] if kind.endswith("[]") else _BLANKS[kind] for kind in columns.values()]
    marks = ", ".join("?" for _ in columns)
    connection.execute(f"insert into {table} values ({marks})", blanks)  # noqa: S608 - the lake's own table names


def _delete_mark(connection: duckdb.DuckDBPyConnection, table: str, columns: dict[str, str]) -> None:
    kinds = {kind: column for column, kind in reversed(columns.items()) if kind in {"DATE", "VARCHAR"}}
    same = " and ".join(f"{column} = ?" for column in kinds.values())
    blanks = [_BLANKS[kind] for kind in kinds]
    connection.execute(f"delete from {table} where {same}", blanks)  # noqa: S608 - the lake's own names
