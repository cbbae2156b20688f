"""deploy/apply_automations.py on a real server: it ends with what the file says, and an alert's event reaches a webhook."""

import json
import os
import subprocess
import sys
import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml

from tests.fakes import Answer, FakeWire, head

pytestmark = pytest.mark.prefect

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "deploy" / "apply_automations.py"
FILE = ROOT / "deploy" / "automations.yaml"
PATIENCE_S = 120  # a bound, not a wait: the webhook sets the event
ALERT = {
    "alert_id": "a1b2c3",
    "kind": "summit.new",
    "meeting_id": "m1",
    "wire_id": "norvik",
    "value": "planned",
    "before": None,
    "article_id": "s1",
    "article_url": "https://norvik.example/s1",
    "wire": "Norvik Press",
    "title": "Leaders to meet in Port Alder",
    "sentence": 'The leaders of “Arvonia” and Belmark will hold a "quiet" summit in Port Alder on 3 May, O\'Dell said.',
    "name": None,
    "parties": ["Arvonia", "Belmark"],
    "place": "Port Alder",
    "from_day": date(2027, 5, 3),
    "to_day": date(2027, 5, 3),
    "status": "planned",
    "wires": 1,
    "origins": 1,
    "raised_at": datetime(2027, 4, 20, 8, tzinfo=UTC),
}
SILENT = {
    **dict.fromkeys(("meeting_id", "place", "from_day", "to_day")),
    "alert_id": "g7h8i9",
    "kind": "wire.silent",
    "title": "Norvik Press is silent",
    "parties": [],
}


@pytest.fixture
def server(prefect_server, tmp_path, monkeypatch):
    """The server without automations, before and after."""
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "home"))
    with open_client() as client:
        assert str(client.api_url).startswith(prefect_server), "no other server is cleared"
    clear_server()
    yield prefect_server
    clear_server()


def open_client():
    from prefect.client.orchestration import get_client

    return get_client(sync_client=True)


def clear_server():
    from prefect.exceptions import ObjectNotFound

    with open_client() as client:
        for each in client.read_automations():
            client.delete_automation(each.id)
        try:
            block = client.read_block_document_by_name("summit-alert", "webhook")
        except ObjectNotFound:
            return
        client.delete_block_document(block.id)


def read_server():
    """Every automation of the server as it stands there, its id and times included, by name."""
    with open_client() as client:
        found = client._client.post("/automations/filter", json={}).json()
    return {each["name"]: each for each in found}


def apply(*arguments, **environ):
    """Run the script as an operator does; its exit code, its lines, and what it says on stderr."""
    command = [sys.executable, str(SCRIPT), *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **environ}, capture_output=True, text=True)
    return done.returncode, done.stdout.splitlines(), done.stderr


def write_file(folder, tables, name="automations.yaml"):
    path = folder / name
    path.write_text(yaml.safe_dump({"automations": tables}), encoding="utf-8")
    return path


def read_tables():
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))["automations"]


def listen(wire, path):
    """The address of a webhook, and what is set when it was called."""
    came = threading.Event()

    async def play(request, writer):
        writer.write(head(200, {"Content-Length": "2"}) + b"ok")
        came.set()

    return wire.say(path, Answer(play)), came


def emit_and_wait(came, **more):
    """Emit an alert's event and wait until the webhook was called: of two at once Prefect may lose one."""
    from tasks.alert import emit_raised

    came.clear()
    emit_raised({**ALERT, **more})
    assert came.wait(PATIENCE_S), more


