"""Every channel by its real path: a file, the log, a signed webhook and a service of apprise, on loopback."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import replace
from pathlib import Path

import pytest

import tasks.edge.channels
from tasks.core.alerts.digest import make_message, make_test_message
from tasks.core.errors import ChannelFailed, ChannelUnknown
from tasks.edge import sending
from tasks.edge.channel_checks import find_channel_faults
from tasks.edge.channels.apprise import defuse
from tasks.edge.sending import open_channel, send_message
from tasks.settings import Settings, read_settings
from tests.catalog import builtin_catalog
from tests.claims import ALERT, at, raise_alert
from tests.fake_mail import FakeMail
from tests.fakes import FakeWire, hang, ok, redirect, status

MESSAGE = make_message([ALERT], {"ECU": "Ecuador", "PAN": "Panama", "COL": "Colombia"})
TAKEN = ok(b"{}", "application/json")


@pytest.fixture
def settings(tmp_path: Path, wire: FakeWire) -> Settings:
    return read_settings(tmp_path, {"DATELINE_ALLOW": wire.host})


async def send(address: str, settings: Settings, message=MESSAGE) -> str:
    return await send_message(open_channel(address, settings), message, address)


async def refusal_of(address: str, settings: Settings) -> ChannelFailed:
    with pytest.raises(ChannelFailed) as caught:
        await send(address, settings)
    return caught.value


# --- log -------------------------------------------------------------------------------------------------------------


async def test_the_log_gets_title_and_text(settings, caplog):
    await send("log:", settings)

    (record,) = caplog.records
    assert (record.name, record.getMessage()) == ("dateline.alerts", f"{MESSAGE.title}\n{MESSAGE.text}")


# --- file ------------------------------------------------------------------------------------------------------------


async def test_a_file_gets_one_alert_a_line(settings, tmp_path):
    load = make_message([raise_alert(name, is_first_load=True) for name in "abc"], {})

    await send(f"file:{tmp_path}/new/alerts.jsonl", settings)
    await send(f"file://{tmp_path}/new/alerts.jsonl", settings, load)

    lines = (tmp_path / "new" / "alerts.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["alert_id"] for line in lines] == ["a1", "a", "b", "c"]


async def test_a_relative_file_lies_in_the_home(settings, tmp_path):
    await send("file:alerts.jsonl", settings, make_test_message(at("2025-12-11 12:00")))

    assert json.loads((tmp_path / "alerts.jsonl").read_text(encoding="utf-8"))["kind"] == "test"


async def test_a_line_that_a_crash_cut_off_spoils_no_other(settings, tmp_path):
    (tmp_path / "alerts.jsonl").write_text('{"alert_id":"cut o', encoding="utf-8")

    await send("file:alerts.jsonl", settings)

    last = (tmp_path / "alerts.jsonl").read_text(encoding="utf-8").splitlines()[-1]
    assert json.loads(last)["alert_id"] == "a1"


async def test_a_file_that_cannot_be_written_is_a_failure_that_names_it(settings, tmp_path):
    (tmp_path / "plain").write_text("", encoding="utf-8")

    refusal = await refusal_of(f"file:{tmp_path}/plain/alerts.jsonl", settings)

    assert str(tmp_path / "plain" / "alerts.jsonl") in str(refusal)


# --- webhook ---------------------------------------------------------------------------------------------------------


async def test_a_webhook_gets_json_with_key_and_signature_and_not_its_secret(settings, wire):
    url = wire.say("/hook?desk=1", TAKEN)

    answer = await send(f"webhook+{url}&secret=a%2Bb", settings)

    (request,) = wire.requests
    signature = hmac.new(b"a+b", request.body, hashlib.sha256).hexdigest()
    assert answer == f"{wire.host} answered 200"
    assert (request.method, request.path) == ("POST", "/hook?desk=1")
    assert request.headers["idempotency-key"] == "a1"
    assert request.headers["x-dateline-event"] == "summit.new"
    assert request.headers["x-dateline-signature"] == f"sha256={signature}"
    assert json.loads(request.body) == json.loads(json.dumps(dict(MESSAGE.body)))


async def test_a_webhook_without_a_secret_is_not_signed(settings, wire):
    await send(f"webhook+{wire.say('/hook', TAKEN)}", settings)

    assert "x-dateline-signature" not in wire.requests[0].headers


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        pytest.param(status(500), "answered 500", id="an error of the server"),
        pytest.param(status(404), "answered 404", id="not there"),
        pytest.param(redirect("/elsewhere"), "answered 302", id="a redirect"),
    ],
)
async def test_a_webhook_that_does_not_take_it_is_a_failure_without_secrets(settings, wire, answer, words):
    url = wire.say("/hooks/T0K3N-T0K3N", answer)

    refusal = await refusal_of(f"webhook+{url}?secret=very-secret", settings)

    assert words in str(refusal)
    assert not {"T0K3N", "very-secret"} & set(str(refusal).replace("/", " ").split())
    assert len(wire.requests) == 1


async def test_a_webhook_may_ask_for_time(settings, wire):
    url = wire.say("/hook", status(429, Retry_After="90"))

    assert (await refusal_of(f"webhook+{url}", settings)).retry_after_s == 90


async def test_a_webhook_on_a_private_host_must_be_allowed_by_name(settings, wire):
    refusal = await refusal_of(f"webhook+{wire.say('/hook', TAKEN)}", replace(settings, allow=""))

    assert "DATELINE_ALLOW" in str(refusal)
    assert wire.requests == []


# --- apprise ---------------------------------------------------------------------------------------------------------


async def test_any_service_of_apprise_is_a_channel(settings, wire):
    wire.say("/desk", TAKEN)

    await send(f"json://{wire.host}/desk", settings)

    body = json.loads(wire.asked("/desk")[0].body)
    assert (body["title"], body["message"]) == (MESSAGE.title, MESSAGE.text)


async def test_what_a_service_of_apprise_says_is_told_without_secrets(settings, wire):
    wire.say("/desk", status(500))

    refusal = await refusal_of(f"json://ann:pa55word@{wire.host}/desk", settings)

    assert "500" in str(refusal)
    assert "pa55word" not in str(refusal)


async def test_a_service_that_does_not_answer_is_given_up_at_the_deadline(settings, wire, monkeypatch):
    monkeypatch.setattr(sending, "SEND_S", 0.2)
    wire.say("/desk", hang())

    assert "no answer" in str(await refusal_of(f"json://{wire.host}/desk", settings))


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        ("@everyone come", "@\u200beveryone come"),
        ("<!channel> now", "<\u200b!channel> now"),
        ("<@U12345>", "<\u200b@U12345>"),
        ("ann@wire.example, 3 < 4", "ann@wire.example, 3 < 4"),
    ],
)
def test_copy_rings_no_whole_channel(text, harmless):
    assert defuse(text) == harmless


# --- which channel ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "carrierpigeon://loft",
        "not an address",
        "file:",
        "file:///",
        "webhook+ftp://desk.example/a",
        "webhook:desk.example",
        "webhook+https://ann:pa55word@desk.example/a",
        "tgram://pa55word",
    ],
)
def test_an_address_that_no_channel_understands_is_refused_at_once(address, settings):
    with pytest.raises(ChannelUnknown) as caught:
        open_channel(address, settings)

    assert "DATELINE_ALERT_URLS" in str(caught.value)
    assert "pa55word" not in str(caught.value)


async def test_a_channel_is_one_file(settings, tmp_path, monkeypatch):
    lines = [
        "def open_channel(address, settings):",
        "    async def send(message):",
        "        return f'{address} beeped for {message.key}'",
        "    return send",
    ]
    (tmp_path / "pager.py").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(tasks.edge.channels, "__path__", [*tasks.edge.channels.__path__, str(tmp_path)])

    assert await send("pager:7", settings) == "pager:7 beeped for a1"


# --- mail ------------------------------------------------------------------------------------------------------------


async def test_a_mail_carries_title_and_text_and_copy_is_no_markup_in_it(settings):
    alert = replace(ALERT, sentence='They said "yes" & <b onclick=x>no</b>.', title="<script>alert(1)</script>")
    message = make_message([alert], {"ECU": "Ecuador", "PAN": "Panama", "COL": "Colombia"})

    with FakeMail() as server:
        await send(
            f"mailto://127.0.0.1:{server.port}?from=desk@desk.example&to=you@desk.example&mode=insecure",
            settings,
            message,
        )
        (mail,) = server.mails

    html = mail.get_body(("html",))
    text = mail.get_body(("plain",))
    assert mail["subject"] == message.title
    assert mail["to"] == "you@desk.example"
    assert text is None or alert.sentence in text.get_content()
    assert html is None or ("<script>" not in html.get_content() and "<b onclick" not in html.get_content())
    assert html is not None or text is not None


# --- before anything is sent ------------------------------------------------------------------------------------------


def test_a_webhook_that_the_guard_refuses_is_told_with_the_very_setting_that_allows_it(tmp_path, wire):
    address = f"webhook+{wire.url('/hook')}"
    catalog = builtin_catalog()

    (fault,) = find_channel_faults(read_settings(tmp_path, {"DATELINE_ALERT_URLS": address}), catalog)
    setting = fault.rpartition("DATELINE_ALLOW=")[2]

    assert setting == wire.host
    allowed = read_settings(tmp_path, {"DATELINE_ALERT_URLS": address, "DATELINE_ALLOW": setting})
    assert find_channel_faults(allowed, catalog) == []


def test_a_setting_that_allows_others_already_keeps_them(tmp_path, wire):
    told = {"DATELINE_ALERT_URLS": f"webhook+{wire.url('/hook')}", "DATELINE_ALLOW": "10.0.0.0/8"}

    (fault,) = find_channel_faults(read_settings(tmp_path, told), builtin_catalog())

    assert fault.endswith(f"DATELINE_ALLOW=10.0.0.0/8,{wire.host}")
