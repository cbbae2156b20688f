"""The two locks: one holder at a time, named to the others, and free again however the holder ends."""

import os
import signal
import tempfile
from pathlib import Path

import pytest

from tasks.core.errors import DatelineError, HomeUnusable, LakeBusy, PassRunning
from tasks.edge.lake import locks
from tasks.edge.lake.attach import locate_lake
from tasks.edge.lake.locks import describe_holder, hold_pass_lock, hold_write_lock, read_holder
from tasks.settings import read_settings
from tests.lake_profile import sqlite_only
from tests.lakes import NOW, start_python

HOLDER = """
import os, signal, sys, time
from datetime import UTC, datetime
from tasks.edge.lake.attach import locate_lake
from tasks.edge.lake.locks import describe_holder, hold_pass_lock, hold_write_lock
from tasks.settings import read_settings

address = locate_lake(read_settings(sys.argv[1], {}))
hold = {"pass": hold_pass_lock, "write": hold_write_lock}[sys.argv[2]]
with hold(address, describe_holder("monitor 7", datetime(2026, 3, 1, 12, tzinfo=UTC))):
    child = os.fork() if "fork" in sys.argv else None
    if child == 0:
        os.closerange(0, 3)
        signal.pause()
    print(child, flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def address(tmp_path):
    (tmp_path / "lake").mkdir()
    return locate_lake(read_settings(tmp_path, {}))


@pytest.fixture
def start_holder(tmp_path):
    started = []

    def start(*arguments):
        holder = start_python(HOLDER, str(tmp_path), *arguments)
        started.append(holder)
        return holder, holder.stdout.readline().strip()

    yield start
    for holder in started:
        holder.kill()
        holder.communicate()


def test_a_second_pass_is_told_who_runs_the_first(address, start_holder):
    holder, _ = start_holder("pass")

    words = rf"A pass is already running \(monitor 7, process {holder.pid} on .+, since 2026-03-01 12:00:00 UTC\)"
    with pytest.raises(PassRunning, match=words):
        hold_pass_lock(address, "another").__enter__()
    assert read_holder(address).startswith(f"monitor 7, process {holder.pid} on ")


def test_the_pass_lock_and_the_write_lock_do_not_know_each_other(address):
    with hold_pass_lock(address, "a pass"), hold_write_lock(address, "its transaction"):
        assert (read_holder(address), read_holder(address, "write")) == ("a pass", "its transaction")


def test_a_lock_is_free_again_after_its_block_also_where_that_fails(address):
    with pytest.raises(ZeroDivisionError), hold_pass_lock(address, "one"):
        raise ZeroDivisionError
    with hold_pass_lock(address, "two"):
        assert read_holder(address) == "two"
    assert read_holder(address) == ""


def test_a_writer_waits_for_the_one_before_it(address, start_holder):
    """The first lets go only once it has seen the second at the door."""
    first, _ = start_holder("write")
    second = start_python(HOLDER, str(address.home), "write")
    first.stdin.write("\n")
    first.stdin.flush()

    assert second.stdout.readline() == "None\n"
    assert read_holder(address, "write").startswith(f"monitor 7, process {second.pid} on ")
    second.communicate("\n")
    assert (first.wait(), second.returncode) == (0, 0)


def test_a_writer_that_waited_in_vain_names_the_holder(address, start_holder, monkeypatch):
    start_holder("write")
    monkeypatch.setattr(locks, "WRITE_WAIT_S", 0.0)

    with pytest.raises(
        LakeBusy, match=r"The lake is being written \(monitor 7, process \d+ on .+, since 2026-03-01 12:00:00 UTC\)"
    ):
        hold_write_lock(address, "another").__enter__()


@pytest.mark.parametrize("name", ["pass", "write"])
def test_a_killed_holder_frees_its_lock(address, start_holder, name):
    holder, _ = start_holder(name)
    holder.send_signal(signal.SIGKILL)
    holder.wait()

    hold = {"pass": hold_pass_lock, "write": hold_write_lock}[name]
    with hold(address, "the next"):
        assert read_holder(address, name) == "the next"


def test_a_child_that_outlives_a_killed_holder_does_not_hold_the_lock(address, start_holder):
    holder, child = start_holder("pass", "fork")
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    try:
        with hold_pass_lock(address, "the next"):
            assert read_holder(address) == "the next"
    finally:
        os.kill(int(child), signal.SIGKILL)


@sqlite_only
def test_a_look_at_the_holder_turns_no_pass_away(address, monkeypatch):
    """The look takes the lock for a moment: a pass that comes just then tries again."""
    looking = (address.metadata_file.parent / "pass.lock").open("a+", encoding="utf-8")
    locks.fcntl.flock(looking, locks.fcntl.LOCK_EX)
    monkeypatch.setattr(locks.time, "sleep", lambda _: looking.close())

    with hold_pass_lock(address, "the pass"):
        assert read_holder(address) == "the pass"


@sqlite_only
def test_nobody_holds_the_lock_of_a_lake_that_is_not_there(tmp_path):
    assert read_holder(locate_lake(read_settings(tmp_path / "none", {}))) == ""


@sqlite_only
def test_a_folder_in_which_no_lock_can_be_made_is_named(tmp_path):
    (tmp_path / "lake").write_text("a file where the folder should be")
    address = locate_lake(read_settings(tmp_path, {}))

    with pytest.raises(HomeUnusable, match=r"The lock .*/lake/pass.lock cannot be opened \(Not a directory\)"):
        hold_pass_lock(address, "a pass").__enter__()


@pytest.mark.skipif(os.getuid() != 0, reason="needs the right to become another user")
@sqlite_only
def test_a_folder_of_another_user_is_named():
    program = """
import os, sys
from tasks.core.errors import DatelineError
from tasks.edge.lake.attach import locate_lake
from tasks.edge.lake.locks import hold_pass_lock
from tasks.settings import read_settings
os.setuid(65534)
try:
    hold_pass_lock(locate_lake(read_settings(sys.argv[1], {})), "a pass").__enter__()
except DatelineError as error:
    print(error)
"""
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "lake").mkdir()
        Path(home).chmod(0o755)
        out, err = start_python(program, home).communicate()
    assert err == ""
    assert out.endswith("/lake/pass.lock cannot be opened (Permission denied); make its folder writable.\n")


def test_a_holder_is_described_by_its_process():
    assert describe_holder("upkeep", NOW).startswith(f"upkeep, process {os.getpid()} on ")


def test_a_postgres_that_cannot_be_reached_is_said_without_its_password(tmp_path):
    metadata = "postgres:host=127.0.0.1 port=1 dbname=lake user=press password=hunter2"
    address = locate_lake(read_settings(tmp_path, {"DATELINE_LAKE": metadata}))

    with pytest.raises(DatelineError, match=r"^Postgres, which holds the lake's metadata, cannot be reached") as caught:
        hold_write_lock(address, "test").__enter__()
    assert "hunter2" not in str(caught.value)
