"""A load downstream that keeps one cursor misses nothing and takes nothing twice, whoever commits when."""

import random
import re
import shutil
import threading
from contextlib import closing
from datetime import timedelta
from itertools import pairwise

import duckdb
import pytest

from tasks.core.errors import QueryRefused
from tasks.edge.forgetting import forget
from tasks.edge.lake.adhoc import ask
from tasks.edge.lake.attach import connect_reader
from tasks.edge.lake.forget import Wanted
from tasks.edge.lake.migrate import migrate_lake
from tasks.edge.lake.upkeep import keep_lake
from tasks.edge.lake.write import write_lake
from tasks.edge.ruling import merge_meetings
from tests.claims import CARTAGENA, at, meet, tell
from tests.homes import begin, store
from tests.lakes import DAY, NOW, fill_row, locate, make_earlier_lake, make_lake, read_lake

FIRST = at("2025-12-11 12:00")
PLAN = tell("norvik-1", "2025-12-11 09:00", meet("ECU", "PAN", on="2025-12-20", place=CARTAGENA), wire_id="norvik")
TWIN = tell("lumen-1", "2025-12-11 10:00", meet("PAN", "COL", name="Pacific Summit", on="2025-12-20"), wire_id="lumen")


class Loader:
    """A load downstream: what it has taken, and the cursor that it keeps."""

    def __init__(self, address):
        self.address, self.cursor, self.taken = address, "", []

    def load(self):
        """Take what is new; the kinds of it."""
        with closing(connect_reader(self.address)) as connection:
            rows = ask(connection, "from changes_since($cursor)", {"cursor": self.cursor}).dicts()
        self.taken += rows
        self.cursor = max((row["cursor"] for row in rows), default=self.cursor)
        return [row["kind"] for row in rows]


def add(address, ident, now=NOW, day=DAY, message="test", fails=False):
    """A commit with an article of this id, by a pass that began at `now`; or what would be one."""
    with write_lake(address, "test", now, message) as lake:
        row = fill_row(lake.connection, "article_facts", article_id=ident, day=day, fetched_at=now)
        lake.append("article_facts", [row])
        assert not fails or 1 / 0


@pytest.mark.parametrize("seed", range(3))
def test_a_load_between_commits_of_any_age_takes_each_row_once(tmp_path, seed):
    """Passes of stale clocks, failed transactions, the same rows again, rows of any day, upkeep: in any order."""
    chance, loader, stored = random.Random(seed), Loader(make_lake(tmp_path)), []
    for number in range(12):
        now, day = NOW + timedelta(hours=chance.uniform(-90, 90)), DAY - timedelta(days=chance.randrange(40))
        step = chance.choice(["store", "store", "store", "fail", "again", "upkeep" if number % 5 == 4 else "store"])
        if step == "fail":
            with pytest.raises(ZeroDivisionError):
                add(loader.address, "never", fails=True)
        elif step == "upkeep":
            keep_lake(loader.address, NOW, None)
        else:
            ident = stored[-1] if step == "again" and stored else (f"a{number}", day)
            add(loader.address, ident[0], now, ident[1])
            stored += [ident] if ident not in stored else []
        if chance.random() < 0.5:
            loader.load()
    loader.load()

    assert [(row["article_id"], row["day"]) for row in loader.taken] == stored
    assert loader.load() == []


def test_a_load_beside_writers_takes_each_row_once(tmp_path):
    loader = Loader(make_lake(tmp_path))
    writers = [
        threading.Thread(target=lambda own: [add(loader.address, f"{own}-{n}") for n in range(6)], args=(own,))
        for own in "ab"
    ]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        loader.load()
    loader.load()

    assert sorted(row["article_id"] for row in loader.taken) == sorted(f"{own}-{n}" for own in "ab" for n in range(6))
    assert all(before["cursor"] < after["cursor"] for before, after in pairwise(loader.taken))


