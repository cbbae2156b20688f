"""The locks, all released by the system when their holder dies.

*Pass lock*: one monitor at a time, or one on each shard of the wires; another is told who is in its way. *Delivery
lock*: one pass at a time sends what is due, since two would send it twice. *Write lock*: held around one transaction
only; others queue. *Upkeep lock*: a transaction that reads while files are merged can miss rows (measured on DuckLake
1.5.5), so whoever must read long in one transaction and whoever merges keep out of each other's way.

With metadata in SQLite they are `flock`s on files in the home; with Postgres, advisory locks on a connection of their
own, so that they hold between machines.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from tasks.core.errors import DatelineError, HomeUnusable, LakeBusy, PassRunning
from tasks.core.shards import WHOLE, Shard, list_rivals
from tasks.edge.lake.attach import LakeAddress, tell_cause

if TYPE_CHECKING:
    import psycopg

# A transaction holds the write lock for a second or two at most; a queue of a dozen shards still moves within this.
WRITE_WAIT_S = 120.0
# A look at who holds the lock (`read_holder`) takes it for a moment; a pass must not be turned away by that.
PASS_WAIT_S = 0.5
UPKEEP_WAIT_S = 600.0
# Channels are asked side by side, and each has a deadline of its own.
DELIVERY_WAIT_S = 60.0
POLL_S = 0.05

_NAME_LENGTH = 63  # Postgres cuts an application's name here
_held: set[TextIO] = set()
_sockets: set[int] = set()  # to the Postgres that holds an advisory lock for this process


def _let_go_in_child() -> None:
    """A forked child shares its parent's `flock`s and sockets, and would hold the locks on once that is killed."""
    for file in _held:
        file.close()
    _held.clear()
    if _sockets:
        nothing = os.open(os.devnull, os.O_RDWR)
        for socket_number in _sockets:
            os.dup2(nothing, socket_number)  # not closed: another file could get the number, and be closed for it
        os.close(nothing)
        _sockets.clear()


os.register_at_fork(after_in_child=_let_go_in_child)


@contextmanager
def hold_pass_lock(address: LakeAddress, who: str, shard: Shard = WHOLE) -> Iterator[None]:
    """Be the one monitor of these wires. Raises PassRunning, naming the holder, where another may have one of them.

    The own lock is taken first, then the others are looked at: of two that begin in the same moment each sees the
    other, so that at most one runs.
    """
    with _hold(address, shard.lock_name, who, wait_s=PASS_WAIT_S):
        _await_rivals(address, shard)
        yield


