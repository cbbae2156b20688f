"""Whole passes without Prefect: the stages in their order, over a home in a temporary folder.

with FakeWire() as wire:
    ... = run_pass(tmp_path / "home", write_feeds(tmp_path, {"harbour": wire.url("/rss")}), allow=wire.host)
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import math
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tasks.catalog.wires import load_wires_file
from tasks.core.stages import PollReport, StoreReport
from tasks.edge.extracting import extract_chunk
from tasks.edge.fetching import FetchBudget, fetch_chunk
from tasks.edge.lake.adhoc import ask, connect_adhoc
from tasks.edge.lake.attach import locate_lake
from tasks.edge.lake.mirror import mirror_catalog
from tasks.edge.lake.write import write_lake
from tasks.edge.passes import PassRun, open_pass, sum_run
from tasks.edge.polling import poll_feeds
from tasks.edge.reading import read_chunk
from tasks.edge.storing import store_chunk
from tasks.settings import read_settings
from tests.homes import lay_empty_lake


@dataclass(frozen=True, slots=True)
class PassDone:
    """What a pass said of itself; `sum` is that of DESIGN idea 1, counted from the lake."""

    run_id: str
    polled: PollReport
    stored: tuple[StoreReport, ...]
    sum: Mapping[str, int]

    @property
    def unexplained(self) -> tuple[int, int]:
        """Entries found that are neither known, repeated nor new, and new items that have no end: both must be 0."""
        total = self.sum
        ended = total["stored"] + total["duplicate"] + total["rejected"] + total["waiting"]
        return total["found"] - total["known"] - total["repeated"] - total["new"], total["new"] - ended


def run_pass(
    home: Path, feeds_file: Path, *, allow: str, now: datetime | None = None, with_all_feeds: bool = True
) -> PassDone:
    """One pass from poll to store. `allow` names the loopback servers as DATELINE_ALLOW does."""
    with begin_pass(home, feeds_file, allow=allow, now=now, with_all_feeds=with_all_feeds) as run:
        polled, stored = asyncio.run(work_off(run))
    return PassDone(run.run_id, polled, stored, sum_run(run))


@contextmanager
def begin_pass(
    home: Path,
    feeds_file: Path,
    *,
    allow: str,
    now: datetime | None = None,
    with_all_feeds: bool = True,
    catalog: Path | None = None,
) -> Iterator[PassRun]:
    """A pass that has begun, with the pass lock held, for tests of one stage.

    A `catalog` of an empty folder begins sooner, for stages that read no text.
    """
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATELINE_ALLOW", allow)
        environment.setenv("DATELINE_ALERT_URLS", f"file:{home / 'alerts.jsonl'}")
        environment.setenv("DATELINE_CATALOG", str(catalog or ""))
        home.mkdir(parents=True, exist_ok=True)
        lay_empty_lake(locate_lake(read_settings(home)))  # it takes seconds to make one
        given = {"home": str(home), "feeds_file": str(feeds_file), "with_all_feeds": with_all_feeds}
        with open_pass("monitor", now=now, **given) as run:  # type: ignore[arg-type]
            yield run


async def work_off(run: PassRun) -> tuple[PollReport, tuple[StoreReport, ...]]:
    """Poll, then fetch, extract, read and store chunk after chunk until nothing more is due, however long it takes."""
    polled = await poll_feeds(run)
    budget, stored, is_last = FetchBudget(started_at=math.inf), [], False
    while not is_last:
        fetched = await fetch_chunk(run, budget)
        extracted = await asyncio.to_thread(extract_chunk, run, fetched)
        stored.append(await asyncio.to_thread(store_chunk, run, read_chunk(run, extracted)))
        is_last = fetched.is_last
    return polled, tuple(stored)


def write_feeds(folder: Path, urls: Mapping[str, str], **facts: str) -> Path:
    """A file of wires for `--feeds`: one feed each, known by the wire's id; `facts` are keys of every wire."""
    keys = "".join(f"{key} = {json.dumps(value)}\n" for key, value in facts.items())
    blocks = [f"[[wire]]\nid = {json.dumps(name)}\nurl = {json.dumps(url)}\n{keys}" for name, url in urls.items()]
    path = folder / "feeds.toml"
    path.write_text("\n".join(blocks), encoding="utf-8")
    return path


@contextmanager
def begin_empty(folder: Path) -> Iterator[PassRun]:
    """A pass that watches nothing, with a catalog that is empty: the ground for a `Lab`."""
    feeds_file = write_feeds(folder, {"unused": "https://wire.example/rss"})
    with begin_pass(folder / "home", feeds_file, allow="", catalog=folder) as run:
        yield run


@dataclass(frozen=True, slots=True)
class Lab:
    """A lake that the tests of one file share, since making one takes seconds. Each test has feeds of its own."""

    begun: PassRun
    test: str

    @property
    def prefix(self) -> str:
        """What the ids of this test's feeds begin with."""
        return hashlib.sha256(self.test.encode()).hexdigest()[:8] + "-"

    def watch(self, urls: Mapping[str, str], allow: str, **facts: str) -> PassRun:
        """A pass over feeds that are known by the test's prefix and their name; `facts` are keys of every wire."""
        named = {self.prefix + key: url for key, url in urls.items()}
        wires = load_wires_file(write_feeds(self.begun.settings.home, named, **facts))
        catalog = replace(self.begun.catalog, wires=wires)
        with write_lake(self.begun.address, "test", self.begun.now, "feeds of a test") as lake:
            mirror_catalog(lake, catalog, self.begun.now, is_whole=False)
        return replace(self.begun, catalog=catalog, settings=replace(self.begun.settings, allow=allow))

    def later(self, run: PassRun, minutes: float) -> PassRun:
        """The pass so many minutes later."""
        return replace(run, run_id=f"{self.prefix}{minutes}", now=self.begun.now + timedelta(minutes=minutes))

    def rows(self, relation: str, order: str = "feed_id") -> list[dict[str, Any]]:
        """The rows of a view that are about the feeds of this test."""
        found = f"select * from {relation} where starts_with(feed_id, $prefix) order by {order}"  # noqa: S608 - ours
        with closing(connect_adhoc(self.begun.address, self.begun.settings)) as connection:
            return ask(connection, found, {"prefix": self.prefix}).dicts()

    def polls(self) -> list[dict[str, Any]]:
        """The facts of this test's polls, oldest first."""
        return self.rows("polls", "polled_at")


def ask_home(home: Path, question: str) -> list[dict[str, Any]]:
    """The rows of a question to the lake of a home."""
    settings = read_settings(home, {})
    with closing(connect_adhoc(locate_lake(settings), settings)) as connection:
        return ask(connection, question).dicts()
