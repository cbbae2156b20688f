"""What `dateline doctor` looks at of Postgres and S3, and which locks are held. Writes one object and removes it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from tasks.core.errors import DatelineError
from tasks.desk.checks import Finding
from tasks.edge.lake.attach import LakeAddress, locate_lake
from tasks.edge.lake.proving import MOST_OFF, Server, list_held_locks, prove_postgres, prove_store
from tasks.settings import Settings


def check_stores(settings: Settings) -> Iterator[Finding]:
    """Postgres, S3 and locks, each where it is used."""
    try:
        address = locate_lake(settings)
    except DatelineError:
        return  # told by the check of the settings
    if not address.is_sqlite:
        yield from _check_postgres(address)
    if address.is_remote:
        yield from _check_store(address)
    yield from _check_locks(address)


def _check_postgres(address: LakeAddress) -> Iterator[Finding]:
    try:
        server = prove_postgres(address)
    except DatelineError as error:
        yield Finding("postgres", "fault", str(error))
        return
    faults = list(judge_server(server))
    yield from faults
    if not faults:
        off = abs(server.clock_off).total_seconds()
        what = f"version {server.version}, its locks hold, its clock agrees with ours ({off:.1f} s)"
        yield Finding("postgres", "ok", what)


def judge_server(server: Server) -> Iterator[Finding]:
    """The faults of a server that answers."""
    if not server.has_locks:
        what = "an advisory lock that one session holds was given to another one too, so passes are not kept apart"
        mend = "connect to Postgres itself, not through a pooler that shares sessions between transactions"
        yield Finding("postgres", "fault", what, mend)
    if abs(server.clock_off) > MOST_OFF:
        side = "before" if server.clock_off > timedelta(0) else "behind"
        what = f"its clock is {abs(server.clock_off).total_seconds():.0f} s {side} the clock of this machine"
        yield Finding("postgres", "fault", what, "let both be set by NTP")


def _check_store(address: LakeAddress) -> Iterator[Finding]:
    try:
        prove_store(address)
    except DatelineError as error:
        mend = None if address.store.key_id else "AWS_ACCESS_KEY_ID is not set, so it was tried as anybody"
        yield Finding("store", "fault", str(error), mend)
        return
    yield Finding("store", "ok", f"below {address.data} an object was written, read and removed")


def _check_locks(address: LakeAddress) -> Iterator[Finding]:
    try:
        held = list_held_locks(address)
    except DatelineError:
        return  # told with Postgres
    told = [f"{name_lock(name)}: {holder}" for name, holder in held]
    yield Finding("locks", "ok", "; ".join(told) or "none is held: no pass runs")


def name_lock(name: str) -> str:
    """A lock as people call it: `pass over 1/2`, `pass`, `write`."""
    kind, _, share = name.partition("-")
    return f"{kind} over {share.replace('of', '/')}" if share else kind
