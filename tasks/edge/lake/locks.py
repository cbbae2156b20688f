"""The locks, all released by the system when their holder dies.

*Pass lock*: one monitor at a time; a second one is told who holds it. *Write lock*: held around one transaction only;
others queue. *Upkeep lock*: a transaction that reads while files are merged can miss rows (measured on DuckLake 1.5.5),
so whoever must read long in one transaction and whoever merges keep out of each other's way.

With metadata in SQLite they are `flock`s on files in the home; with Postgres, advisory locks on a connection of their
own, so that they hold between machines.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import socket
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from tasks.core.errors import DatelineError, HomeUnusable, LakeBusy, PassRunning
from tasks.edge.lake.attach import LakeAddress, tell_cause

if TYPE_CHECKING:
    import psycopg

# A transaction holds the write lock for well under a second; a queue of a dozen shards still moves within this.
WRITE_WAIT_S = 120.0
# A look at who holds the lock (`read_holder`) takes it for a moment; a pass must not be turned away by that.
PASS_WAIT_S = 0.5
UPKEEP_WAIT_S = 600.0
POLL_S = 0.05

_NAME_LENGTH = 63  # Postgres cuts an application's name here
_held: set[TextIO] = set()


def _let_go_in_child() -> None:
    """A forked child shares its parent's `flock`s, and would hold them on after the parent is killed."""
    for file in _held:
        file.close()
    _held.clear()


os.register_at_fork(after_in_child=_let_go_in_child)


def hold_pass_lock(address: LakeAddress, who: str) -> AbstractContextManager[None]:
    """Be the one monitor. Raises PassRunning, naming the holder, where another pass runs."""
    return _hold(address, "pass", who, wait_s=PASS_WAIT_S)


def hold_write_lock(address: LakeAddress, who: str) -> AbstractContextManager[None]:
    """Be the one writer for one transaction; waits for others. Raises LakeBusy after two minutes."""
    return _hold(address, "write", who, wait_s=WRITE_WAIT_S)


def hold_upkeep_lock(address: LakeAddress, who: str) -> AbstractContextManager[None]:
    """Be the one who rewrites files, or reads them all in one transaction. Raises LakeBusy after ten minutes."""
    return _hold(address, "upkeep", who, wait_s=UPKEEP_WAIT_S)


def read_holder(address: LakeAddress, name: str = "pass") -> str:
    """Who holds a lock now, or nothing."""
    if not address.is_sqlite:
        with _connect_postgres(address, "dateline") as look:
            return _advisory_holder(look, _advisory_key(name))
    path = _lock_file(address, name)
    try:
        with path.open("r+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return ""
    except BlockingIOError:
        return path.read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def describe_holder(who: str, since: datetime) -> str:
    """The words that others read of the holder of a lock; `since` is in UTC."""
    return f"{who}, process {os.getpid()} on {socket.gethostname()}, since {since:%Y-%m-%d %H:%M:%S} UTC"


def _hold(address: LakeAddress, name: str, who: str, wait_s: float) -> AbstractContextManager[None]:
    return _hold_file(address, name, who, wait_s) if address.is_sqlite else _hold_advisory(address, name, who, wait_s)


@contextmanager
def _hold_file(address: LakeAddress, name: str, who: str, wait_s: float) -> Iterator[None]:
    path = _lock_file(address, name)
    try:
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise HomeUnusable(f"The lock {path} cannot be opened ({error.strerror}); make its folder writable.") from error
    with file:
        deadline = time.monotonic() + wait_s
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise _busy(name, path.read_text(encoding="utf-8").strip()) from None
                time.sleep(POLL_S)
        file.truncate(0)
        file.write(who)
        file.flush()
        _held.add(file)
        try:
            yield
        finally:
            _held.discard(file)
            if not file.closed:
                file.truncate(0)


@contextmanager
def _hold_advisory(address: LakeAddress, name: str, who: str, wait_s: float) -> Iterator[None]:
    key = _advisory_key(name)
    with _connect_postgres(address, who) as held:
        deadline = time.monotonic() + wait_s
        while True:
            row = held.execute("SELECT pg_try_advisory_lock(%s)", (key,)).fetchone()
            if row is not None and row[0]:
                break
            if time.monotonic() >= deadline:
                raise _busy(name, _advisory_holder(held, key))
            time.sleep(POLL_S)
        yield


def _connect_postgres(address: LakeAddress, who: str) -> psycopg.Connection[tuple[object, ...]]:
    import psycopg  # a quarter of a second that a lake in SQLite need not wait for

    server = address.metadata.removeprefix("postgres:")
    try:
        return psycopg.connect(server, autocommit=True, application_name=who[:_NAME_LENGTH])
    except psycopg.Error as error:
        raise DatelineError(
            f"Postgres, which holds the lake's metadata, cannot be reached ({tell_cause(error)}). "
            "Start it, or mend DATELINE_LAKE."
        ) from error


def _advisory_key(name: str) -> int:
    """The number of a lock; Postgres keeps those of one database, and so of one lake, apart from another's."""
    return int.from_bytes(hashlib.sha256(f"dateline {name}".encode()).digest()[:8], "big", signed=True)


def _advisory_holder(connection: psycopg.Connection[tuple[object, ...]], key: int) -> str:
    row = connection.execute(
        "SELECT a.application_name FROM pg_locks AS l JOIN pg_stat_activity AS a ON a.pid = l.pid "
        "WHERE l.locktype = 'advisory' AND l.granted AND ((l.classid::bigint << 32) | l.objid::bigint) = %s "
        "AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())",
        (key,),
    ).fetchone()
    return str(row[0]) if row else ""


def _lock_file(address: LakeAddress, name: str) -> Path:
    return address.metadata_file.parent / f"{name}.lock"


def _busy(name: str, holder: str) -> LakeBusy:
    who = holder or "another process"
    if name == "pass":
        words = f"A pass is already running ({who}); this one has nothing to do. Run again when it has ended."
        return PassRunning(words, who)
    if name == "upkeep":
        return LakeBusy(f"The lake is being compacted or published ({who}); run again when that has ended.", who)
    return LakeBusy(f"The lake is being written ({who}) and has been for minutes; run again when that has ended.", who)