def hold_delivery_lock(address: LakeAddress, who: str) -> AbstractContextManager[None]:
    """Be the one who sends alerts. Raises LakeBusy after a minute."""
    return _hold(address, "delivery", who, wait_s=DELIVERY_WAIT_S)


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
            return _advisory_holders(look, [name]).get(name, "")
    path = _lock_file(address, name)
    try:
        with path.open("r+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return ""
    except BlockingIOError:
        return path.read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def read_holders(address: LakeAddress, names: Sequence[str]) -> dict[str, str]:
    """Those of these locks that are held now, in their order, each with its holder."""
    if address.is_sqlite:
        there = {path.stem for path in _lock_file(address, "pass").parent.glob("*.lock")}
        found = {name: read_holder(address, name) for name in names if name in there}
        return {name: holder for name, holder in found.items() if holder}
    with _connect_postgres(address, "dateline") as look:
        return _advisory_holders(look, names)


def read_pass_holders(address: LakeAddress) -> list[str]:
    """Who runs a pass now, over all wires or a shard."""
    names = [WHOLE.lock_name, *(shard.lock_name for shard in list_rivals(WHOLE))]
    return list(read_holders(address, names).values())


def describe_session(address: LakeAddress) -> tuple[str, datetime]:
    """The version and the clock of the Postgres that holds the metadata. Raises DatelineError."""
    with _connect_postgres(address, "dateline doctor") as look:
        row = look.execute("SELECT current_setting('server_version'), clock_timestamp()").fetchone()
    version, clock = row if row else ("", None)
    if not isinstance(clock, datetime):
        raise DatelineError("Postgres, which holds the lake's metadata, tells no time; mend DATELINE_LAKE.")
    return str(version), clock


def is_lock_exclusive(address: LakeAddress) -> bool:
    """Does an advisory lock keep another session out while it is held, and no longer? A shared pooler breaks that."""
    key = _advisory_key(f"doctor {os.getpid()}")
    with _connect_postgres(address, "dateline doctor") as one, _connect_postgres(address, "dateline doctor") as other:
        taken = _try_advisory(one, key)
        is_kept_out = not _try_advisory(other, key)
        one.execute("SELECT pg_advisory_unlock(%s)", (key,))
        return taken and is_kept_out and _try_advisory(other, key)


def _try_advisory(connection: psycopg.Connection[tuple[object, ...]], key: int) -> bool:
    row = connection.execute("SELECT pg_try_advisory_lock(%s)", (key,)).fetchone()
    return row is not None and bool(row[0])


def describe_holder(who: str, since: datetime) -> str:
    """The words that others read of the holder of a lock; `since` is in UTC."""
    return f"{who}, process {os.getpid()} on {socket.gethostname()}, since {since:%Y-%m-%d %H:%M:%S} UTC"


def _await_rivals(address: LakeAddress, shard: Shard) -> None:
    names, deadline = [rival.lock_name for rival in list_rivals(shard)], time.monotonic() + PASS_WAIT_S
    while holders := read_holders(address, names):
        if time.monotonic() >= deadline:
            raise _busy("pass", next(iter(holders.values())))
        time.sleep(POLL_S)


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
            if _try_advisory(held, key):
                break
            if time.monotonic() >= deadline:
                raise _busy(name, _advisory_holders(held, [name]).get(name, ""))
            time.sleep(POLL_S)
        number = held.fileno()
        _sockets.add(number)
        try:
            yield
        finally:
            _sockets.discard(number)


def _connect_postgres(address: LakeAddress, who: str) -> psycopg.Connection[tuple[object, ...]]:
    import psycopg  # a quarter of a second that a lake in SQLite need not wait for

    try:
        return psycopg.connect(address.server, autocommit=True, application_name=who[:_NAME_LENGTH])
    except psycopg.Error as error:
        raise DatelineError(
            f"Postgres, which holds the lake's metadata, cannot be reached ({tell_cause(error)}). "
            "Start it, make the database, or mend DATELINE_LAKE."
        ) from error


def _advisory_key(name: str) -> int:
    """The number of a lock; Postgres keeps those of one database, and so of one lake, apart from another's."""
    return int.from_bytes(hashlib.sha256(f"dateline {name}".encode()).digest()[:8], "big", signed=True)


def _advisory_holders(connection: psycopg.Connection[tuple[object, ...]], names: Sequence[str]) -> dict[str, str]:
    rows = connection.execute(
        "SELECT (l.classid::bigint << 32) | l.objid::bigint, a.application_name "
        "FROM pg_locks AS l JOIN pg_stat_activity AS a ON a.pid = l.pid "
        "WHERE l.locktype = 'advisory' AND l.granted "
        "AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    ).fetchall()
    held = {key: str(who) for key, who in rows}
    return {name: held[key] for name in names if (key := _advisory_key(name)) in held}


def _lock_file(address: LakeAddress, name: str) -> Path:
    return address.metadata_file.parent / f"{name}.lock"


def _busy(name: str, holder: str) -> LakeBusy:
    who = holder or "another process"
    if name.startswith("pass"):
        words = f"A pass is already running ({who}); this one has nothing to do. Run again when it has ended."
        return PassRunning(words, who)
    if name == "delivery":
        return LakeBusy(f"Another pass delivers alerts ({who}); what is due goes out with the next pass.", who)
    if name == "upkeep":
        return LakeBusy(f"The lake is being compacted or published ({who}); run again when that has ended.", who)
    return LakeBusy(f"The lake is being written ({who}) and has been for minutes; run again when that has ended.", who)
