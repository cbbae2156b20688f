"""Upkeep of the lake: flush, rewrite, merge, expire, clean, sweep and check.

Each step holds the write lock for itself, so that a pass waits for one step at most, and not for the whole of a night.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import duckdb

from tasks.edge.lake.attach import LakeAddress, connect_reader, connect_writer, unwritable_lake
from tasks.edge.lake.backup import copy_metadata_aside, find_copies
from tasks.edge.lake.locks import describe_holder, hold_upkeep_lock, hold_write_lock
from tasks.edge.lake.migrate import keep_rows_in_files
from tasks.edge.lake.wash import flush_inlined
from tasks.edge.lake.write import KEYS

# A DELETE older than an expired snapshot can vanish (duckdb/ducklake #1472), and readers hold snapshots for hours.
SNAPSHOT_DAYS = 14
GRACE_DAYS = 1
BACKUPS_KEPT = 7
MERGED_AT_ONCE = 20  # files that one call makes of many in each table: a second or two under the lock
MERGE_ROUNDS = 1000
CHECKED_DAYS = 15  # an item may still be written 14 days after its first sight

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class UpkeepReport:
    """What one upkeep did."""

    files_before: int
    files_after: int
    snapshots_expired: int
    files_cleaned: int
    orphans_removed: int
    raw_days_removed: int
    backup: str | None
    duplicates: tuple[str, ...] = ()  # tables in which a key stands twice: none, unless something wrote past the lock


def keep_lake(address: LakeAddress, now: datetime, keep_raw_days: int | None) -> UpkeepReport:
    """Compact and clean the lake, beside readers and between a pass's transactions. Raises LakeMissing, LakeBusy."""
    connect_reader(address).close()  # before any lock, which would make its file in a home without a lake
    who = describe_holder("upkeep", now)
    with hold_upkeep_lock(address, who), closing(connect_writer(address)) as connection:
        # First, since an older copy of the metadata would name files that the cleaning removes.
        backup = copy_metadata_aside(address, "backup", now)
        before = count_files(connection)
        try:
            with hold_write_lock(address, who):
                keep_rows_in_files(connection)  # lakes that were made before this was settled
                flush_inlined(connection)
            expired, cleaned, orphans = _compact(partial(_call, connection, address, who), now)
        except duckdb.Error as error:
            raise unwritable_lake(address, error) from error
        after = count_files(connection)
        duplicates = find_duplicates(connection, now)
    drop_old_backups(address)
    raw = drop_old_raw(address.home / "raw", now.date(), keep_raw_days)
    name = backup.name if backup else None
    return UpkeepReport(before, after, expired, cleaned, orphans, raw, name, duplicates)


def _call(connection: duckdb.DuckDBPyConnection, address: LakeAddress, who: str, procedure: str) -> int:
    """Run one procedure of DuckLake under the write lock; how many rows it tells of."""
    with hold_write_lock(address, who):
        return len(connection.execute(f"CALL {procedure}").fetchall())


def _compact(call: Callable[[str], int], now: datetime) -> tuple[int, int, int]:
    """All steps after the flush, in their order; how many snapshots expired, files were cleaned and orphans went."""
    old, grace = now - timedelta(days=SNAPSHOT_DAYS), now - timedelta(days=GRACE_DAYS)
    # Files of which nearly all rows were deleted (by a wash or by `dateline forget`) are written without these rows.
    call("ducklake_rewrite_data_files('lake')")
    for _ in range(MERGE_ROUNDS):
        if not call(f"ducklake_merge_adjacent_files('lake', max_compacted_files => {MERGED_AT_ONCE})"):
            break
    expired = call(f"ducklake_expire_snapshots('lake', older_than => TIMESTAMPTZ '{old.isoformat()}')")
    cleaned = call(f"ducklake_cleanup_old_files('lake', older_than => TIMESTAMPTZ '{grace.isoformat()}')")
    orphans = call(f"ducklake_delete_orphaned_files('lake', older_than => TIMESTAMPTZ '{grace.isoformat()}')")
    return expired, cleaned, orphans


def find_duplicates(connection: duckdb.DuckDBPyConnection, now: datetime) -> tuple[str, ...]:
    """Tables in which a key stands twice among the last days: DuckLake itself enforces none."""
    since = (now - timedelta(days=CHECKED_DAYS)).date()
    found = []
    for table, key in KEYS.items():
        columns = [row[0] for row in connection.execute(f"describe {table}").fetchall()]
        bound = f"where day >= date '{since}'" if "day" in columns else ""
        twice = f"select 1 from {table} {bound} group by {', '.join(key)} having count(*) > 1 limit 1"  # noqa: S608 - names of our own
        if connection.execute(twice).fetchone():
            found.append(table)
    return tuple(found)


def count_files(connection: duckdb.DuckDBPyConnection) -> int:
    """Parquet files that the lake's tables use now."""
    row = connection.execute("select coalesce(sum(file_count), 0) from ducklake_table_info('lake')").fetchone()
    return int(row[0]) if row else 0


def drop_old_backups(address: LakeAddress) -> None:
    """Keep the newest copies of the metadata that upkeep made; those before a migration stay."""
    for copy in find_copies(address, "backup")[:-BACKUPS_KEPT]:
        copy.unlink()


def drop_old_raw(folder: Path, today: date, keep_days: int | None) -> int:
    """Remove raw pages past their keeping time; returns how many days of them went."""
    if keep_days is None or not folder.is_dir():
        return 0
    oldest = (today - timedelta(days=keep_days)).isoformat()
    gone = [day for day in folder.iterdir() if _DAY.fullmatch(day.name) and day.name < oldest]
    for day in gone:
        for file in day.iterdir():
            file.unlink()
        day.rmdir()
    return len(gone)
