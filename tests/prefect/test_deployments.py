"""Schedules: what deploy/prefect.yaml names loads, and `dateline serve` completes a scheduled run."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import yaml

from tests.catalog import builtin_catalog
from tests.fakes import Answer, FakeWire, feed, head

pytestmark = pytest.mark.prefect

ROOT = Path(__file__).parents[2]
DEPLOYMENTS = yaml.safe_load((ROOT / "deploy" / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
PATIENCE_S = 240  # a bound, not a wait: the heartbeat sets the event


@pytest.mark.parametrize("table", DEPLOYMENTS, ids=lambda table: table["name"])
def test_every_entrypoint_loads_without_the_placeholder(table, prefect_server):
    # Prefect reads which server it talks to when it is first imported, so here too the tests' own must be named before.
    from prefect.flows import load_flow_from_entrypoint

    flow = load_flow_from_entrypoint(str(ROOT / table["entrypoint"]), use_placeholder_flow=False)

    assert flow.name == table["name"]
    flow.validate_parameters({"home": "/srv/dateline"})


def test_no_file_of_flows_hides_another_module():
    installed = {name.partition(".")[0] for name in sys.stdlib_module_names}
    for path in (ROOT / "flows").glob("*.py"):
        if path.stem.startswith("__"):
            continue
        assert path.stem not in installed
        site = Path(sys.prefix).glob(f"lib/python*/site-packages/{path.stem}*")
        assert not [found for found in site if found.name in {path.stem, f"{path.stem}.py"}]
        assert not (ROOT / path.stem).exists()


def listen_for_heartbeat(wire):
    came = threading.Event()

    async def play(request, writer):
        writer.write(head(200, {"Content-Length": "2"}) + b"ok")
        came.set()

    wire.say("/heartbeat", Answer(play))
    return came


def serving_environment(wire, home, **more):
    own = {
        "DATELINE_ALLOW": wire.host,
        "DATELINE_HEARTBEAT_URL": wire.url("/heartbeat"),
        "DATELINE_ALERT_URLS": f"file:{home / 'alerts.jsonl'}",
        **more,
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DATELINE_", "PREFECT_"))}
    return {**kept, **own}


def write_overlay(home, wire):
    """The built-in wires switched off, and one of ours on loopback."""

    wire.say("/feed", feed(""))
    (home / "catalog").mkdir(parents=True)
    off = "".join(f'[[wire]]\nid = "{known.wire_id}"\nenabled = false\n' for known in builtin_catalog().wires)
    own = f'[[wire]]\nid = "own"\nfeeds = [{{ id = "own-feed", url = "{wire.url("/feed")}" }}]\n'
    (home / "catalog" / "wires.toml").write_text(off + own, encoding="utf-8")


def start_serving(home, environment):
    command = [sys.executable, "-m", "flows", "serve", "--home", str(home), "--every", "10"]
    return subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)


def stop_serving(process):
    process.terminate()
    process.wait(60)


def test_a_scheduled_run_completes_through_serve_itself(tmp_path):
    home = tmp_path / "home"
    with FakeWire() as wire:
        came = listen_for_heartbeat(wire)
        write_overlay(home, wire)
        process = start_serving(home, serving_environment(wire, home))
        try:
            assert came.wait(PATIENCE_S), "no scheduled run finished"
        finally:
            stop_serving(process)

    assert not (home / "prefect" / "served.json").exists(), "its own server ends with it"


def test_serve_and_deploy_on_one_server_hold_one_schedule(tmp_path, prefect_server):
    from prefect.client.orchestration import get_client

    home = tmp_path / "home"
    with FakeWire() as wire:
        came = listen_for_heartbeat(wire)
        write_overlay(home, wire)
        environment = serving_environment(wire, home, PREFECT_API_URL=prefect_server, PREFECT_HOME=str(tmp_path / "p"))
        deploy(environment, home)
        process = start_serving(home, environment)
        try:
            assert came.wait(PATIENCE_S), "no scheduled run finished"
        finally:
            stop_serving(process)
        deploy(environment, home)

    with get_client(sync_client=True) as client:
        found = client.read_deployments()
    assert sorted(each.name for each in found) == ["monitor", "reread", "upkeep"]
    schedules = {each.name: len(each.schedules) for each in found}
    assert schedules == {"monitor": 1, "upkeep": 1, "reread": 0}


def deploy(environment, home):
    environment = {**environment, "DATELINE_CHECKOUT": str(ROOT), "DATELINE_HOME": str(home)}
    prefect = [sys.executable, "-m", "prefect"]
    pool = [*prefect, "work-pool", "create", "dateline", "--type", "process", "--overwrite"]
    subprocess.run(pool, env=environment, cwd=ROOT, check=True, capture_output=True)
    command = [*prefect, "--no-prompt", "deploy", "--all", "--prefect-file", "deploy/prefect.yaml"]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
