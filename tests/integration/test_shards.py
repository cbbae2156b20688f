"""Several monitors, each on a shard of the wires, on one lake: together they do what one does, and nothing twice."""

import json
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tasks.core.errors import PassRunning
from tasks.core.shards import WHOLE, Shard, holds_wire, parse_shard
from tasks.core.stages import ReadChunk
from tasks.desk.desk import open_desk
from tasks.desk.lake_checks import check_passes
from tasks.edge.alerting import deliver_alerts
from tasks.edge.archive import TORN
from tasks.edge.fetching import tell_torn
from tasks.edge.lake import locks
from tasks.edge.lake.attach import connect_reader, locate_lake
from tasks.edge.lake.locks import hold_delivery_lock, hold_pass_lock, read_pass_holders
from tasks.edge.lake.upkeep import find_duplicates
from tasks.edge.lake.write import write_lake
from tasks.edge.passes import record_run
from tasks.edge.sample import SampleServer, load_sample, sample_wires
from tasks.edge.storing import store_chunk
from tasks.settings import read_settings
from tests.claims import CARTAGENA, at, meet, tell
from tests.homes import ask_lake, begin, store
from tests.integration.test_copies import TEXT, write
from tests.lakes import make_lake, start_python
from tests.passes import ask_home

ROOT = Path(__file__).parents[2]
WHOLE_SAMPLE = load_sample(ROOT / "deploy" / "sample")
SAMPLE = replace(WHOLE_SAMPLE, agencies=WHOLE_SAMPLE.agencies[:4])
NOW = at("2025-12-11 12:00")
SHOWN = datetime.now(UTC)  # noqa: TID251 - the sample wire is dated by the day on which it is shown

RUNNER = """
import asyncio, os, sys
from tasks.edge.alerting import deliver_alerts
from tasks.edge.passes import open_pass, sum_run
from tests.passes import PassDone, work_off

home, feeds, allow, shard = sys.argv[1:]
os.environ |= {"DATELINE_ALLOW": allow, "DATELINE_ALERT_URLS": f"file:{home}/alerts.jsonl"}

async def work(run):
    polled, stored = await work_off(run)
    await deliver_alerts(run)
    return PassDone(run.run_id, polled, stored, sum_run(run))

with open_pass("monitor", home=home, feeds_file=feeds, with_all_feeds=True, shard=shard or None) as run:
    print("ready", flush=True)
    sys.stdin.readline()
    done = asyncio.run(work(run))
print(done.run_id, done.sum["new"], *done.unexplained)
"""
SAME = {
    "items": "select feed_id, outcome, count(*) as items from items group by all order by all",
    "articles": "select wire_id, article_id, content_hash from article_versions order by all",
    "tags": "select topic, count(*) as articles from topics group by all order by all",
    "copies": "select count(*) as pairs, count(distinct article_id) as articles from copies",
}


@pytest.fixture(scope="module")
def sample():
    with SampleServer(SAMPLE, SHOWN) as server:
        yield server


def run_passes(home, sample, *shards):
    """Passes over these shards at once, each in a process of its own; what each says at its end."""
    make_lake(home)
    feeds = home / "sample.toml"
    feeds.write_text(sample_wires(SAMPLE, sample.base_url), encoding="utf-8")
    allow = sample.base_url.removeprefix("http://")
    passes = [start_python(RUNNER, str(home), str(feeds), allow, shard) for shard in shards]
    for each in passes:
        assert each.stdout.readline() == "ready\n", each.communicate()
    ends = []
    for each in passes:
        each.stdin.write("go\n")
        each.stdin.flush()
    for each in passes:
        out, err = each.communicate()
        assert each.returncode == 0, err
        ends.append(out.split())
    return ends


@pytest.fixture(scope="module")
def one_pass(tmp_path_factory, sample):
    home = tmp_path_factory.mktemp("whole") / "home"
    ((_, new, *_),) = run_passes(home, sample, "")
    return int(new), {name: ask_home(home, question) for name, question in SAME.items()}


def test_two_processes_on_two_shards_lose_nothing_and_double_nothing(tmp_path, sample, one_pass):
    home = tmp_path / "home"
    first, second = run_passes(home, sample, "1/2", "2/2")

    assert {first[0][-4:], second[0][-4:]} == {"1of2", "2of2"}
    assert int(first[1]) > 0
    assert int(second[1]) > 0
    assert int(first[1]) + int(second[1]) == one_pass[0]
    assert [*first[2:], *second[2:]] == ["0"] * 4, "the sum of each pass comes out"
    assert {name: ask_home(home, question) for name, question in SAME.items()} == one_pass[1]
    polls = ask_home(home, "select feed_id, run_id, wire_id from polls")
    assert len({row["feed_id"] for row in polls}) == len(polls), "each feed was asked once"
    for row in polls:
        assert holds_wire(parse_shard(row["run_id"][-4:].replace("of", "/")), row["wire_id"])
    with closing(connect_reader(locate_lake(read_settings(home, {})))) as connection:
        assert find_duplicates(connection, SHOWN) == ()
    assert ask_home(home, "select meeting_id from meetings group by meeting_id having count(*) > 1") == []

    sent = [json.loads(line)["alert_id"] for line in (home / "alerts.jsonl").read_text("utf-8").splitlines()]
    assert sorted(sent) == sorted(row["alert_id"] for row in ask_home(home, "select alert_id from alerts"))
    assert len(sent) == len(set(sent))


