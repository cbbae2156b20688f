"""Copies of the lake's metadata in SQLite, for the day on which an upgrade or a disk goes wrong."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from tasks.core.errors import DatelineError
from tasks.edge.lake.attach import LakeAddress

# A process of its own: Python's SQLite and DuckDB's are two libraries, and when the one closes the file, the system
# drops the locks that the other holds on it in the same process. A reader elsewhere could then take the WAL away.
_COPY = """
import sqlite3, sys
source, target = (sqlite3.connect(path) for path in sys.argv[1:])
source.backup(target)
target.close()
source.close()
"""


def copy_metadata_aside(address: LakeAddress, label: str, now: datetime) -> Path | None:
    """A consistent copy of the lake's metadata in SQLite; None on Postgres, whose own backups do that.

    Raises DatelineError where the copy cannot be written.
    """
    if not address.is_sqlite or not address.metadata_file.is_file():
        return None
    copy = address.metadata_file.with_name(f"{address.metadata_file.name}.{label}-{now:%Y%m%dT%H%M%S}")
    command = [sys.executable, "-I", "-c", _COPY, str(address.metadata_file), str(copy)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own interpreter and script
    if done.returncode != 0:
        with suppress(OSError):
            copy.unlink()
        cause = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise DatelineError(
            f"The lake's metadata cannot be copied to {copy} ({cause}), and nothing was changed without that copy. "
            "See that the disk has room and the folder can be written, then run again."
        )
    return copy


def find_copies(address: LakeAddress, *kinds: str) -> list[Path]:
    """The copies of the lake's metadata: `backup` of upkeep, `before` a migration, `broken` put aside by a restore."""
    if not address.is_sqlite:
        return []
    file = address.metadata_file
    return sorted(path for kind in kinds for path in file.parent.glob(f"{file.name}.{kind}-*"))
