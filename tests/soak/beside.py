"""Writers, upkeep and four readers side by side, each a process of its own: errors that readers saw, rows lost or doubled.

python -m tests.soak.beside [SECONDS [WRITERS]]        default 120 s, one writer

With DATELINE_TEST_POSTGRES (tests/postgres/with_postgres.sh sets it) the metadata is in Postgres; two writers then write
the same rows. Readers ask as `dateline sql` and its prompt do: each question on a connection of its own.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tasks.core.errors import DatelineError
from tasks.edge.clock import monotonic, utc_now
from tasks.edge.lake.adhoc import ask, connect_adhoc
from tasks.edge.lake.attach import locate_lake
from tasks.edge.lake.migrate import migrate_lake
from tasks.edge.lake.upkeep import keep_lake
from tasks.edge.lake.write import write_lake
from tasks.settings import Settings, read_settings
from tests.lakes import NOW, items, make_lake, start_python

READERS, BATCH = 4, 30
QUESTION = "select count(*), count(distinct item_id) from items"


@dataclass(slots=True)
class Found:
    """What the processes told, and what the lake holds in the end."""

    commits: int = 0
    upkeeps: int = 0
    questions: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    lost: int = 0
    doubled: int = 0


def write_on(settings: Settings, until: float) -> Iterator[str]:
    """Batches of thirty new rows, the same from each writer; a line for each commit."""
    number = 0
    while monotonic() < until:
        with write_lake(locate_lake(settings), f"writer {os.getpid()}", NOW, "a batch") as lake:
            lake.append("item_facts", items(range(number * BATCH, number * BATCH + BATCH)))
        yield f"commit {number}"
        number += 1


def keep_on(settings: Settings, until: float) -> Iterator[str]:
    """Upkeep after upkeep."""
    while monotonic() < until:
        keep_lake(locate_lake(settings), utc_now(), None)
        yield "upkeep"


def read_on(settings: Settings, until: float) -> Iterator[str]:
    """A question after the other, which never see fewer rows than before nor one twice."""
    before = 0
    while monotonic() < until:
        try:
            with closing(connect_adhoc(locate_lake(settings), settings)) as connection:
                ((count, ids),) = ask(connection, QUESTION).rows
        except DatelineError as error:
            yield f"error {error}"
            continue
        yield "question" if count == ids and count >= before else f"error {before} rows became {count}, {ids} different"
        before = count


ROLES: dict[str, Callable[[Settings, float], Iterator[str]]] = {"write": write_on, "upkeep": keep_on, "read": read_on}


def run_beside(settings: Settings, seconds: float, writers: int) -> Found:
    """Let all run for so long, and count."""
    found, most = Found(), 0
    given = (str(settings.home), settings.lake, settings.data or "", str(seconds))
    roles = ["write"] * writers + ["upkeep"] + ["read"] * READERS
    program = "import sys; from tests.soak.beside import play; play(*sys.argv[1:])"
    for process in [start_python(program, role, *given) for role in roles]:
        told, failed = process.communicate()
        for line in told.splitlines():
            kind, _, rest = line.partition(" ")
            found.commits += kind == "commit"
            found.upkeeps += kind == "upkeep"
            found.questions += kind == "question"
            most = max(most, int(rest) + 1) if kind == "commit" else most
            found.errors[rest] += kind == "error"
        if process.returncode:
            found.errors[failed.strip().splitlines()[-1]] += 1
    with closing(connect_adhoc(locate_lake(settings), settings)) as connection:
        ((count, ids),) = ask(connection, QUESTION).rows
    found.lost, found.doubled = most * BATCH - ids, count - ids
    found.errors = +found.errors
    return found


def play(role: str, home: str, lake: str, data: str, seconds: str) -> None:
    """One process of the soak; it tells what it did in lines."""
    settings = read_settings(Path(home), {"DATELINE_LAKE": lake, **({"DATELINE_DATA": data} if data else {})})
    for line in ROLES[role](settings, monotonic() + float(seconds)):
        print(line, flush=True)  # noqa: T201 - for the one who counts


@contextmanager
def open_home(folder: Path) -> Iterator[Settings]:
    """A lake with its metadata in SQLite, or in a database of its own on the Postgres of the environment."""
    server = os.environ.get("DATELINE_TEST_POSTGRES", "").removeprefix("postgres:")
    if not server:
        make_lake(folder)
        yield read_settings(folder, {})
        return
    import psycopg

    name = f"lake_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"create database {name}".encode())
    lake = "postgres:" + re.sub(r"dbname=\S+", f"dbname={name}", server)
    settings = read_settings(folder, {"DATELINE_LAKE": lake, "DATELINE_DATA": str(folder / "data")})
    migrate_lake(locate_lake(settings), NOW)
    yield settings


if __name__ == "__main__":
    seconds, writers = (*map(int, sys.argv[1:3]), *(120, 1)[len(sys.argv[1:3]) :])
    with tempfile.TemporaryDirectory() as made, open_home(Path(made)) as opened:
        done = run_beside(opened, seconds, writers)
    print(  # noqa: T201 - its figures
        f"{writers} writers, upkeep and {READERS} readers for {seconds} s: {done.commits} commits, {done.upkeeps} upkeeps, "
        f"{done.questions} questions, {done.errors.total()} errors, {done.lost} rows lost, {done.doubled} doubled"
    )
    print(*(f"{times} x {words}" for words, times in done.errors.most_common()), sep="\n")  # noqa: T201
    sys.exit(bool(done.errors or done.lost or done.doubled))
