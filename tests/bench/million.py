"""The lake at 1,000,000 articles: `make bench-lake`, or `python -m tests.bench.million [ARTICLES [FOLDER]]`.

    build      the lake, and one of a fifth of its days (tests/bench/great_lake.py); with FOLDER they are kept and used again
    questions  topics by day over a week, in turns with a plain DuckDB file of the same tables with the same views, and with
               the lake of a fifth; every example question, its whole answer taken as Arrow
    passes     500 new articles committed, by a process of its own (tests/bench/lake_pass.py)
    upkeep     200 small passes, then the files that are left for each table and day
    search     the index of words, made anew, and a question to it

Times mean nothing between machines: what counts is the ratios, and the goals that are given in seconds are told beside the load.
"""

# ruff: noqa: S608, T201 - statements are made of names of our own tables; a bench prints

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import duckdb
import polars as pl

from tasks.edge.clock import utc_now
from tasks.edge.lake.adhoc import attach_index, find_parameters
from tasks.edge.lake.attach import LakeAddress, connect_reader
from tasks.edge.lake.migrate import list_made_anew, order_views
from tasks.edge.lake.statements import list_sql, literal, read_sql
from tasks.edge.lake.upkeep import keep_lake
from tasks.edge.passes import PassRun
from tasks.edge.search import index_file, update_index
from tests.bench.great_lake import A_DAY, Plan, build_lake, list_tables, measure_folder, read_bases
from tests.bench.lake import measure as measure_runs
from tests.catalog import builtin_catalog
from tests.homes import begin

ARTICLES = 1_000_000
ROUNDS = 7
PASSES = 5
SMALL, SMALL_PASSES = 10, 200
GOALS = {"ratio": 2.5, "growth": 1.1, "example": 2.0, "store": 1.0, "memory": 512, "files": 1}
WEEK = "select day, topic, count(*) as articles from topics where day > $until::date - 7 and day <= $until::date group by all"
VALUES = {
    "rules_version": "", "since": "", "on": "", "name": "Lindqvar", "words": "ceasefire", "country": "Kenya",
    "topic": "conflict", "meeting": "meeting-000100", "cursor": "",
}  # fmt: skip


def main(articles: int = ARTICLES, folder: str = "") -> None:
    """Build what is not there, then measure all."""
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as own:
        place = Path(folder or own)
        whole, fifth = plan_lake(place / "home", articles), plan_lake(place / "fifth", articles, part=5)
        tell_load()
        if missing := [plan for plan in (fifth, whole) if not count_articles(plan.run.address)]:
            bases = read_bases(whole)
            for plan in missing:
                build(plan, bases)
        tell_questions(whole.run, fifth.run, place / "plain.duckdb")
        tell_examples(whole.run)
        tell_passes(whole.run.settings.home)
        tell_upkeep(whole.run)
        tell_search(whole.run)
        tell_load()


