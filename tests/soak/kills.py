"""kill -9 at random moments of passes over a scripted wire: what is lost, what is there twice, which alerts arrive.

python -m tests.soak.kills [ITEMS [KILLS [SEED]]]        default 5,000 items, 100 kills; a quarter of an hour
"""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from tests.fakes import FakeWire, feed, item, ok
from tests.passes import ask_home, write_feeds

ROOT = Path(__file__).parents[2]
FEEDS = 10
SUMMIT_EVERY = 100  # items; each such story tells of a summit of its own
LATEST_KILL_S = 10.0  # after the birth of a pass, which commits its first chunk by then on an idle machine
IDLE_KILLS, SLOWER = 4, 1.5  # after so many kills before anything was committed the passes are left more time
MOST_PASSES = 1_000
LEADERS = (
    "Brazil Kenya Chile Ghana Peru Norway Japan Zambia Mexico Jordan Poland Nepal Canada Tunisia Finland Mongolia "
    "Uruguay Senegal Portugal Vietnam"
).split()
PAIRS = list(itertools.combinations(LEADERS, 2))


@dataclass(frozen=True, slots=True)
class Toll:
    """What the kills cost."""

    items: int
    kills: int
    passes: int
    lost: int
    duplicate: int
    alerts: int
    undelivered: int
    repeats: int
    unexplained: int

    @property
    def is_clean(self) -> bool:
        """True where nothing was lost, nothing is there twice, and every alert arrived."""
        return not (self.lost or self.duplicate or self.undelivered or self.unexplained)


