"""How many bytes the lake's files take, day by day, by its own list of them: no file is touched."""

from __future__ import annotations

from datetime import date

import duckdb

# Files of the lake as it stands: the name of a day's file begins with its partition.
_BY_DAY = r"""
select try_cast(regexp_extract(path, 'day=(\d{4}-\d\d-\d\d)', 1) as date) as day, sum(file_size_bytes)::bigint
from __ducklake_metadata_lake.ducklake_data_file
where end_snapshot is null
group by all
"""


def measure_days(connection: duckdb.DuckDBPyConnection) -> dict[date, int]:
    """Bytes of the Parquet files by day; files without a day, of small tables, are left out."""
    return {day: int(size) for day, size in connection.execute(_BY_DAY).fetchall() if day is not None}
