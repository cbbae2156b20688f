"""The main job as Prefect runs it: six stages with their edges, idempotent, one at a time."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.core.errors import EgressDown
from tasks.edge.lake.adhoc import ask, connect_adhoc
from tasks.edge.lake.attach import connect_writer, locate_lake
from tasks.edge.lake.locks import hold_pass_lock
from tasks.edge.sample import SampleServer, load_sample, sample_wires
from tasks.settings import read_settings
from tests.fakes import FakeWire, feed, item, ok, status
from tests.published import read_page, words_of

pytestmark = pytest.mark.prefect

SAMPLE = load_sample(Path(__file__).parents[2] / "deploy" / "sample")
NOW = datetime.now(UTC)  # noqa: TID251 - the sample wire is dated by the day on which it is shown


def select(home, statement):
    settings = read_settings(home, {})
    connection = connect_adhoc(locate_lake(settings), settings)
    try:
        return ask(connection, statement).rows
    finally:
        connection.close()


def write_wires(home, *wires):
    home.mkdir(parents=True, exist_ok=True)
    lines = [f'[[wire]]\nid = "{name}"\nfeeds = [{{ id = "{name}-feed", url = "{url}" }}]\n' for name, url in wires]
    path = home / "wires.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


@pytest.fixture
def sample_wire(tmp_path, monkeypatch, prefect_server):
    home = tmp_path / "home"
    home.mkdir()
    with SampleServer(SAMPLE, NOW) as server:
        monkeypatch.setenv("DATELINE_ALLOW", server.base_url.removeprefix("http://"))
        monkeypatch.setenv("DATELINE_ALERT_URLS", f"file:{home / 'alerts.jsonl'}")
        wires = home / "sample.toml"
        wires.write_text(sample_wires(SAMPLE, server.base_url), encoding="utf-8")
        yield server, home, str(wires)


@pytest.fixture
def fake_wire(tmp_path, monkeypatch, prefect_server):
    home = tmp_path / "home"
    with FakeWire() as wire:
        monkeypatch.setenv("DATELINE_ALLOW", wire.host)
        monkeypatch.setenv("DATELINE_ALERT_URLS", f"file:{home / 'alerts.jsonl'}")
        yield wire, home


async def run_monitor(home, wires, **more):
    from flows.monitor import monitor

    return await monitor(home=str(home), feeds_file=wires, all_feeds=True, return_state=True, **more)


async def test_a_pass_over_the_sample_wire_explains_every_entry_and_tells_each_summit_once(sample_wire):
    _, home, wires = sample_wire

    first = await run_monitor(home, wires)
    again = await run_monitor(home, wires)

    assert first.is_completed()
    assert again.is_completed()
    rows = select(home, "select found, known, repeated, new, stored, unexplained, alerts from runs order by started_at")
    assert rows[0][5] == rows[1][5] == 0
    assert rows[0][4] > 50
    assert rows[1][3] == 0, "a second pass over the same feeds finds nothing new"
    assert rows[1][6] == 0, "and raises nothing again"
    due = {summit["key"] for summit in SAMPLE.summits if summit["alerts"] and summit["act"] == 1}
    assert rows[0][6] == len(due)
    assert select(home, "select count(*), count(distinct meeting_id) from alerts where kind = 'summit.new'")[0] == (
        len(due), len(due),
    )  # fmt: skip


async def test_a_pass_publishes_and_a_folder_that_cannot_be_written_fails_none(sample_wire, monkeypatch):
    _, home, wires = sample_wire
    monkeypatch.setenv("DATELINE_PUBLISH", str(home / "out"))
    first = await run_monitor(home, wires)
    monkeypatch.setenv("DATELINE_PUBLISH", str(home / "sample.toml" / "out"))
    second = await run_monitor(home, wires)

    assert first.is_completed()
    assert second.is_completed()
    assert {"summits.ics", "alerts.atom", "index.html", "press.duckdb"} == {
        path.name for path in (home / "out").iterdir()
    }
    page = words_of(read_page((home / "out" / "index.html").read_bytes()))
    assert await first.aresult() in page
    assert select(home, "select status from runs") == (("finished",), ("finished",))


async def test_what_is_amiss_in_the_stored_data_is_told_on_the_page_of_the_pass_and_stops_nothing(sample_wire):
    from prefect.client.orchestration import get_client

    _, home, wires = sample_wire
    await run_monitor(home, wires)
    with closing(connect_writer(locate_lake(read_settings(home, {})))) as lake:
        lake.execute("delete from outcome_facts where item_id = (select min(item_id) from outcome_facts)")
    state = await run_monitor(home, wires)

    assert state.is_completed()
    async with get_client() as client:
        page = (await client._client.get("/artifacts/pass/latest")).json()["data"]
    assert "### Amiss in the stored data\n\n- Item that has no outcome and does not wait: 1 (" in page


async def test_the_second_act_brings_a_new_summit_one_held_one_moved_and_a_correction(sample_wire):
    server, home, wires = sample_wire
    await run_monitor(home, wires)
    before = select(home, "select count(*) from alerts")[0][0]

    server.show(2)
    await run_monitor(home, wires)

    corrections = [story for story in SAMPLE.stories if story.correction_of]
    assert select(home, "select count(*) from articles where version = 2")[0][0] == len(corrections)
    assert select(home, "select count(*) from alerts")[0][0] == before + 3
    kinds = "select kind from alerts where not is_first_load order by kind"
    assert list(select(home, kinds)) == [("summit.detail",), ("summit.new",), ("summit.status",)]


async def test_the_graph_shows_the_six_stages_in_a_row(sample_wire):
    from prefect.client.orchestration import get_client

    _, home, wires = sample_wire
    state = await run_monitor(home, wires)

    async with get_client() as client:
        answer = await client._client.get(f"/flow_runs/{state.state_details.flow_run_id}/graph-v2")
    nodes = {node["id"]: node for _, node in answer.json()["nodes"] if node["kind"] == "task-run"}
    links = {node_id: {child["id"] for child in node["children"]} for node_id, node in nodes.items()}
    at = next(node_id for node_id, node in nodes.items() if not node["parents"])
    labels = [nodes[at]["label"]]
    while links[at]:
        (at,) = links[at]
        labels.append(nodes[at]["label"])
    assert [label.split()[0] for label in labels] == ["poll", "fetch", "extract", "read", "store", "deliver"]
    assert len(nodes) == len(labels), "one task run a stage, whatever the number of feeds and articles"


async def test_a_second_monitor_ends_at_once_and_names_the_holder(sample_wire):
    _, home, wires = sample_wire
    await run_monitor(home, wires)

    with hold_pass_lock(locate_lake(read_settings(home, {})), "a pass of the test, process 1 on here, since noon"):
        state = await run_monitor(home, wires)

    assert state.is_completed()
    assert state.name == "Skipped"
    assert "a pass of the test, process 1 on here" in state.message


async def test_what_goes_wrong_is_named_and_the_rest_goes_on(fake_wire):
    wire, home = fake_wire
    date = f"{NOW:%a, %d %b %Y %H:%M:%S} GMT"
    paragraphs = b"".join(b"<p>The envoys met in Vienna for round %d of the talks.</p>" % n for n in range(30))
    story = ok(b"<html><body><article><h1>Envoys meet</h1>" + paragraphs + b"</article></body></html>")
    wire.say("/good", story)
    wire.say("/empty", ok(b""))
    wire.say("/gone", status(404))
    bare = f"<item><title>Talks without a date</title><link>{wire.url('/bare')}</link></item>"
    wire.say("/bare", story)
    wire.say(
        "/feed",
        feed(
            item(1, link=wire.url("/good"), date=date) + item(2, link=wire.url("/empty"), date=date)
            + item(3, link=wire.url("/gone"), date=date) + bare
        ),
    )  # fmt: skip
    wire.say("/page", ok(b"<html><body>Welcome to our site</body></html>"))
    wires = write_wires(
        home, ("sound", wire.url("/feed")), ("html", wire.url("/page")), ("dead", "http://127.0.0.1:9/feed")
    )

    state = await run_monitor(home, wires)

    assert state.is_completed()
    failed = dict(select(home, "select wire_id, failure from polls where outcome = 'failed'"))
    assert failed.keys() == {"html", "dead"}
    assert failed["html"] == "html_not_feed"
    ends = dict(select(home, "select parse_filename(url), outcome || ' ' || coalesce(reason, '') from items"))
    assert ends["good"].startswith("stored")
    assert ends["empty"] == "waiting empty_body"
    assert ends["gone"] == "waiting http_404"
    assert select(home, "select unexplained from runs") == ((0,),)
    sources = dict(select(home, "select title, published_source from items"))
    assert sources["Talks without a date"] == "none"


async def test_a_pass_that_reaches_no_feed_at_all_fails_and_loses_nothing(fake_wire, monkeypatch):
    _, home = fake_wire
    monkeypatch.setenv("DATELINE_ALLOW", "127.0.0.1:9")
    wires = write_wires(home, *((f"dead{n}", f"http://127.0.0.1:9/{n}") for n in range(4)))

    state = await run_monitor(home, wires)

    assert state.is_failed()
    with pytest.raises(EgressDown, match="no way out"):
        await state.aresult()
    assert select(home, "select status from runs") == (("failed",),)
