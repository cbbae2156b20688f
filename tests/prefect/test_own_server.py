"""The short-lived server that a command starts for itself: what it records, and that it never outlives the command."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

pytestmark = pytest.mark.prefect

ROOT = Path(__file__).parents[2]
PATIENCE_S = 240

# Waits for the server, says where it is, and waits to be killed.
PARENT = """
import os, sys, time
from pathlib import Path
from tasks.edge.prefect_server import prepare_prefect, start_pass_server
from tasks.settings import read_settings
settings = read_settings(Path(sys.argv[1]))
prepare_prefect(settings)
start_pass_server(settings)()
print(os.environ["PREFECT_API_URL"], flush=True)
time.sleep(600)
"""


def bare_environment():
    return {name: value for name, value in os.environ.items() if not name.startswith(("DATELINE_", "PREFECT_"))}


def test_the_demo_is_two_runs_of_the_flow_that_prefect_knows(tmp_path):
    home = tmp_path / "demo"
    command = [sys.executable, "-m", "flows", "demo", "--home", str(home)]
    done = subprocess.run(command, cwd=ROOT, env=bare_environment(), capture_output=True, text=True, timeout=PATIENCE_S)

    assert done.returncode == 0, done.stderr
    assert "The alerts of the second poll, one a change" in done.stdout
    with closing(sqlite3.connect(home / "prefect" / "prefect.db")) as prefect:
        states = prefect.execute("select state_type from flow_run").fetchall()
        tasks = prefect.execute("select state_type, count(*) from task_run group by 1").fetchall()
        artifacts = dict(prefect.execute("select type, count(*) from artifact group by 1").fetchall())
    assert states == [("COMPLETED",), ("COMPLETED",)]
    assert tasks == [("COMPLETED", 12)], "six stages in each of the two polls, and nothing lost at the exit"
    assert artifacts.keys() >= {"table", "markdown"}


def test_the_server_ends_with_a_command_that_is_killed(tmp_path):
    from tasks.edge.prefect_server import is_healthy

    command = [sys.executable, "-c", PARENT, str(tmp_path / "home")]
    with subprocess.Popen(command, cwd=ROOT, env=bare_environment(), stdout=subprocess.PIPE, text=True) as parent:
        url = parent.stdout.readline().strip()
        was_healthy = is_healthy(url)
        parent.send_signal(signal.SIGKILL)
    assert was_healthy

    deadline = time.monotonic() + PATIENCE_S
    while is_healthy(url):
        assert time.monotonic() < deadline, "the server outlived its command"
        time.sleep(0.2)
