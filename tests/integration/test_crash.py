"""kill -9 anywhere in a pass, then a pass: the lake holds what it would have held anyway, and alerts came once."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.edge.lake.adhoc import ask, connect_adhoc
from tasks.edge.lake.attach import locate_lake
from tasks.edge.sample import SampleServer, load_sample, sample_wires
from tasks.settings import read_settings
from tests.dying import POINTS
from tests.lakes import make_lake

ROOT = Path(__file__).parents[2]
WHOLE = load_sample(ROOT / "deploy" / "sample")
# Three agencies are stories enough for two chunks, meetings and alerts; each point reads them all twice.
SAMPLE = replace(WHOLE, agencies=WHOLE.agencies[:3])
NOW = datetime.now(UTC)  # noqa: TID251 - the sample wire is dated by the day on which it is shown

COUNTS = {
    "items by their end": "select outcome, count(*) from items group by all order by all",
    "articles": "select count(*), count(distinct article_id), count(distinct content_hash) from article_versions",
    "tags": "select topic, count(*) from topics group by all order by all",
    "actors and quotes": "select (select count(*) from actors), (select count(*) from quotes)",
    "meetings": "select kind, status, count(*), sum(claims) from meetings group by all order by all",
    "alerts": "select kind, name, parties, count(*) from alerts group by all order by all",
}


@pytest.fixture(scope="module")
def wire():
    with SampleServer(SAMPLE, NOW) as server:
        yield server


def prepare(home, wire):
    make_lake(home)
    feeds = home / "sample.toml"
    feeds.write_text(sample_wires(SAMPLE, wire.base_url), encoding="utf-8")
    kept = {
        name: value for name, value in os.environ.items() if name[:14] == "DATELINE_TEST_" or "DATELINE_" not in name
    }
    allowed = {"DATELINE_ALLOW": wire.base_url.removeprefix("http://")}
    return feeds, {**kept, **allowed, "DATELINE_ALERT_URLS": f"file:{home / 'alerts.jsonl'}"}


def run_pass(home, feeds, environment, *point):
    command = [sys.executable, "-m", "tests.dying", str(home), str(feeds), *point]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


def count_all(home):
    settings = read_settings(home, {})
    connection = connect_adhoc(locate_lake(settings), settings)
    try:
        return {name: ask(connection, statement).rows for name, statement in COUNTS.items()}
    finally:
        connection.close()


def list_delivered(home):
    lines = (home / "alerts.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["alert_id"] for line in lines]


@pytest.fixture(scope="module")
def unharmed(tmp_path_factory, wire):
    home = tmp_path_factory.mktemp("unharmed") / "home"
    feeds, environment = prepare(home, wire)
    done = run_pass(home, feeds, environment)
    assert done.returncode == 0, done.stderr
    return count_all(home)


@pytest.mark.parametrize("point", POINTS)
def test_a_pass_killed_when(point, tmp_path, wire, unharmed):
    home = tmp_path / "home"
    feeds, environment = prepare(home, wire)

    killed = run_pass(home, feeds, environment, point)
    after = run_pass(home, feeds, environment)

    assert killed.returncode == -9, killed.stderr
    assert after.returncode == 0, after.stderr
    assert count_all(home) == unharmed
    delivered = list_delivered(home)
    raised = sum(row[-1] for row in unharmed["alerts"])
    assert len(set(delivered)) == raised, "each alert came"
    assert len(delivered) == raised, "and none came twice"
