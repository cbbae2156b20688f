"""A disk that is full or cannot be written: told in one sentence, nothing half stored, nothing lost when there is room.

No file of the process may grow beyond a limit (`RLIMIT_FSIZE`): a write beyond it fails as on a full disk, whatever
library makes it.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.fakes import FakeWire, feed, item, ok
from tests.lakes import locate, make_lake
from tests.passes import ask_home, write_feeds
from tests.soak.kills import tell_story
from tests.soak.upkeeps import find_faults, write_batch

ROOT = Path(__file__).parents[2]
NOW = datetime.now(UTC)  # noqa: TID251 - what is published long ago raises no alert at a first load
PROGRAM = """
import asyncio, resource, signal, sys
from tests import dying
import tests.passes, tasks.edge.alerting
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
if int(sys.argv[3]):
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
asyncio.run(dying.run_whole_pass(sys.argv[1], sys.argv[2]))
"""
COMMAND = """
import resource, signal, sys
from flows.__main__ import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
if int(sys.argv[1]):
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
sys.exit(main(sys.argv[2:]))
"""


@pytest.fixture(scope="module")
def wire() -> Iterator[FakeWire]:
    with FakeWire() as fake:
        yield fake


def script_feed(wire: FakeWire, folder: Path) -> Path:
    """Twelve stories, the first of a summit, on pages that fill two megabytes of the archive."""
    told = ""
    for number in range(12):
        ballast = f"<!-- {random.Random(number).randbytes(90_000).hex()} -->"
        page = f"<html><body><article><h1>Story {number}</h1>{tell_story(number, NOW)}</article>{ballast}</body></html>"
        date = f"{NOW:%a, %d %b %Y %H:%M:%S GMT}"
        told += item(number, f"Story {number}", link=wire.say(f"/{number}", ok(page.encode())), date=date)
    return write_feeds(folder, {"norvik": wire.say("/rss", feed(told))}, lang="en")


def run_pass(home: Path, feeds: Path, wire: FakeWire, limit: int) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    own = {"DATELINE_ALLOW": wire.host, "DATELINE_ALERT_URLS": f"file:{home / 'alerts.jsonl'}"}
    command = [sys.executable, "-c", PROGRAM, str(home), str(feeds), str(limit)]
    return subprocess.run(command, cwd=ROOT, env={**kept, **own}, capture_output=True, text=True)


FULL = {
    "the poll": (100_000, r"The lake at .* cannot be written", {"items": 0, "polls": 0, "articles": 0}),
    "the archive": (
        800_000,
        r"The archive file .* cannot be written .*make room",
        {"items": 12, "polls": 1, "articles": 0},
    ),
}


@pytest.mark.parametrize("where", FULL)
def test_a_pass_whose_disk_is_full_at(where: str, tmp_path: Path, wire: FakeWire) -> None:
    limit, told, kept = FULL[where]
    home = tmp_path / "home"
    make_lake(home)
    feeds = script_feed(wire, tmp_path)

    full = run_pass(home, feeds, wire, limit)
    held = {name: ask_home(home, f"select count(*) as n from {name}")[0]["n"] for name in kept}  # noqa: S608 - ours
    files = [path for path in (home / "raw").rglob("*") if path.is_file()]
    again = run_pass(home, feeds, wire, 0)

    assert full.returncode == 1
    assert re.search(told, full.stderr), full.stderr
    assert held == kept
    assert files == []
    assert again.returncode == 0, again.stderr
    assert ask_home(home, "select count(*) as n, count(distinct article_id) as ids from articles") == [
        {"n": 12, "ids": 12}
    ]
    assert ask_home(home, "select sum(unexplained)::bigint as n from runs where status = 'finished'") == [{"n": 0}]
    delivered = [json.loads(line)["alert_id"] for line in (home / "alerts.jsonl").read_text().splitlines()]
    assert delivered == [row["alert_id"] for row in ask_home(home, "select alert_id from alerts")]
    assert len(delivered) == 1


def run_command(limit: int, *arguments: str, by: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    command = [*by, sys.executable, "-c", COMMAND, str(limit), *arguments]
    return subprocess.run(command, cwd=ROOT, env=kept, capture_output=True, text=True)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with articles of several passes, what is published of it, and an export of it."""
    home = tmp_path_factory.mktemp("kept") / "home"
    address = make_lake(home)
    for number in range(3):
        write_batch(address, number)
    assert run_command(0, "publish", "--home", str(home)).returncode == 0
    assert run_command(0, "export", str(home / "export"), "--home", str(home)).returncode == 0
    write_batch(address, 3)
    return home


# Bytes that no file may exceed: under the size of the metadata's copy, of press.duckdb, and of the export's dictionary.
KEEPERS = {
    "upkeep": (200_000, (), "cannot be (copied|written)"),
    "publish": (200_000, (), "press.duckdb cannot be written .* the file that was there is as it was"),
    "export": (40_000, ("export",), "The export to .* did not end .* every file in it is whole"),
}


@pytest.mark.parametrize("name", KEEPERS)
def test_a_full_disk_costs_nothing_but_the_run_of(name: str, kept: Path, tmp_path: Path) -> None:
    limit, folders, told = KEEPERS[name]
    home = Path(shutil.copytree(kept, tmp_path / "home"))
    given = (name, *(str(home / folder) for folder in folders), "--home", str(home))
    before = find_faults(locate(home), 4)

    full = run_command(limit, *given)

    assert full.returncode == 1
    assert re.search(told, full.stderr), full.stderr
    assert len(full.stderr.strip().splitlines()) == 1
    assert (before, find_faults(locate(home), 4)) == ([], [])
    assert not [path for path in home.rglob(".p*") if path.is_file()], "no half of a file is left"

    again = run_command(0, *given)
    assert again.returncode == 0, again.stderr
    assert find_faults(locate(home), 4) == []


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="a disk that root cannot write to either")
def test_a_disk_that_cannot_be_written_is_one_sentence(kept: Path) -> None:
    told = run_command(0, "export", "/proc/dateline", "--home", str(kept))
    assert (told.returncode, len(told.stderr.strip().splitlines())) == (1, 1)
    assert "The export to /proc/dateline did not end" in told.stderr


# What each command says on a disk that cannot be written. Even a reader of SQLite's needs a file beside it.
ON_A_READ_ONLY_DISK = {
    ("run",): r"home folder .* cannot be written .* another with --home",
    ("upkeep",): r"cannot be written.* Make the folder writable",
    ("sql", "from articles"): r"cannot be written.* Make the folder writable, or open .*press.duckdb instead",
}


def test_a_read_only_disk_is_told_in_a_sentence_with_the_way_out_and_costs_nothing(kept: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(kept, tmp_path / "home"))
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    for path in (*home.rglob("*"), home):
        path.chmod(0o555 if path.is_dir() else 0o444)
    done = {command: run_powerless(*command, "--home", str(home)) for command in ON_A_READ_ONLY_DISK}
    for path in (home, *home.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)

    for command, told in ON_A_READ_ONLY_DISK.items():
        code, words = done[command].returncode, done[command].stderr
        assert (code, words.count("\n")) == (1, 1), words
        assert re.search(told, words), words
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before
    assert run_command(0, "upkeep", "--home", str(home)).returncode == 0
    assert find_faults(locate(home), 4) == []


def run_powerless(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A command by a process that obeys the permissions of files, which root's own processes do not."""
    powerless = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    if powerless and shutil.which("setpriv") is None:
        pytest.skip("root writes whatever the permissions say, and there is no setpriv (Debian's util-linux)")
    return run_command(0, *arguments, by=powerless)
