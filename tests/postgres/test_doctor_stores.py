"""`dateline doctor` on Postgres and S3: what is well, each fault in a sentence with its mend, and never a secret."""

import json
from datetime import timedelta

import pytest

from flows.__main__ import main
from tasks.core.shards import parse_shard
from tasks.desk.store_checks import judge_server
from tasks.edge.lake import locks, proving
from tasks.edge.lake.attach import locate_lake
from tasks.edge.lake.locks import describe_holder, hold_pass_lock, is_lock_exclusive
from tasks.settings import read_settings
from tests import lake_profile
from tests.lakes import NOW

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(not lake_profile.BUCKET, reason="no Postgres and no store; `make test-postgres` brings both"),
]
SECRETS = ("hunter2", "the-secret-of-the-key", "the-key", "the-token")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("doctor")
    lake_profile.copy_template(home)
    yield home
    lake_profile.drop_below(home)


@pytest.fixture
def examine(home, monkeypatch, capsys):
    """Run the doctor with these settings beside those of the lake: the findings by what was looked at."""

    def call(**changed):
        place = {**lake_profile.lead(home), "AWS_SESSION_TOKEN": "the-token"}
        place["DATELINE_LAKE"] += " password=hunter2 connect_timeout=5"
        for name, value in {**place, **changed}.items():
            monkeypatch.setenv(name, value)
        code = main(["doctor", "--home", str(home), "--format", "json"])
        out = capsys.readouterr().out
        assert not [secret for secret in SECRETS if secret in out]
        return code, {each["check"]: each for each in json.loads(out)}

    return call


def test_a_sound_set_up_is_told_with_its_version_and_leaves_no_object(home, examine):
    code, found = examine()
    assert code == 0, found
    assert "its locks hold, its clock agrees with ours" in found["postgres"]["what"]
    assert found["store"]["what"].endswith("an object was written, read and removed")
    assert found["locks"]["what"] == "none is held: no pass runs"
    assert [key for key in lake_profile.list_objects("") if ".doctor-" in key] == []


def test_who_holds_which_lock_is_told(home, examine):
    address = locate_lake(read_settings(home, lake_profile.lead(home)))
    who = describe_holder("monitor 7", NOW)
    with hold_pass_lock(address, who, parse_shard("1/2")), hold_pass_lock(address, who, parse_shard("2/2")):
        what = examine()[1]["locks"]["what"]
    assert what.startswith("pass over 1/2: monitor 7, process ")
    assert "; pass over 2/2: monitor 7, process " in what


@pytest.mark.parametrize(
    ("changed", "check", "words"),
    [
        (
            {"DATELINE_LAKE": "postgres:host=127.0.0.1 port=1 dbname=x password=hunter2"},
            "postgres",
            "cannot be reached",
        ),
        ({"DATELINE_DATA": "s3://no-such-bucket/lake/"}, "store", "See that the bucket is there"),
        ({"AWS_ENDPOINT_URL_S3": "https://user:hunter2@127.0.0.1"}, "store", "is no address of a store"),
    ],
)
def test_a_fault_is_one_sentence_with_its_mend(examine, changed, check, words):
    code, found = examine(**changed)
    assert code == 1
    assert found[check]["state"] == "fault"
    assert words in found[check]["what"]
    assert "\n" not in found[check]["what"]


def test_an_object_that_cannot_be_removed_is_named(home, examine, monkeypatch):
    monkeypatch.setattr(proving, "_use_store", lambda connection, metadata, place: [f"{place}main/proof/a.parquet"])
    _, found = examine()
    assert "was written and read, but not removed, so upkeep could never make room" in found["store"]["what"]


def test_a_lock_that_keeps_nobody_out_is_a_fault(home, monkeypatch):
    address = locate_lake(read_settings(home, lake_profile.lead(home)))
    assert is_lock_exclusive(address)
    monkeypatch.setattr(locks, "_try_advisory", lambda connection, key: True)  # as behind a pooler that shares sessions
    assert not is_lock_exclusive(address)


@pytest.mark.parametrize(("seconds", "words"), [(42, "42 s before the clock"), (-42, "42 s behind the clock")])
def test_a_clock_that_is_off_is_a_fault(seconds, words):
    (fault,) = judge_server(proving.Server("15", timedelta(seconds=seconds), has_locks=True))
    assert words in fault.what
    assert list(judge_server(proving.Server("15", timedelta(seconds=4), has_locks=True))) == []


def test_a_server_without_locks_is_a_fault():
    (fault,) = judge_server(proving.Server("15", timedelta(0), has_locks=False))
    assert "pooler" in fault.mend
