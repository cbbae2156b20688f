"""Does what the lake stands on do what it must? For `dateline doctor`: Postgres with its locks and clock, and S3.

S3 is tried the way in which the lake uses it: a lake of one table beside it writes a file, reads it and removes it.
"""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta

import duckdb

from tasks.core.errors import DatelineError
from tasks.core.shards import WHOLE, list_rivals
from tasks.edge.clock import utc_now
from tasks.edge.lake.attach import LakeAddress, unreachable_store
from tasks.edge.lake.extensions import open_duckdb
from tasks.edge.lake.locks import describe_session, is_lock_exclusive, read_holders
from tasks.edge.lake.secrets import make_store_secret
from tasks.edge.lake.statements import literal

# A read of two clocks over a network takes a while; what is off by more sorts stories and tries of passes wrongly.
MOST_OFF = timedelta(seconds=5)
_ROWS = 100  # more than DuckLake keeps in its metadata


@dataclass(frozen=True, slots=True)
class Server:
    """A Postgres: its version, how far its clock is before ours, and whether a lock keeps another session out."""

    version: str
    clock_off: timedelta
    has_locks: bool


def prove_postgres(address: LakeAddress) -> Server:
    """Ask the server of the metadata. Raises DatelineError where it cannot be reached."""
    before = utc_now()
    version, theirs = describe_session(address)
    middle = before + (utc_now() - before) / 2
    return Server(version, theirs - middle, is_lock_exclusive(address))


def prove_store(address: LakeAddress) -> None:
    """Write, read and remove an object below the lake's data. Raises DatelineError where one of these fails."""
    place = f"{address.data}.doctor-{uuid.uuid4().hex[:12]}/"
    with tempfile.TemporaryDirectory() as folder, closing(open_duckdb(("ducklake", "httpfs"), {})) as connection:
        make_store_secret(connection, "lake", address.store, address.data)
        try:
            left = _use_store(connection, f"{folder}/doctor.ducklake", place)
        except duckdb.Error as error:
            raise unreachable_store(address, error) from error
    if left:
        raise DatelineError(
            f"The object {left[0]} was written and read, but not removed, so upkeep could never make room; "
            "allow the key to delete below DATELINE_DATA, and remove this one."
        )


def list_held_locks(address: LakeAddress) -> list[tuple[str, str]]:
    """The locks that are held now, each by its name and its holder."""
    shards = [shard.lock_name for shard in list_rivals(WHOLE)]
    names: Sequence[str] = [WHOLE.lock_name, *shards, "delivery", "write", "upkeep"]
    return list(read_holders(address, names).items())


def _use_store(connection: duckdb.DuckDBPyConnection, metadata: str, place: str) -> list[str]:
    """The objects that are left when all were to be removed."""
    connection.execute(f"ATTACH {literal(f'ducklake:{metadata}')} AS doctor (DATA_PATH {literal(place)})")
    connection.execute(f"create table doctor.proof as select range as number from range({_ROWS})")  # noqa: S608 - ours
    connection.execute("select sum(number) from doctor.proof").fetchall()
    connection.execute("drop table doctor.proof")
    connection.execute("CALL ducklake_expire_snapshots('doctor', older_than => now())").fetchall()
    connection.execute("CALL ducklake_cleanup_old_files('doctor', cleanup_all => true)").fetchall()
    return [str(row[0]) for row in connection.execute(f"from glob({literal(f'{place}**')})").fetchall()]