def test_applied_twice_the_file_changes_nothing_and_one_change_touches_one(server, tmp_path):
    first = apply()
    made = read_server()
    again = apply()
    kept = read_server()
    tables = read_tables()
    tables[0]["trigger"]["within"] = 600
    changed = apply(write_file(tmp_path, tables))
    after = read_server()

    no_block = "post-alerts: left out, the server has no block webhook/summit-alert"
    assert first[0] == 0, first[2]
    assert first[1][:3] == ["crash-zombie-runs: made", "note-summit-alerts: made", "note-wire-alerts: made"]
    assert first[1][3].startswith(no_block)
    assert [line.partition(": ")[2] for line in again[1][:3]] == ["as it was"] * 3
    assert kept == made, "the same ids and the same times of change"
    assert changed[1][:3] == [
        "crash-zombie-runs: changed",
        "note-summit-alerts: as it was",
        "note-wire-alerts: as it was",
    ]
    assert {name for name in made if after[name] != made[name]} == {"crash-zombie-runs"}
    assert after["crash-zombie-runs"]["id"] == made["crash-zombie-runs"]["id"]
    assert after["crash-zombie-runs"]["trigger"]["within"] == 600


def test_only_what_it_made_itself_is_removed(server, tmp_path):
    from prefect.events.schemas.automations import AutomationCore

    zombie, summits, wires, _ = read_tables()
    with open_client() as client:
        client.create_automation(AutomationCore.model_validate({**wires, "name": "somebody's own"}))
        client.create_automation(AutomationCore.model_validate({**summits, "description": "made by hand"}))
    apply(write_file(tmp_path, [zombie, summits, wires]))
    apply(write_file(tmp_path, [zombie], "other.yaml"))
    both = read_server()
    last = apply(write_file(tmp_path, [wires]))

    assert both.keys() == {"crash-zombie-runs", "note-summit-alerts", "note-wire-alerts", "somebody's own"}
    assert both["note-summit-alerts"]["description"] == "", "what the file does not say is taken back"
    assert last[1] == ["note-wire-alerts: as it was", "crash-zombie-runs: removed"]
    assert read_server().keys() == {"note-summit-alerts", "note-wire-alerts", "somebody's own"}


def test_the_events_of_alerts_reach_the_webhook_and_its_address_is_told_nowhere(server):
    with FakeWire() as wire:
        old = apply("--webhook", wire.url("/old?token=hidden1"))
        address, came = listen(wire, "/new?token=hidden2")
        new = apply(DATELINE_PREFECT_WEBHOOK=address)
        later = apply()
        emit_and_wait(came)
        emit_and_wait(came, alert_id="d4e5f6", kind="summit.retracted", status="withdrawn")
        emit_and_wait(came, **SILENT)
        told = {body["alert"]: body for body in (json.loads(each.body) for each in wire.requests)}

    assert old[1] == [
        "webhook block summit-alert: made", "crash-zombie-runs: made", "note-summit-alerts: made",
        "note-wire-alerts: made", "post-alerts: made",
    ]  # fmt: skip
    assert new[1][0] == "webhook block summit-alert: changed"
    assert {line.partition(": ")[2] for line in [*new[1][1:], *later[1]]} == {"as it was"}
    assert len(later[1]) == 4, "without an address the block stays as it is, and what hangs on it too"
    assert "hidden" not in str([old, new, later])
    assert told.keys() == {"a1b2c3", "d4e5f6", "g7h8i9"}
    assert told["a1b2c3"]["sentence"] == ALERT["sentence"]
    assert told["a1b2c3"]["parties"] == ["Arvonia", "Belmark"]
    assert (told["a1b2c3"]["kind"], told["a1b2c3"]["from"]) == ("summit.new", "2027-05-03")
    assert told["d4e5f6"]["kind"] == "summit.retracted"
    assert (told["g7h8i9"]["kind"], told["g7h8i9"]["about"]) == ("wire.silent", "Norvik Press is silent")
    assert told["g7h8i9"]["place"] == ""


