"""Upkeep of the lake: flush, merge, expire, clean, sweep and check, under the write lock."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb

from tasks.edge.lake.attach import LakeAddress, connect_reader, connect_writer, unwritable_lake
from tasks.edge.lake.backup import copy_metadata_aside
from tasks.edge.lake.locks import describe_holder, hold_upkeep_lock, hold_write_lock
from tasks.edge.lake.write import KEYS

# A DELETE older than an expired snapshot can vanish (duckdb/ducklake #1472), and readers hold snapshots for hours.
SNAPSHOT_DAYS = 14
GRACE_DAYS = 1
BACKUPS_KEPT = 7
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
    """Compact and clean the lake. Safe beside readers; waits for a writer's transaction to end. Raises LakeMissing."""
    connect_reader(address).close()  # before the lock, which would make its file in a home without a lake
    who = describe_holder("upkeep", f"{now:%Y-%m-%d %H:%M:%S} UTC")
    with (
        hold_upkeep_lock(address, who),
        hold_write_lock(address, who),
        closing(connect_writer(address)) as connection,
    ):
        # First, since an older copy of the metadata would name files that the cleaning removes.
        backup = copy_metadata_aside(address, "backup", now)
        before = count_files(connection)
        try:
            expired, cleaned, orphans = _compact(connection, now)
        except duckdb.Error as error:
            raise unwritable_lake(address, error) from error
        after = count_files(connection)
        duplicates = find_duplicates(connection, now)
    drop_old_backups(address)
    raw = drop_old_raw(address.home / "raw", now.date(), keep_raw_days)
    name = backup.name if backup else None
    return UpkeepReport(before, after, expired, cleaned, orphans, raw, name, duplicates)


def _compact(connection: duckdb.DuckDBPyConnection, now: datetime) -> tuple[int, int, int]:
    """Flush, rewrite, merge, expire, clean and sweep; how many snapshots expired, files were cleaned, orphans went."""
    old, grace = now - timedelta(days=SNAPSHOT_DAYS), now - timedelta(days=GRACE_DAYS)
    connection.execute("CALL ducklake_flush_inlined_data('lake')")
    # Files of which nearly all rows were deleted (by a wash or by `dateline forget`) are written without these rows.
    connection.execute("CALL ducklake_rewrite_data_files('lake')")
    connection.execute("CALL ducklake_merge_adjacent_files('lake')")
    done = (
        connection.execute(f"CALL {procedure}('lake', older_than => TIMESTAMPTZ '{limit.isoformat()}')").fetchall()
        for procedure, limit in (
            ("ducklake_expire_snapshots", old),
            ("ducklake_cleanup_old_files", grace),
            ("ducklake_delete_orphaned_files", grace),
        )
    )
    expired, cleaned, orphans = (len(rows) for rows in done)
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
    if address.is_sqlite:
        copies = sorted(address.metadata_file.parent.glob(f"{address.metadata_file.name}.backup-*"))
        for copy in copies[:-BACKUPS_KEPT]:
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
