"""kill -9 at random moments of writes, upkeep, publish and export: the lake opens at once, no row is lost or doubled.

python -m tests.soak.upkeeps [KILLS [SEED]]        default 100 kills; some minutes
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import duckdb

from tasks.edge.clock import monotonic, utc_now
from tasks.edge.lake.attach import LakeAddress, connect_reader
from tasks.edge.lake.exporting import export_days
from tasks.edge.lake.publish import publish_press
from tasks.edge.lake.upkeep import keep_lake
from tasks.edge.lake.write import write_lake
from tests.lakes import DAY, NOW, ROOT, fill_row, items, locate, make_lake
from tests.soak.kills import run_once
from tests.soak.nursery import bear_children

BATCH = 40
DAYS = 3
FIRST_S = 3.0  # until a job has once run to its end, it is killed within this time
JOBS = ("write", "write", "upkeep", "publish", "export")
HELD = (
    "select count(*), count(distinct item_id), count(*) filter (where item_id in (select article_id from articles)) "
    "from items"
)


@dataclass(slots=True)
class Toll:
    """What the kills cost: by job how many, and what was found amiss after them, in words."""

    kills: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    rows: int = 0


def write_batch(address: LakeAddress, number: int) -> None:
    """Forty items and their articles under the same ids, in one transaction."""
    rows = items(range(number * BATCH, number * BATCH + BATCH), DAY - timedelta(days=number % DAYS))
    with write_lake(address, "soak", NOW, "a batch") as lake:
        lake.append("item_facts", rows)
        told = [{"article_id": row["item_id"], "day": row["day"], "text": f"Text of {row['title']}."} for row in rows]
        lake.append("article_facts", [fill_row(lake.connection, "article_facts", **parts) for parts in told])


def do_job(address: LakeAddress, line: str) -> None:
    """One job, by its name; the number of the batch is behind it."""
    job, number = line.split()
    # A month on, so that upkeep also expires, cleans and sweeps all that it may.
    later = utc_now() + timedelta(days=30)
    jobs: dict[str, Callable[[], object]] = {
        "write": lambda: write_batch(address, int(number)),
        "upkeep": lambda: keep_lake(address, later, None),
        "publish": lambda: publish_press(address, address.home, later),
        "export": lambda: export_days(address, address.home / "export", later, (date.min, date.max)),
    }
    jobs[job]()


def kill_jobs(home: Path, kills: int, seed: int) -> Toll:
    """Kill so many jobs at random moments and look at the lake after each."""
    dice, toll, batches, took = random.Random(seed), Toll(), 0, dict.fromkeys(JOBS, FIRST_S)
    address = make_lake(home)
    command = [sys.executable, "-m", "tests.soak.upkeeps", "--nursery", str(home)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as nursery:
        for job in dict.fromkeys(JOBS):  # each once to its end
            took[job] = _time(nursery, f"{job} {batches}")
            batches += job == "write"
        while toll.kills.total() < kills:
            job = dice.choice(JOBS)
            code = run_once(nursery, dice.uniform(0.0, 1.1 * took[job]), f"{job} {batches}")
            toll.kills[job] += code == -9
            if code not in (0, -9):
                toll.faults.append(f"{job} ended with {code}")
            if job == "write" and code != 0:
                run_once(nursery, None, f"write {batches}")  # what is run again, adds nothing twice
            batches += job == "write"
            toll.faults += [f"after {job}: {fault}" for fault in find_faults(address, batches)]
        assert nursery.stdin
        nursery.stdin.close()
    toll.rows = batches * BATCH
    return toll


def _time(nursery: subprocess.Popen[str], line: str) -> float:
    begun = monotonic()
    assert run_once(nursery, None, line) == 0, line
    return monotonic() - begun


def find_faults(address: LakeAddress, batches: int) -> list[str]:
    """What is amiss in the lake, in press.duckdb and in the export, in words."""
    faults = []
    with closing(connect_reader(address)) as lake:
        found = lake.execute(HELD).fetchone()
    if found != (batches * BATCH,) * 3:
        faults.append(f"the lake holds {found} in place of {batches * BATCH}")
    with closing(duckdb.connect(str(address.home / "press.duckdb"), read_only=True)) as press:
        count, ids = press.execute("select count(*), count(distinct item_id) from items").fetchone() or (0, 0)
        if count != ids or count % BATCH or count > batches * BATCH:
            faults.append(f"press.duckdb holds {count} rows, {ids} of them different")
    for file in (address.home / "export").rglob("*.parquet"):
        try:
            duckdb.sql(f"from read_parquet('{file}')").fetchall()
        except duckdb.Error as error:
            faults.append(f"{file} cannot be read ({error})")
    return faults


def main() -> None:
    """The soak, or with `--nursery HOME` the process that bears its jobs."""
    if sys.argv[1:2] == ["--nursery"]:
        address = locate(Path(sys.argv[2]))
        bear_children(lambda line: do_job(address, line))
        return
    kills, seed = (*map(int, sys.argv[1:3]), *(100, 1)[len(sys.argv[1:3]) :])
    with tempfile.TemporaryDirectory() as folder:
        toll = kill_jobs(Path(folder), kills, seed)
    told = ", ".join(f"{number} of {job}" for job, number in sorted(toll.kills.items()))
    print(f"{toll.kills.total()} kills ({told}), {toll.rows:,} rows: {len(toll.faults)} faults")  # noqa: T201
    print(*toll.faults, sep="\n")  # noqa: T201 - its figures
    sys.exit(bool(toll.faults))


if __name__ == "__main__":
    os.environ.pop("DATELINE_HOME", None)
    main()