def test_the_address_is_kept_as_a_secret_and_other_settings_of_the_block_stay(server):
    from prefect.blocks.webhook import Webhook

    apply("--webhook", "https://hooks.norvik.example/hidden1")
    block = Webhook.load("summit-alert")
    block.verify = False
    block.save("summit-alert", overwrite=True)
    apply("--webhook", "https://hooks.norvik.example/hidden2")

    block = Webhook.load("summit-alert")
    assert block.url.get_secret_value() == "https://hooks.norvik.example/hidden2"
    assert block.verify is False
    with open_client() as client:
        shown = client.read_block_document_by_name("summit-alert", "webhook", include_secrets=False)
    assert "hidden" not in str(shown.data)


def break_table(**more):
    return [{**read_tables()[1], **more}]


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        (None, "has no list `automations`"),
        ([{"enabled": True}], "Automation 1 of"),
        (break_table() * 2, "more than one automation named note-summit-alerts"),
        (break_table(actions=[{"type": "do-everything"}]), "actions.0.type is none that Prefect has"),
        (break_table(actions=[{"type": "call-webhook"}]), "actions.0.CallWebhook.block_document_id: Field required"),
        (break_table(trigger={**read_tables()[1]["trigger"], "within": "soon"}), "note-summit-alerts of"),
        (break_table(triger={}), "what Prefect does not know: triger"),
        (break_table(trigger={**read_tables()[1]["trigger"], "witin": 5}), "what Prefect does not know: trigger.witin"),
    ],
    ids=[
        "no list",
        "no name",
        "a name twice",
        "an unknown action",
        "an action that lacks something",
        "no time",
        "a misspelt key",
        "a misspelt key deep down",
    ],
)
def test_a_file_with_a_fault_changes_nothing_and_is_told_in_one_sentence(server, tmp_path, tables, words):
    path = write_file(tmp_path, [read_tables()[0], *tables] if tables and tables[0].get("name") else tables)
    code, lines, fault = apply(path)

    assert (code, lines, fault.count("\n")) == (2, [], 1), fault
    assert words in fault
    assert read_server() == {}


@pytest.mark.parametrize(
    ("arguments", "environ", "code", "words"),
    [
        (["missing.yaml"], {}, 2, "missing.yaml cannot be read (No such file or directory)"),
        (["deploy/Dockerfile"], {}, 2, "deploy/Dockerfile is no YAML (line"),
        (["--webhook", "hooks.norvik.example/hidden"], {}, 2, "The address of the webhook is none"),
        ([], {"PREFECT_API_URL": "http://somebody:hidden@127.0.0.1:9/api"}, 1, "at http://127.0.0.1:9/api does not answer"),
        ([], {"PREFECT_API_URL": ""}, 1, "No Prefect server is named"),
    ],
    ids=["no file", "no YAML", "no address", "no answer", "no server"],
)  # fmt: skip
def test_what_cannot_be_done_is_told_in_one_sentence(tmp_path, arguments, environ, code, words):
    home = {"DATELINE_HOME": str(tmp_path / "home"), "PREFECT_HOME": str(tmp_path / "prefect")}
    found = apply(*arguments, **home, **environ)

    assert found[:2] == (code, [])
    assert (found[2].count("\n"), words in found[2]) == (1, True), found[2]
    assert "hidden" not in found[2]


def test_what_the_server_refuses_is_named(server, tmp_path):
    table = read_tables()[3]
    table["actions"][0]["payload"] = "{{ event.id"
    code, lines, fault = apply(write_file(tmp_path, [table]), "--webhook", "https://hooks.norvik.example/hidden")

    assert (code, lines) == (1, ["webhook block summit-alert: made"])
    assert "would not take post-alerts (HTTP 422): body.actions.0." in fault
    assert "payload" in fault
    assert "hidden" not in fault


def test_a_name_that_the_server_has_twice_is_refused(server, tmp_path):
    from prefect.events.schemas.automations import AutomationCore

    with open_client() as client:
        for _ in range(2):
            client.create_automation(AutomationCore.model_validate(read_tables()[1]))
    code, lines, fault = apply()

    assert (code, lines) == (1, [])
    assert "2 automations named note-summit-alerts" in fault
    assert len(read_server()) == 1, "nothing was made"