def plan_lake(home: Path, articles: int, part: int = 1) -> Plan:
    """The days of so many articles, or the latest part of them."""
    a_day = min(A_DAY, articles // 10)
    run = replace(begin(home, utc_now()), catalog=builtin_catalog())
    return Plan(run, articles // a_day // part, a_day)


def tell_load() -> None:
    """How busy the machine is."""
    print(f"{os.cpu_count()} cores, load {' '.join(f'{load:.1f}' for load in os.getloadavg())}")


def build(plan: Plan, bases: Mapping[str, pl.DataFrame]) -> None:
    """Write a lake, and say now and then how far it is."""
    begun = perf_counter()

    def tell(articles: int) -> None:
        if articles % (10 * plan.a_day) == 0:
            print(f"  {articles:>9,} articles after {perf_counter() - begun:,.0f} s", flush=True)

    build_lake(plan, bases, tell)


def count_articles(address: LakeAddress) -> int:
    """Versions of articles in the lake."""
    with closing(connect_reader(address)) as lake:
        row = lake.execute("select count(*) from article_facts").fetchone()
    return int(row[0]) if row else 0


def tell_questions(run: PassRun, fifth: PassRun, plain: Path) -> None:
    """Topics by day over a week: lake, file and the lake of a fifth in turns; bytes of lake and file."""
    if not plain.exists():
        begun = perf_counter()
        copy_plain(run.address, plain)
        print(f"the same tables in a plain file: {perf_counter() - begun:,.0f} s")
    asked = {"until": run.now.date().isoformat()}
    with (
        closing(connect_reader(run.address)) as lake,
        closing(connect_reader(fifth.address)) as small,
        closing(duckdb.connect(str(plain), read_only=True)) as file,
    ):
        file.execute("SET TimeZone = 'UTC'")
        took = compare(*(partial(_ask_week, each, asked) for each in (lake, file, small)))
    print("topics by day, a week: lake {:.3f} s, plain file {:.3f} s, lake of a fifth {:.3f} s".format(*took))
    judge("  against the file", took[0] / took[1], GOALS["ratio"], "x")
    judge("  against the lake of a fifth", took[0] / took[2], GOALS["growth"], "x")
    own, other = measure_folder(run.settings.home / "lake"), plain.stat().st_size
    judge(f"bytes: lake {own / 1e9:.2f} GB, plain file {other / 1e9:.2f} GB", own / other, 1.0, "x")


def _ask_week(connection: duckdb.DuckDBPyConnection, asked: Mapping[str, str]) -> None:
    connection.execute(WEEK, dict(asked)).fetchall()


def copy_plain(address: LakeAddress, plain: Path) -> None:
    """All tables of facts in one DuckDB file, with the views and macros of the lake over them."""
    with closing(connect_reader(address)) as lake:
        lake.execute(f"ATTACH {literal(str(plain))} AS plain")
        for table in list_tables(lake):
            lake.execute(f"create table plain.{table} as select * from lake.{table}")
        lake.execute("USE plain")
        for file in order_views(list_made_anew()):
            lake.execute(file.text)


def tell_examples(run: PassRun) -> None:
    """Every example question, the slowest first."""
    week = run.now.date() - timedelta(days=7)
    values = {**VALUES, "since": week.isoformat(), "on": (run.now.date() - timedelta(days=1)).isoformat()}
    took = {}
    with closing(connect_reader(run.address)) as lake:
        for example in [each for each in list_sql("examples") if each.name != "search"]:
            given = {name: values[name] for name in find_parameters(example.text)}
            took[example.name] = measure(lambda: lake.execute(example.text, given or None).to_arrow_table(), 3)  # noqa: B023
    slow = sorted(took.items(), key=lambda part: -part[1])
    print(f"{len(took)} examples, median {median(took.values()):.2f} s; the slowest:")
    for name, seconds in slow[:8]:
        judge(f"  {name}", seconds, GOALS["example"], "s")


def tell_search(run: PassRun) -> None:
    """The index of words made anew, and the example that asks it."""
    file, begun = index_file(run.settings.home), perf_counter()
    with closing(connect_reader(run.address)) as lake:
        update_index(run.settings.home, lake)
        print(f"the index of words: {perf_counter() - begun:,.0f} s, {file.stat().st_size / 1e9:.1f} GB")
        lake.execute(attach_index(file))
        took = measure(lambda: lake.execute(read_sql("examples/search.sql").text, {"words": "ceasefire"}).fetchall(), 3)
    judge("  search", took, GOALS["example"], "s")


def tell_passes(home: Path) -> None:
    """Passes of 500 articles, each in a process of its own."""
    runs = [run_process(home, 500, 1) for _ in range(PASSES)]
    parts = {name: median(run["seconds"][name] for run in runs) for name in runs[0]["seconds"]}
    print("a pass of 500 new articles: " + ", ".join(f"{name} {took:.2f} s" for name, took in parts.items()))
    judge("  committed in all", sum(took for name, took in parts.items() if "(T" in name), GOALS["store"], "s")
    judge("  memory of the process", max(run["memory_mb"] for run in runs), GOALS["memory"], "MB")


def run_process(home: Path, articles: int, passes: int) -> Mapping[str, Any]:
    """What `tests.bench.lake_pass` says."""
    command = [sys.executable, "-m", "tests.bench.lake_pass", str(home), str(articles), str(passes)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: Mapping[str, Any] = json.loads(done.stdout)
    return found


def tell_upkeep(run: PassRun) -> None:
    """Many small passes, and what upkeep leaves of their files."""
    said = run_process(run.settings.home, SMALL, SMALL_PASSES)
    each = sum(said["seconds"].values()) / SMALL_PASSES
    before = count_most_files(run.address)
    begun = perf_counter()
    report = keep_lake(run.address, utc_now(), None)
    took = perf_counter() - begun
    print(
        f"{SMALL_PASSES} passes of {SMALL} articles, {each:.2f} s each; upkeep {took:.0f} s: "
        f"{report.files_before:,} files became {report.files_after:,}"
    )
    judge(f"  most files of a table and day (before: {before})", count_most_files(run.address), GOALS["files"], "")


def count_most_files(address: LakeAddress) -> int:
    """The most files that one table has for one day."""
    most = 0
    with closing(connect_reader(address)) as lake:
        for table in list_tables(lake):
            listed = f"select data_file from ducklake_list_files('lake', '{table}')"
            days = f"select regexp_extract(data_file, 'day=[0-9-]+') as day from ({listed})"
            row = lake.execute(
                f"select coalesce(max(n), 0) from (select count(*) as n from ({days}) where day <> '' group by day)"
            ).fetchone()
            most = max(most, int(row[0]) if row else 0)
    return most


def measure(work: Callable[[], object], times: int = ROUNDS) -> float:
    """Seconds of the median of some runs, after one that warms."""
    work()
    return measure_runs(work, times)


def compare(*works: Callable[[], object]) -> Sequence[float]:
    """The medians of works that take turns, so that other work on the machine falls on all alike."""
    took: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS + 1):
        for own, work in zip(took, works, strict=True):
            begun = perf_counter()
            work()
            own.append(perf_counter() - begun)
    return [median(own[1:]) for own in took]


def judge(what: str, figure: float, goal: float, unit: str) -> None:
    """A figure beside its goal."""
    print(f"{what}: {figure:,.2f} {unit}  goal <= {goal:g} {'ok' if figure <= goal else 'MISSED'}")


if __name__ == "__main__":
    main(*(int(word) if word.isdigit() else word for word in sys.argv[1:]))  # type: ignore[arg-type]
