"""The archive read again with other rules: new readings, the same meetings, no alert; killed and run again, the same."""

import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tasks.core.errors import DatelineError
from tasks.edge import rereading
from tasks.edge.lake.attach import locate_lake
from tasks.edge.lake.write import write_lake
from tasks.edge.passes import open_pass
from tasks.edge.progress import listen
from tasks.edge.rereading import open_reread, reread_day
from tasks.edge.sample import SampleServer, load_sample, sample_wires
from tasks.edge.story_pool import STORY_LIMITS, StoryPool
from tasks.settings import read_settings
from tests.homes import ask_lake
from tests.lakes import fill_row, read_lake
from tests.passes import run_pass
from tests.rereads import ReadHere, reread_all, with_rules

ROOT = Path(__file__).parents[2]
SAMPLE = load_sample(ROOT / "deploy" / "sample")
NOW = datetime.now(UTC)  # noqa: TID251 - the sample wire is dated by the day on which it is shown
COUNTS = (
    "select (select count(*) from topics), (select count(*) from actors), (select count(*) from quotes),"
    " (select count(*) from alerts)"
)
LEDGER = "select meeting_id, kind, status, claims from meetings order by all"
FACTS = (
    "reading_facts", "topic_facts", "evidence_facts", "actor_facts", "quote_facts", "citation_facts", "claim_facts",
    "decision_facts", "meeting_facts", "activation_facts",
)  # fmt: skip
MOMENTS = {"read_at", "run_id", "decided_at", "activated_at", "recorded_at", "commit_seq"}


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A home with the sample wire's stories, some of them published on days before."""
    folder = tmp_path_factory.mktemp("filled")
    with SampleServer(SAMPLE, NOW) as server:
        feeds = folder / "sample.toml"
        feeds.write_text(sample_wires(SAMPLE, server.base_url), encoding="utf-8")
        run_pass(folder / "home", feeds, allow=server.base_url.removeprefix("http://"))
    return folder / "home"


@pytest.fixture
def home(filled, tmp_path):
    return Path(shutil.copytree(filled, tmp_path / "home"))


@contextmanager
def open_run(home, rules="other rules"):
    with open_pass("reread", home=str(home), is_alone=False, now=NOW) as run:
        yield with_rules(run, rules)


def read_facts(home):
    """All that readings consist of, but for the moments of their making."""
    address = locate_lake(read_settings(home, {}))
    found = {}
    for table in FACTS:
        columns = [row[0] for row in read_lake(address, f"describe {table}") if row[0] not in MOMENTS]
        found[table] = read_lake(address, f"select {', '.join(columns)} from {table} order by all")  # noqa: S608 - ours
    return found


def test_a_day_read_again_is_of_the_new_rules_and_changes_neither_ledger_nor_alerts(home):
    with open_run(home) as run:
        counts, ledger = ask_lake(run, COUNTS), ask_lake(run, LEDGER)
        articles = ask_lake(run, "select count(*) from articles")[0][0]

        read, again = reread_all(run), reread_all(run)

        assert (read, again) == (articles, 0), "a second time adds nothing"
        assert ask_lake(run, "select distinct rules_version from readings") == [("other rules",)]
        assert ask_lake(run, COUNTS) == counts
        assert ask_lake(run, LEDGER) == ledger


def test_workers_and_chunks_give_the_very_facts_that_one_reader_gives(filled, tmp_path, monkeypatch):
    homes = [Path(shutil.copytree(filled, tmp_path / name)) for name in ("here", "pool")]
    with open_run(homes[0]) as run:
        reread_all(run, ReadHere(run.catalog))
    monkeypatch.setattr(rereading, "CHUNK", 7)
    with open_run(homes[1]) as run, StoryPool(run.catalog, 2) as pool:
        pool.grow(2)
        reread_all(run, pool)

    (one, of_one), (many, of_many) = ((read_facts(each), read_meetings(each)) for each in homes)
    assert len(one["reading_facts"]) > 40
    # A meeting has one revision a transaction: more chunks are more of them, and the same meetings in the end.
    assert one.pop("meeting_facts") != []
    assert many.pop("meeting_facts") != []
    assert (many, of_many) == (one, of_one)


def read_meetings(home):
    return read_lake(locate_lake(read_settings(home, {})), "from meetings order by all")


