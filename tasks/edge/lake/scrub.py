"""After rows were deleted for good: no file of the lake holds their words any more.

    flush -> rewrite every file with a deleted row -> expire all snapshots but the last -> remove what those
    alone held -> remove the copies of the metadata (they hold rows too, and name files that are gone)
    -> VACUUM what is SQLite

The price is told in the README: the lake's earlier snapshots, which are for recovery only, end here.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from datetime import datetime

import duckdb

from tasks.core.errors import DatelineError
from tasks.edge.lake.attach import LakeAddress, connect_writer, unwritable_lake
from tasks.edge.lake.backup import copy_metadata_aside, find_copies
from tasks.edge.lake.locks import describe_holder, hold_write_lock
from tasks.edge.lake.wash import flush_inlined

# Nobody else writes while these run, so that what is an orphan now was left by a process that was killed.
_STEPS = (
    "ducklake_rewrite_data_files('lake', delete_threshold => 0)",
    "ducklake_expire_snapshots('lake', older_than => now())",
    "ducklake_cleanup_old_files('lake', cleanup_all => true)",
    "ducklake_delete_orphaned_files('lake', cleanup_all => true)",
)

# The bounds of a column over all its files are made narrower when files are rewritten, but not where a table loses its
# last row: they then hold words that no row has. The widest bounds are always right.
_WIDEN = """
update __ducklake_metadata_lake.ducklake_table_column_stats as s
set min_value = '', max_value = chr(1114111)
where
    exists (
        select 1 from __ducklake_metadata_lake.ducklake_column as c
        where c.table_id = s.table_id and c.column_id = s.column_id and c.column_type = 'varchar'
    )
    and (s.min_value is not null or s.max_value is not null)
    and not exists (
        select 1 from __ducklake_metadata_lake.ducklake_file_column_stats as f
        where f.table_id = s.table_id and f.column_id = s.column_id
        having min(f.min_value) is not distinct from s.min_value and max(f.max_value) is not distinct from s.max_value
    )
"""

# A process of its own, as for copies (backup.py). VACUUM writes the file anew without its free pages, and the
# checkpoint lets nothing stay in the WAL; its first column is 1 where a reader was in the way.
_VACUUM = """
import sqlite3, sys
metadata = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60)
metadata.execute("VACUUM")
sys.exit(metadata.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])
"""


def scrub_lake(address: LakeAddress, now: datetime) -> int:
    """Leave only what the newest snapshot says; returns how many copies of the metadata went.

    The caller holds the upkeep lock. Raises LakeBusy, and DatelineError where a step did not end: then it is run again.
    """
    with hold_write_lock(address, describe_holder("forget", now)):
        with closing(connect_writer(address)) as connection:
            try:
                flush_inlined(connection)
                for step in _STEPS:
                    connection.execute(f"CALL {step}").fetchall()  # a call ends when its rows are read
                connection.execute(_WIDEN)
            except duckdb.Error as error:
                raise unwritable_lake(address, error) from error
        removed = _remove_copies(address)
        if address.is_sqlite:
            _vacuum(address)
    copy_metadata_aside(address, "backup", now)
    return removed


def _remove_copies(address: LakeAddress) -> int:
    copies = find_copies(address, "backup", "before", "broken")
    for copy in copies:
        copy.unlink()
    return len(copies)


def _vacuum(address: LakeAddress) -> None:
    command = [sys.executable, "-I", "-c", _VACUUM, str(address.metadata_file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own interpreter and script
    if done.returncode != 0:
        cause = (done.stderr.strip().splitlines() or ["somebody reads it"])[-1]
        raise DatelineError(
            f"The rows are gone from the lake, but its metadata {address.metadata_file} could not be written anew "
            f"({cause}), and free pages of it may still hold words. Close what reads the lake and run the same again."
        )