def test_each_kind_of_change_is_told_once(tmp_path):
    run = begin(tmp_path, FIRST)
    store(run, PLAN, TWIN)
    loader = Loader(run.address)
    first = loader.load()
    assert {kind: first.count(kind) for kind in first} == {"article": 2, "reading": 2, "meeting": 2, "alert": 2}
    assert len({row["cursor"] for row in loader.taken}) == 1
    kept, gone = sorted(row["meeting_id"] for row in loader.taken if row["kind"] == "meeting")

    merge_meetings(run.address, kept, gone, "one summit", FIRST + timedelta(hours=1))
    assert loader.load() == ["meeting", "ruling"]
    article = {"day": PLAN.day, "article_id": PLAN.article_id, "version": 1}
    for number, result in enumerate(["withdrawn", "failed", "same"]):
        with write_lake(run.address, "test", FIRST, "visit") as lake:
            visit = fill_row(
                lake.connection, "visit_facts", **article, result=result, item_id=f"item of {PLAN.article_id}"
            )
            lake.append("visit_facts", [{**visit, "visited_at": FIRST + timedelta(hours=number)}])
    assert loader.load() == ["withdrawal", "return"]
    with write_lake(run.address, "test", FIRST, "reread") as lake:
        lake.append("activation_facts", [{"day": PLAN.day, "rules_version": "rules", "activated_at": FIRST}])
    assert loader.load() == ["rules"]
    forget(run.settings, Wanted((PLAN.article_id,)), "asked", {}, FIRST + timedelta(hours=2))
    assert loader.load() == ["forgotten", "meeting"]
    assert loader.taken[-2]["article_id"] == PLAN.article_id
    with closing(duckdb.connect(str(tmp_path / "press.duckdb"), read_only=True)) as press:
        assert press.execute("from changes_since($cursor)", {"cursor": loader.cursor}).fetchall() == []
        assert press.execute("select distinct kind from changes_since() where article_id = 'lumen-1'").fetchall() != []


def test_what_is_newer_is_read_from_the_files_of_newer_commits_alone(tmp_path):
    loader = Loader(make_lake(tmp_path))
    for number in range(4):
        with write_lake(loader.address, "test", NOW, "test") as lake:
            rows = [fill_row(lake.connection, "article_facts", article_id=f"{number}-{n}") for n in range(15)]
            lake.append("article_facts", rows)
        loader.cursor = loader.cursor or read_lake(loader.address, "select max(cursor) from changes")[0][0]
    with closing(connect_reader(loader.address)) as connection:
        asked = f"select * from changes_since('{loader.cursor}')"  # noqa: S608 - our own cursor
        ((_, plan),) = connection.execute(f"explain (analyze, format json) {asked}").fetchall()
    scans = re.findall(r'"Table": "(\w+)"[^{}]*"Total Files Read": "(\d+)"', plan)
    assert [count for table, count in scans if table == "article_facts"] == ["3"]


def test_rows_from_before_the_numbers_come_first_and_once(tmp_path):
    loader = Loader(locate(tmp_path))
    make_earlier_lake(loader.address, 35)
    migrate_lake(loader.address, NOW)

    assert {"article", "reading", "meeting", "alert", "forgotten"} <= set(loader.load())
    assert loader.cursor == "000000000000"
    assert loader.load() == []
    add(loader.address, "new")
    assert loader.load() == ["article"]


def test_a_cursor_of_another_or_a_restored_lake_is_refused_and_not_answered_with_nothing(tmp_path):
    loader = Loader(make_lake(tmp_path / "one"))
    add(loader.address, "a")
    shutil.copytree(tmp_path / "one", tmp_path / "copy")
    add(loader.address, "b")
    loader.load()
    loader.address = locate(tmp_path / "copy")
    for _ in range(2):
        with pytest.raises(
            QueryRefused,
            match=r"^The query failed: The cursor 000000000002-\w+ is not of this lake.*load everything again",
        ):
            loader.load()
        add(loader.address, "c")
    loader.cursor = "yesterday"
    with pytest.raises(QueryRefused, match="The cursor yesterday is not of this lake"):
        loader.load()


def test_a_commit_that_adds_nothing_has_no_number(tmp_path):
    address = make_lake(tmp_path)
    add(address, "a", message="store one")
    add(address, "a")
    with write_lake(address, "test", NOW, "test") as lake:
        lake.append("channel_facts", [fill_row(lake.connection, "channel_facts")])
    assert read_lake(address, "select seq, message from commits") == [(1, "store one")]