def test_a_reread_killed_in_a_commit_goes_on_where_it_was_and_leaves_no_trace(filled, home, tmp_path, monkeypatch):
    monkeypatch.setattr(rereading, "CHUNK", 10)  # as in the program
    whole = Path(shutil.copytree(filled, tmp_path / "whole"))
    with open_run(whole) as run:
        reread_all(run)
    command = [sys.executable, "-m", "tests.rereads", str(home), "other rules"]

    killed = subprocess.run([*command, "3"], cwd=ROOT, capture_output=True, text=True)
    assert killed.returncode == -9, killed.stderr
    address = locate_lake(read_settings(home, {}))
    assert read_lake(address, "select count(*) from reading_facts where rules_version = 'other rules'") == [(20,)]
    assert read_lake(address, "from activation_facts") == []
    assert read_lake(address, "from readings where rules_version = 'other rules'") != []

    again = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert again.returncode == 0, again.stderr
    assert read_facts(home) == read_facts(whole)


def test_readers_see_the_old_readings_of_a_day_until_it_is_whole(home, monkeypatch):
    monkeypatch.setattr(rereading, "CHUNK", 10)
    seen = []
    with open_run(home) as run, open_reread(run, readers=ReadHere(run.catalog)) as under_way:
        (day,) = under_way.days
        current = "select distinct rules_version from readings"
        (old,) = ask_lake(run, current)

        def look(stage, done, total):
            if stage == "reread" and done < total:
                seen.append(ask_lake(run, current))

        with listen(look):
            assert reread_day(under_way, day.day) == day.articles
        assert ask_lake(run, current) == [("other rules",)]
    assert len(seen) > 2
    assert seen == [[old]] * len(seen)


def test_a_story_that_comes_while_its_day_is_read_is_read_before_the_day_is_switched(home, monkeypatch):
    """And a pass, like this one, commits between two chunks."""
    monkeypatch.setattr(rereading, "CHUNK", 10)
    come = []
    with open_run(home) as run, open_reread(run, readers=ReadHere(run.catalog)) as under_way:
        (day,) = under_way.days

        def come_late(stage, done, total):
            if stage == "reread" and done >= total - 10 and not come:
                with write_lake(run.address, "a pass", NOW, "a story") as lake:
                    story = {
                        "article_id": "late",
                        "day": day.day,
                        "text": "The ministers held talks in Lima on Monday.",
                    }
                    come.append(lake.append("article_facts", [fill_row(lake.connection, "article_facts", **story)]))

        with listen(come_late):
            assert reread_day(under_way, day.day) == day.articles + 1
        assert ask_lake(run, "select rules_version from readings where article_id = 'late'") == [("other rules",)]
        unread = "select count(*) from articles where article_id not in (select article_id from readings)"
        assert ask_lake(run, unread) == [(0,)]
        assert len(read_lake(run.address, "from activation_facts")) == 1


def test_a_text_that_kills_or_hangs_its_reader_is_skipped_and_keeps_its_earlier_reading(home):
    with open_run(home, "first rules") as run:
        (day,) = ask_lake(run, "select distinct day from articles")[0]
        with write_lake(run.address, "a pass", NOW, "stories") as lake:
            told = {"kills": "An ABORT of talks.", "hangs": "A HANG in talks."}
            lake.append(
                "article_facts",
                [
                    fill_row(lake.connection, "article_facts", article_id=name, day=day, text=text)
                    for name, text in told.items()
                ],
            )
        reread_all(run)
        later = replace(with_rules(run, "later rules"), now=NOW + timedelta(minutes=1))
        limits = replace(STORY_LIMITS, cpu_s=1.0)
        with (
            StoryPool(later.catalog, 1, limits, module="tests.fragile_story_worker") as pool,
            open_reread(later, readers=pool) as under_way,
        ):
            count = reread_day(under_way, day)
            failed = {key[0]: failure.kind for key, failure in under_way.failed.items()}

        assert failed == {"kills": "read_crash", "hangs": "read_timeout"}
        assert count == ask_lake(run, "select count(*) from articles")[0][0] - 2
        by_rules = "select rules_version, count(*) from readings group by all order by all"
        assert ask_lake(run, by_rules) == [("first rules", 2), ("later rules", count)]
        assert reread_all(later) == 2, "the next reread tries them again"


def test_where_no_text_at_all_can_be_read_no_day_is_switched(home, monkeypatch):
    monkeypatch.setattr(rereading, "CHUNK", 3)
    with open_run(home) as run, StoryPool(run.catalog, 1, replace(STORY_LIMITS, memory=1 << 20)) as pool:
        with open_reread(run, readers=pool) as under_way, pytest.raises(DatelineError, match=r"Not one of \d+ stored"):
            reread_day(under_way, under_way.days[0].day)
        assert read_lake(run.address, "from activation_facts") == []