@pytest.fixture
def address(tmp_path):
    (tmp_path / "lake").mkdir()
    return locate_lake(read_settings(tmp_path, {}))


@pytest.mark.parametrize("shards", [("1/2", "2/2"), ("1/3", "2/3", "3/3"), ("1/2", "2/4", "4/4")])
def test_shards_without_a_wire_in_common_run_beside_each_other(address, shards):
    with ExitStack() as held:
        for shard in shards:
            held.enter_context(hold_pass_lock(address, f"monitor {shard}", parse_shard(shard)))
        assert sorted(read_pass_holders(address)) == sorted(f"monitor {shard}" for shard in shards)
    assert read_pass_holders(address) == []


@pytest.mark.parametrize(("first", "second"), [("1/2", "1/2"), ("1/1", "2/3"), ("2/3", "1/1"), ("1/2", "1/3")])
def test_passes_that_could_have_a_wire_in_common_are_kept_apart(address, first, second):
    words = rf"A pass is already running \(monitor {first}\)"
    with hold_pass_lock(address, f"monitor {first}", parse_shard(first)), pytest.raises(PassRunning, match=words):
        hold_pass_lock(address, "another", parse_shard(second)).__enter__()
    with hold_pass_lock(address, "another", parse_shard(second)):
        assert read_pass_holders(address) == ["another"]


def test_who_may_not_run_leaves_no_lock_behind(address):
    with hold_pass_lock(address, "whole"), pytest.raises(PassRunning):
        hold_pass_lock(address, "another", parse_shard("1/2")).__enter__()
    with hold_pass_lock(address, "third", parse_shard("1/2")):
        assert read_pass_holders(address) == ["third"]


def test_a_story_that_another_shard_stored_meanwhile_is_known_for_a_copy(tmp_path):
    whole = begin(tmp_path, NOW)
    one, two = (replace(whole, run_id=f"{shard}", shard=parse_shard(shard)) for shard in ("1/2", "2/2"))
    store_chunk(one, ReadChunk(1, (write("meridian", "A text of its own. It has two sentences."),), ()), is_import=True)
    store_chunk(two, ReadChunk(1, (write("norvik", TEXT),), ()), is_import=True)
    store_chunk(one, ReadChunk(2, (write("lumen", TEXT, minutes=5),), ()), is_import=True)

    pairs = "select wire_id, of_wire_id, similarity from copies"
    assert ask_lake(whole, pairs) == [("lumen", "norvik", 1.0)]
    assert ask_lake(whole, "select origin from articles where wire_id = 'lumen'") == [("norvik",)]


def test_what_another_shard_writes_into_the_archive_is_not_set_aside(tmp_path):
    run = replace(begin(tmp_path, NOW), shard=parse_shard("1/2"))
    folder = tmp_path / "raw" / "2025-12-11"
    folder.mkdir(parents=True)
    for mark in ("", "-1of2", "-2of2", "-1of3"):
        (folder / f".20251211T115500-0a1b2c{mark}-001.warc.gz.part").touch()
    tell_torn(run)
    assert [path.name for path in folder.iterdir()] == [".20251211T115500-0a1b2c-2of2-001.warc.gz.part"]
    assert len(list((tmp_path / "raw" / TORN).iterdir())) == 3
    tell_torn(replace(run, shard=WHOLE))
    assert list(folder.iterdir()) == []


async def test_while_another_pass_delivers_nothing_is_sent_and_that_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(locks, "DELIVERY_WAIT_S", 0.0)
    run = begin(tmp_path, NOW + timedelta(minutes=5))
    with hold_delivery_lock(run.address, "alert of 2/2"):
        report = await deliver_alerts(run)
    assert report.sent == 0
    assert report.errors == ("Another pass delivers alerts (alert of 2/2); what is due goes out with the next pass.",)


async def test_what_the_pass_that_began_first_raises_is_delivered_although_the_other_met_the_channel_first(tmp_path):
    earlier, later = begin(tmp_path, NOW), begin(tmp_path, NOW + timedelta(seconds=9))
    await deliver_alerts(later)
    store(earlier, tell("norvik-1", "2025-12-11 12:00", meet("ECU", "PAN", on="2025-12-23", place=CARTAGENA)))
    assert (await deliver_alerts(later)).sent + (await deliver_alerts(earlier)).sent == 1
    assert (await deliver_alerts(later)).sent == 0


def test_the_doctor_names_the_share_of_the_wires_that_nobody_asks(tmp_path):
    run = begin(tmp_path, NOW)
    for number, minutes in ((1, 5), (2, 50)):
        share = replace(run, shard=Shard(number, 3), run_id=f"20251211T110000-0a1b2{number}-{number}of3")
        record_run(share, "started")
        with write_lake(run.address, "test", NOW, "test") as lake:
            lake.connection.execute(
                "insert into run_facts by name select * replace ('finished' as event, ? as happened_at) from run_facts "
                "where run_id = ?",
                [NOW - timedelta(minutes=minutes), share.run_id],
            )
    with open_desk(tmp_path) as desk:
        at_noon = replace(desk, now=NOW)
        told = [finding.what for finding in check_passes(at_noon, timedelta(minutes=15)) if "over" in finding.what]
        quiet = [finding.state for finding in check_passes(at_noon, None) if "over" in finding.what]
    assert told == ["no pass over 2/3 has finished since 2025-12-11 11:10", "no pass over 3/3 has finished lately"]
    assert quiet == ["note"]