def tell_story(number: int, now: datetime) -> str:
    """A page's paragraphs; every so often a summit of two states that no other story names together."""
    lead = f"The council of district {number} met on Monday and adopted plan {number * 7} for its roads and bridges."
    if number % SUMMIT_EVERY == 0:
        one, other = PAIRS[number // SUMMIT_EVERY]
        date = now + timedelta(days=20)
        lead = (
            f"The presidents of {one} and {other} will hold a summit on {date:%B} {date.day}, the two ministries said."
        )
    more = (
        f"Clerk {number} told reporters that {number % 13 + 2} of the {number % 29 + 20} members had voted against it."
    )
    return f"<p>{lead}</p><p>{more}</p><p>The next session was set for week {number % 52 + 1} in hall {number}.</p>"


def script_wire(wire: FakeWire, items: int, now: datetime) -> dict[str, str]:
    """The addresses of the feeds, whose stories were published within the last hours."""
    entries: dict[int, list[str]] = {}
    for number in range(items):
        title = f"Story {number} of the council"
        body = f"<html><title>{title}</title><body><article><h1>{title}</h1>{tell_story(number, now)}</article></body></html>"
        link = wire.say(f"/story/{number}", ok(body.encode()))
        date = format_datetime(now - timedelta(seconds=number % 3600))
        entries.setdefault(number % FEEDS, []).append(item(number, title, link=link, date=date))
    return {f"w{n}": wire.say(f"/rss/{n}", feed("".join(told), etag=f'"{n}"')) for n, told in entries.items()}


@contextmanager
def open_nursery(home: Path, feeds: Path, allow: str):  # type: ignore[no-untyped-def]
    """A process that bears passes."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    own = {"DATELINE_ALLOW": allow, "DATELINE_ALERT_URLS": f"file:{home / 'alerts.jsonl'}", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.soak.nursery", str(home), str(feeds)]
    with subprocess.Popen(
        command, cwd=ROOT, env={**kept, **own}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as nursery:
        try:
            yield nursery
        finally:
            if nursery.stdin:
                nursery.stdin.close()


def run_once(nursery: subprocess.Popen[str], wait_s: float | None, line: str = "") -> int:
    """One pass, or what the line names, killed after so many seconds unless it has ended; its exit code."""
    assert nursery.stdin
    assert nursery.stdout
    nursery.stdin.write(f"{line}\n")
    nursery.stdin.flush()
    pid = int(nursery.stdout.readline())
    timer = threading.Timer(wait_s, _kill, (pid,)) if wait_s is not None else None
    if timer:
        timer.start()
    code = int(nursery.stdout.readline())
    if timer:
        timer.cancel()
    return code


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):  # it has just ended by itself
        os.kill(pid, signal.SIGKILL)


def kill_passes(home: Path, items: int, kills: int, seed: int, latest_s: float = LATEST_KILL_S) -> Toll:
    """Kill so many passes at random moments, then let one end, and count."""
    dice, now = random.Random(seed), datetime.now(UTC)  # noqa: TID251 - the stories must be of today
    home.mkdir(parents=True, exist_ok=True)
    killed = passes = idle = 0
    with FakeWire() as wire:
        feeds = write_feeds(home, script_wire(wire, items, now), lang="en")
        with open_nursery(home, feeds, wire.host) as nursery:
            while killed < kills and passes < MOST_PASSES:
                passes += 1
                before = count_commits(home)
                code = run_once(nursery, dice.uniform(0.05, latest_s))
                assert code in {0, -9}, f"a pass ended with {code}"
                killed += code == -9
                idle = idle + 1 if count_commits(home) <= before + 1 and code else 0
                if idle >= IDLE_KILLS:
                    idle, latest_s = 0, latest_s * SLOWER
            for _ in range(2):
                passes += 1
                assert run_once(nursery, None) == 0
    return count_toll(home, items, killed, passes)


def count_commits(home: Path) -> int:
    """How often the lake was changed so far; the first change of a pass is the fact of its start."""
    metadata = home / "lake" / "meta.sqlite"
    if not metadata.exists():
        return 0
    try:
        with closing(sqlite3.connect(metadata)) as connection:
            return int(connection.execute("select count(*) from ducklake_snapshot").fetchone()[0])
    except sqlite3.OperationalError:  # a lake that was killed before it was made
        return 0


QUESTIONS: Mapping[str, str] = {
    "items": "select count(*) as n from items",
    "stored": "select count(*) as n from items where outcome = 'stored'",
    "articles": "select count(*) as n from articles",
    "rows": "select count(*) as n from article_versions",
    "distinct": "select count(distinct (article_id, version)) as n from article_versions",
    "ids": "select count(distinct item_id) as n from items",
    "visits": "select count(*) - count(distinct item_id) as n from visits where look = 'first'",
    "readings": "select count(*) - count(distinct article_id) as n from readings",
    "meetings": "select count(*) - count(distinct (parties)) as n from meetings where kind = 'summit'",
    "unexplained": "select coalesce(sum(unexplained), 0)::bigint as n from runs where status = 'finished'",
}


def count_toll(home: Path, items: int, kills: int, passes: int) -> Toll:
    """What the lake and the channel hold, against what was scripted."""
    found = {name: int(ask_home(home, question)[0]["n"]) for name, question in QUESTIONS.items()}
    raised = {row["alert_id"] for row in ask_home(home, "select alert_id from alerts where kind = 'summit.new'")}
    lines = (home / "alerts.jsonl").read_text(encoding="utf-8").splitlines() if raised else []
    delivered = [json.loads(line)["alert_id"] for line in lines]
    scripted = len(range(0, items, SUMMIT_EVERY))
    twice = found["items"] - found["ids"] + found["rows"] - found["distinct"] + found["rows"] - found["articles"]
    twice += found["visits"] + found["readings"] + found["meetings"] + max(len(raised) - scripted, 0)
    return Toll(
        items=items,
        kills=kills,
        passes=passes,
        lost=(items - found["ids"]) + (items - found["stored"]) + (items - found["articles"]),
        duplicate=twice,
        alerts=len(raised),
        undelivered=max(scripted - len(raised), 0) + len(raised - set(delivered)),
        repeats=len(delivered) - len(set(delivered)),
        unexplained=found["unexplained"],
    )


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    asked = dict(zip(("items", "kills", "seed"), (*given, *(5_000, 100, 1)[len(given) :]), strict=True))
    with tempfile.TemporaryDirectory() as folder:
        toll = kill_passes(Path(folder) / "home", **asked)
    print(  # noqa: T201 - its figures
        f"{toll.kills} kills of {toll.passes} passes over {toll.items:,} items: {toll.lost} lost, {toll.duplicate} "
        f"duplicate, {toll.alerts} alerts, {toll.undelivered} not delivered, {toll.repeats} delivered again, "
        f"{toll.unexplained} unexplained"
    )
    sys.exit(not toll.is_clean)
