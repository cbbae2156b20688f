"""What the doctor says of settings, home, catalog, channels and Prefect."""

from datetime import UTC, datetime, timedelta

import pytest

from tasks.desk.checks import (
    check_catalog,
    check_channels,
    check_home,
    check_installation,
    check_prefect,
    check_proxy,
    check_settings,
)
from tasks.edge.quarantine import Kept, Quarantine
from tasks.settings import read_settings


def faults(findings):
    return [finding for finding in findings if finding.state == "fault"]


@pytest.fixture
def settings(tmp_path):
    return read_settings(tmp_path, {})


def test_this_installation_is_as_the_lock_says(settings):
    findings = list(check_installation(settings))
    assert [finding.check for finding in findings] == ["installation", "pins", "extensions"]
    assert faults(findings) == []


def test_another_version_than_the_locks_is_a_fault_with_its_mend(settings, tmp_path):
    lock = tmp_path / "requirements.lock"
    lock.write_text(
        "duckdb==0.0.1 \\\n    --hash=sha256:00\nprefect==0.0.1 ; python_version >= '3'\n", encoding="utf-8"
    )

    (fault,) = faults(check_installation(settings, lock))

    assert "instead of 0.0.1" in fault.what
    assert "make setup" in fault.mend


def test_a_setting_that_nobody_reads_names_the_one_that_is_meant(settings):
    (found, _) = check_settings(settings, {"DATELINE_ALERT_URL": "log:", "DATELINE_TEST_DATA": "x"})
    assert found.state == "note"
    assert "DATELINE_ALERT_URL is set" in found.what
    assert found.mend == "perhaps DATELINE_ALERT_URLS is meant"


@pytest.mark.parametrize(
    ("name", "value"),
    [("DATELINE_TZ", "Nowhere/Land"), ("DATELINE_ALLOW", "not an address"), ("DATELINE_LAKE", "mysql:x")],
)
def test_a_setting_that_cannot_be_used_is_a_fault(name, value, tmp_path):
    (fault,) = faults(check_settings(read_settings(tmp_path, {name: value}), {name: value}))
    assert name in fault.what


def test_a_home_that_is_not_there_yet_is_no_fault(tmp_path):
    (finding,) = check_home(read_settings(tmp_path / "none", {}))
    assert finding.state == "note"


def test_every_fault_of_the_catalog_is_a_finding(tmp_path):
    overlay = tmp_path / "catalog"
    overlay.mkdir()
    (overlay / "wires.toml").write_text(
        '[[wire]]\nid = "one"\n[[wire]]\nid = "two"\nurl = "ftp://x"\n', encoding="utf-8"
    )

    found = faults(check_catalog(read_settings(tmp_path, {})))

    assert {key for finding in found for key in ("one", "two") if key in finding.what} == {"one", "two"}
    assert all(finding.mend for finding in found)


def test_a_channel_that_nobody_understands_is_a_fault_and_the_others_are_looked_at(tmp_path):
    found = list(check_channels(read_settings(tmp_path, {"DATELINE_ALERT_URLS": "nosuch://x, log:"})))
    assert [finding.state for finding in found] == ["fault", "ok"]


def test_a_prefect_server_that_does_not_answer_is_a_fault_without_its_password(settings):
    (fault,) = check_prefect(settings, {"PREFECT_API_URL": "http://me:hidden@127.0.0.1:9/api"})
    assert fault.state == "fault"
    assert "hidden" not in fault.what


def test_no_prefect_server_at_all_is_no_fault(settings):
    (finding,) = check_prefect(settings, {})
    assert finding.state == "note"


@pytest.mark.parametrize("proxy", ["http://10.0.0.1:3128", "http://me:sesame@proxy.example:3128"])
def test_what_rests_on_a_proxy_is_said_in_one_sentence_without_its_password(proxy, tmp_path):
    (said,) = check_proxy(read_settings(tmp_path, {"DATELINE_PROXY": proxy}))

    assert said.state == "note"
    assert "3128 connects for us" in said.what
    assert "rests on it" in said.what
    assert "sesame" not in str(said)


@pytest.mark.parametrize("proxy", ["socks5://10.0.0.1:1080", "10.0.0.1:3128", "http://[::1", "http://"])
def test_a_proxy_that_cannot_be_used_is_a_fault(proxy, tmp_path):
    (said,) = check_proxy(read_settings(tmp_path, {"DATELINE_PROXY": proxy}))

    assert (said.state, said.mend) == ("fault", "write http://host:port, or unset it")


def test_no_proxy_is_no_finding(settings):
    assert list(check_proxy(settings)) == []


def test_bodies_in_quarantine_are_told_with_the_latest(tmp_path):
    at = datetime(2026, 2, 17, tzinfo=UTC)
    for number in range(2):
        kept = Kept("harbour", "https://harbour.example/", at + timedelta(number), None, "xml_bomb", f"cause {number}")
        Quarantine(tmp_path).keep(kept, b"%d" % number)

    told = [each for each in check_home(read_settings(tmp_path, {})) if each.check == "quarantine"]

    assert [(each.state, each.what) for each in told] == [
        ("note", "2 bodies of 1 feed could not be read; the latest is of harbour (cause 1)")
    ]
