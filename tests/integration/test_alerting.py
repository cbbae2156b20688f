"""Deliveries from a real lake to real channels: at least once, one key, no channel in another's way."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tasks.core.alerts.plan import MAX_TRIES
from tasks.core.errors import BadInput
from tasks.edge import alerting, sending
from tasks.edge.alerting import call_heartbeat, deliver_alerts
from tasks.edge.channel_checks import find_channel_faults
from tasks.edge.channel_trial import try_lines
from tasks.edge.lake.write import write_lake
from tasks.settings import read_settings
from tests.catalog import builtin_catalog
from tests.claims import CARTAGENA, GENEVA, at, meet, tell
from tests.fakes import FakeWire, hang, ok, status
from tests.homes import ask_lake, begin, store

NOW = at("2025-12-11 12:00")
ANDES = tell("norvik-1", "2025-12-11 09:00", meet("ECU", "PAN", on="2025-12-23", place=CARTAGENA), wire_id="norvik")
NILE = tell("lumen-1", "2025-12-11 10:00", meet("EGY", "ETH", on="2025-12-28", place=GENEVA), wire_id="lumen")
TAKEN = ok(b"{}", "application/json")


def after(**parts: float):
    return NOW + timedelta(**parts)


def environ(wire: FakeWire, *addresses: str) -> dict[str, str]:
    return {"DATELINE_ALLOW": wire.host, "DATELINE_ALERT_URLS": ",".join(addresses)}


def read_file(home) -> list[str]:
    """The stories of the alerts in the file, in order."""
    path = home / "alerts.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [json.loads(line)["article_id"] for line in lines]


def keys(wire: FakeWire) -> list[str]:
    return [request.headers["idempotency-key"] for request in wire.asked("/hook")]


async def test_an_alert_is_delivered_once(tmp_path):
    run = begin(tmp_path, NOW)
    store(run, ANDES, NILE)

    first = await deliver_alerts(run)
    again = await deliver_alerts(begin(tmp_path, after(minutes=5)))

    assert (first.sent, first.failed, again.sent) == (2, 0, 0)
    assert sorted(read_file(tmp_path)) == ["lumen-1", "norvik-1"]
    assert ask_lake(run, "select outcome, attempts, count(*) from deliveries group by all") == [("sent", 1, 2)]
    assert ask_lake(run, "select bool_and(is_delivered) from alerts") == [(True,)]


async def test_a_pass_killed_before_its_first_delivery_loses_no_alert(tmp_path):
    store(begin(tmp_path, NOW), ANDES)

    run = begin(tmp_path, after(minutes=5))
    report = await deliver_alerts(run)

    assert (report.sent, read_file(tmp_path)) == (1, ["norvik-1"])


async def test_a_pass_killed_after_sending_sends_again_under_the_same_key(tmp_path, wire, monkeypatch):
    wire.say("/hook", TAKEN)
    line = environ(wire, f"webhook+{wire.url('/hook')}")
    run = begin(tmp_path, NOW, line)
    store(run, ANDES)

    with monkeypatch.context() as killed:
        killed.setattr(alerting, "write_lake", lambda *_: pytest.fail("the process died here"))
        with pytest.raises(pytest.fail.Exception):
            await deliver_alerts(run)
    await deliver_alerts(begin(tmp_path, after(minutes=5), line))

    assert len(keys(wire)) == 2
    assert len(set(keys(wire))) == 1
    assert keys(wire)[0] == ask_lake(run, "select alert_id from alerts")[0][0]


async def test_a_channel_added_later_gets_only_what_is_raised_after_it(tmp_path, wire):
    wire.say("/hook", TAKEN)
    run = begin(tmp_path, NOW)
    store(run, ANDES)
    await deliver_alerts(run)

    line = environ(wire, f"file:{tmp_path / 'alerts.jsonl'}", f"webhook+{wire.url('/hook')}")
    await deliver_alerts(begin(tmp_path, after(minutes=5), line))
    assert keys(wire) == []

    later = begin(tmp_path, after(minutes=10), line)
    store(later, NILE)
    await deliver_alerts(later)

    assert len(keys(wire)) == 1
    assert read_file(tmp_path) == ["norvik-1", "lumen-1"]


async def test_what_a_first_load_raises_is_one_message(tmp_path, wire):
    wire.say("/hook", TAKEN)
    run = begin(tmp_path, NOW, environ(wire, f"webhook+{wire.url('/hook')}"))
    store(run, ANDES, NILE, is_first_load=True)

    report = await deliver_alerts(run)

    (request,) = wire.asked("/hook")
    body = json.loads(request.body)
    assert report.sent == 2
    assert body["title"] == "On the wires when you began: 2 planned summits"
    assert {alert["article_id"] for alert in body["alerts"]} == {"norvik-1", "lumen-1"}
    assert "Ecuador and Panama, Cartagena (Colombia), 23 December 2025, planned" in body["text"]


async def test_a_channel_that_is_down_delays_no_other(tmp_path, wire, monkeypatch):
    monkeypatch.setattr(sending, "SEND_S", 0.3)
    wire.say("/hook", hang())
    run = begin(tmp_path, NOW, environ(wire, f"webhook+{wire.url('/hook')}", f"file:{tmp_path / 'alerts.jsonl'}"))
    store(run, ANDES, NILE)

    report = await deliver_alerts(run)

    assert sorted(read_file(tmp_path)) == ["lumen-1", "norvik-1"]
    # After one failure the channel is left alone for this pass, so that it cannot hold up the next one either.
    assert (report.sent, report.failed, len(wire.asked("/hook"))) == (2, 1, 1)
    assert wire.host in report.errors[0]


async def test_a_failed_delivery_is_tried_again_when_its_time_has_come(tmp_path, wire):
    wire.say("/hook", status(503), TAKEN)
    line = environ(wire, f"webhook+{wire.url('/hook')}")
    run = begin(tmp_path, NOW, line)
    store(run, ANDES)

    reports = [await deliver_alerts(begin(tmp_path, NOW + pause, line)) for pause in map(seconds, (0, 30, 60))]

    assert [(report.sent, report.failed) for report in reports] == [(0, 1), (0, 0), (1, 0)]
    assert len(set(keys(wire))) == 1
    assert ask_lake(run, "select attempt, outcome from lake.delivery_facts order by attempt") == [
        (1, "failed"),
        (2, "sent"),
    ]


def seconds(number: int) -> timedelta:
    return timedelta(seconds=number)


async def test_a_delivery_that_failed_too_often_is_given_up(tmp_path, wire):
    wire.say("/hook", status(500))
    line = environ(wire, f"webhook+{wire.url('/hook')}")
    run = begin(tmp_path, NOW, line)
    store(run, ANDES)
    await deliver_alerts(run)
    with write_lake(run.address, "test", NOW, "as if it had failed before") as lake:
        ((failed),) = lake.connection.execute("from delivery_facts").pl().to_dicts()
        lake.append("delivery_facts", [{**failed, "attempt": number} for number in range(2, MAX_TRIES)])

    last = await deliver_alerts(begin(tmp_path, after(hours=1), line))
    more = await deliver_alerts(begin(tmp_path, after(hours=9), line))

    assert (last.failed, last.dead, "given up" in last.errors[0]) == (0, 1, True)
    assert (more.failed, more.dead, len(keys(wire))) == (0, 0, 2)


async def test_an_address_that_no_channel_knows_is_a_failure_of_its_own(tmp_path, wire):
    run = begin(tmp_path, NOW, environ(wire, "carrierpigeon://loft", f"file:{tmp_path / 'alerts.jsonl'}"))
    store(run, ANDES)

    report = await deliver_alerts(run)

    assert (report.sent, report.failed, read_file(tmp_path)) == (1, 1, ["norvik-1"])
    (fault,) = find_channel_faults(run.settings, run.catalog)
    assert "carrierpigeon" in fault


async def test_no_secret_of_a_channel_is_stored(tmp_path, wire):
    wire.say("/hooks/T0K3N-T0K3N", status(500))
    run = begin(tmp_path, NOW, environ(wire, f"webhook+{wire.url('/hooks/T0K3N-T0K3N')}?secret=very-secret"))
    store(run, ANDES)
    await deliver_alerts(run)

    stored = str(ask_lake(run, "from lake.channel_facts") + ask_lake(run, "from lake.delivery_facts"))

    assert wire.host in stored
    assert "T0K3N" not in stored
    assert "very-secret" not in stored


# --- dateline alerts test, and the heartbeat -------------------------------------------------------------------------


async def test_a_test_goes_to_every_channel_and_says_what_each_answered(tmp_path, wire):
    wire.say("/hook", status(500))
    settings = read_settings(
        tmp_path, environ(wire, "file:alerts.jsonl", f"webhook+{wire.url('/hook')}", "carrierpigeon://loft")
    )

    answers = [answer for _, answer in await try_lines(settings, builtin_catalog())]

    assert answers[0] == f"written to {tmp_path / 'alerts.jsonl'}"
    assert answers[1].startswith(f"failed: {wire.host} answered 500")
    assert answers[2].startswith("failed: DATELINE_ALERT_URLS")


@pytest.mark.parametrize("name", ["webhook", "127.0.0.1", "WEBHOOK+HTTP"])
async def test_a_channel_is_meant_by_scheme_or_by_what_is_shown_of_it(tmp_path, wire, name):
    wire.say("/hook", TAKEN)
    settings = read_settings(tmp_path, environ(wire, "file:alerts.jsonl", f"webhook+{wire.url('/hook')}"))

    answers = await try_lines(settings, builtin_catalog(), name)

    assert [answer for _, answer in answers] == [f"{wire.host} answered 200"]
    assert json.loads(wire.requests[0].body)["kind"] == "test"


async def test_a_name_that_means_no_channel_is_bad_input(tmp_path, wire):
    with pytest.raises(BadInput, match="pager"):
        await try_lines(read_settings(tmp_path, environ(wire, "log:")), builtin_catalog(), "pager")


async def test_the_heartbeat_is_called(tmp_path, wire):
    url = wire.say("/beat/secret-id", ok(b""))
    settings = read_settings(tmp_path, {"DATELINE_ALLOW": wire.host, "DATELINE_HEARTBEAT_URL": url})

    assert await call_heartbeat(settings) is None
    assert len(wire.asked("/beat/secret-id")) == 1


async def test_a_heartbeat_that_fails_is_a_sentence_without_the_path(tmp_path, wire):
    url = wire.say("/beat/secret-id", status(500))
    settings = read_settings(tmp_path, {"DATELINE_ALLOW": wire.host, "DATELINE_HEARTBEAT_URL": url})

    fault = await call_heartbeat(settings)

    assert "answered 500" in fault
    assert "secret-id" not in fault


async def test_without_a_heartbeat_nothing_is_called(tmp_path):
    assert await call_heartbeat(read_settings(tmp_path, {})) is None


async def test_a_heartbeat_that_is_no_web_address_is_said_to_be_none(tmp_path):
    settings = read_settings(tmp_path, {"DATELINE_HEARTBEAT_URL": "beat.example/x"})

    assert "DATELINE_HEARTBEAT_URL" in (await call_heartbeat(settings) or "")
