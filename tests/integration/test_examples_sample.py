"""The example questions have answers on the sample wire, as whoever tries them first will see."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tasks.desk.desk import open_desk
from tasks.edge.lake.adhoc import ask, find_parameters
from tasks.edge.lake.statements import list_sql
from tasks.edge.sample import SampleServer, load_sample, sample_wires
from tests.passes import run_pass

SAMPLE = load_sample(Path(__file__).parents[2] / "deploy" / "sample")
NOW = datetime.now(UTC)  # noqa: TID251 - the sample wire is dated by the day on which it is shown

# What a lake of two healthy polls has none of: gaps, silent feeds, stories taken back, alerts that no channel took.
WITHOUT_ANSWER = {"gaps", "silent_feeds", "undelivered", "withdrawn"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """Two polls of the sample wire, now: the questions ask of the last days."""
    folder = tmp_path_factory.mktemp("sample")
    with SampleServer(SAMPLE, NOW) as server:
        feeds = folder / "sample.toml"
        feeds.write_text(sample_wires(SAMPLE, server.base_url), encoding="utf-8")
        for act in (1, 2):
            server.show(act)
            allowed = server.base_url.removeprefix("http://")
            run_pass(folder / "home", feeds, allow=allowed, now=NOW + timedelta(minutes=act))
    with open_desk(folder / "home") as opened:
        yield opened


@pytest.mark.parametrize("example", list_sql("examples"), ids=lambda example: example.name)
def test_an_example_has_rows_on_the_sample_wire(example, desk):
    ((meeting,),) = ask(desk.connection, "select meeting_id from summits where name = 'Cartagena Summit'").rows
    values = {
        "rules_version": "", "since": "2020-01-01", "on": f"{NOW:%Y-%m-%d}", "name": "Panama",
        "words": "ceasefire", "country": "Egypt", "topic": "conflict", "meeting": meeting[:8],
    }  # fmt: skip
    if example.name == "person":
        values["name"] = "Batista"
    given = {name: values[name] for name in find_parameters(example.text)}
    answer = ask(desk.connection, example.text, given or None)
    if example.name not in WITHOUT_ANSWER:
        assert answer.rows
