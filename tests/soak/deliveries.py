"""kill -9 anywhere between store and delivery: does each alert arrive, under one key, and is the ledger as if unkilled?

    python -m tests.soak.deliveries [KILLS [SEED]]        default 100 kills; ten minutes

The same scripted stories go through two homes: one whose passes are killed and tried again, one whose are left alone.
Kills are by time, at named points, and by the receiver itself: when a message came in, before or after its answer.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from tasks.edge.lake.attach import locate_lake
from tasks.settings import read_settings
from tests.fakes import Answer, FakeWire, Request, head
from tests.homes import lay_empty_lake
from tests.passes import ask_home, write_feeds
from tests.soak.deliverer import POINTS, WIRES

ROOT = Path(__file__).parents[2]
HOOK = "/hook"
KILLS_A_STEP, MOST_STEPS = 4, 90  # then the step is left alone; as far as the script reaches
WARM_STEPS = 3
LEDGER = "from meetings order by all"
# What carries the time of a pass, or the port of the receiver, is not of the ledger.
ALERTS = "select * exclude (raised_at, delivered_to) from alerts order by all"
TAKEN = "select outcome, count(*) as n from deliveries group by all order by all"


@dataclass(slots=True)
class Receiver:
    """The webhook: which keys each alert came under, and the pass to kill when a message comes in."""

    keys: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    pid: int | None = None
    kill_after: int = 0  # messages; 0 for never
    is_before_answer: bool = False

    async def play(self, request: Request, writer: asyncio.StreamWriter) -> None:
        """Note the message and answer, and kill where it is time to."""
        body = json.loads(request.body)
        for alert in body.get("alerts") or [body]:
            self.keys.setdefault(alert["alert_id"], []).append(request.headers["idempotency-key"])
        event = request.headers["x-dateline-event"]
        self.kinds[event] = self.kinds.get(event, 0) + 1
        is_due = self.kill_after == 1
        self.kill_after = max(self.kill_after - 1, 0)
        if is_due and self.is_before_answer:
            self._kill()
        writer.write(head(200, {"Content-Length": "0"}))
        if is_due and not self.is_before_answer:
            await writer.drain()
            self._kill()

    def _kill(self) -> None:
        if self.pid is not None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)


@dataclass(frozen=True, slots=True)
class Plan:
    """How a pass is to be killed: after so many seconds, at a point, or with a message; none of them lets it end."""

    wait_s: float | None = None
    point: str = ""
    message: int = 0
    is_before_answer: bool = False


@dataclass(frozen=True, slots=True)
class Toll:
    """What the kills cost."""

    kills: Mapping[str, int]
    passes: int
    alerts: int
    events: Mapping[str, int]
    missing: int
    again: int
    many_keys: int
    meetings_differ: int
    alerts_differ: int
    untaken: int

    @property
    def is_clean(self) -> bool:
        """True where each alert came under one key, and the ledger is that of the run that nobody killed."""
        return not (self.missing or self.many_keys or self.meetings_differ or self.alerts_differ or self.untaken)


@dataclass(slots=True)
class Home:
    """A home with the process that bears its passes."""

    path: Path
    nursery: subprocess.Popen[str]
    receiver: Receiver

    def run(self, step: int, tries: int, plan: Plan) -> int:
        """One pass; its exit code."""
        assert self.nursery.stdin
        assert self.nursery.stdout
        self.receiver.kill_after, self.receiver.is_before_answer = plan.message, plan.is_before_answer
        self.receiver.pid = None
        self.nursery.stdin.write(f"{step} {tries} {plan.point}\n")
        self.nursery.stdin.flush()
        self.receiver.pid = pid = int(self.nursery.stdout.readline())
        timer = threading.Timer(plan.wait_s, os.kill, (pid, signal.SIGKILL)) if plan.wait_s is not None else None
        if timer:
            timer.start()
        code = int(self.nursery.stdout.readline())
        if timer:
            timer.cancel()
        self.receiver.pid, self.receiver.kill_after = None, 0
        return code


@contextmanager
def open_home(path: Path, wire: FakeWire) -> Iterator[Home]:
    """An empty lake, a receiver on the wire, and the nursery."""
    path.mkdir(parents=True)
    lay_empty_lake(locate_lake(read_settings(path, {})))
    receiver = Receiver()
    hook = wire.say(f"{HOOK}/{path.name}", Answer(receiver.play))
    feeds = write_feeds(path, {name: f"https://wire.example/{name}" for name in WIRES})
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    own = {"DATELINE_ALLOW": wire.host, "DATELINE_ALERT_URLS": f"webhook+{hook}", "DATELINE_CATALOG": str(path)}
    command = [sys.executable, "-m", "tests.soak.deliverer", str(path), str(feeds)]
    environment = {**kept, **own, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as nursery:
        try:
            yield Home(path, nursery, receiver)
        finally:
            if nursery.stdin:
                nursery.stdin.close()


def run_unkilled(home: Home, steps: int) -> float:
    """Every step once; the seconds of the median."""
    took = []
    for step in range(steps):
        begun = time.perf_counter()
        assert home.run(step, 0, Plan()) == 0
        took.append(time.perf_counter() - begun)
    return median(took)


def draw_plan(dice: random.Random, pass_s: float) -> tuple[str, Plan]:
    """A way to die, of which none is sure but the points: a pass may end first, or have nothing to say."""
    how = dice.choice(("time", "time", "point", "message", "answer"))
    if how == "time":
        return how, Plan(wait_s=dice.uniform(0.05, pass_s))
    if how == "point":
        return how, Plan(point=dice.choice(POINTS))
    return how, Plan(message=dice.randint(1, 2), is_before_answer=how == "message")


def run_killed(home: Home, kills: int, dice: random.Random, pass_s: float) -> tuple[Counter[str], int, int]:
    """Step after step, each killed and tried again some times, until the kills are spent; also passes and steps."""
    killed: Counter[str] = Counter()
    passes = step = 0
    while killed.total() < kills and step < MOST_STEPS:
        code, tries = -9, 0
        while code:
            is_spared = tries == KILLS_A_STEP or killed.total() == kills
            how, plan = ("none", Plan()) if is_spared else draw_plan(dice, pass_s)
            code = home.run(step, tries, plan)
            assert code in {0, -9}, f"a pass ended with {code}"
            killed[how] += code != 0
            tries, passes = tries + 1, passes + 1
        step += 1
    assert home.run(step, 0, Plan()) == 0  # what a killed pass left behind goes out with the next
    return killed, passes + 1, step + 1


def kill_deliveries(folder: Path, kills: int, seed: int) -> Toll:
    """Run the script with kills and without them, and compare."""
    with FakeWire() as wire:
        with open_home(folder / "warm", wire) as warm:
            pass_s = run_unkilled(warm, WARM_STEPS)
        with open_home(folder / "killed", wire) as home:
            killed, passes, steps = run_killed(home, kills, random.Random(seed), pass_s)
        with open_home(folder / "calm", wire) as calm:
            run_unkilled(calm, steps)
    raised = [str(row["alert_id"]) for row in ask_home(home.path, "select alert_id from alerts")]
    keys = home.receiver.keys
    outcomes = {row["outcome"]: row["n"] for row in ask_home(home.path, TAKEN)}
    return Toll(
        kills={how: n for how, n in killed.items() if n},
        passes=passes,
        alerts=len(raised),
        events=home.receiver.kinds,
        missing=len(set(raised) - set(keys)) + len(set(calm.receiver.keys) - set(keys)),
        again=sum(len(came) - 1 for came in keys.values()),
        many_keys=sum(len(set(came)) > 1 for came in keys.values()),
        meetings_differ=count_apart(calm, home, LEDGER),
        alerts_differ=count_apart(calm, home, ALERTS),
        untaken=len(raised) - outcomes.get("sent", 0),
    )


def count_apart(one: Home, other: Home, question: str) -> int:
    """Rows of either home that the other does not have."""
    mine, theirs = ([_fold(row) for row in ask_home(home.path, question)] for home in (one, other))
    return len([row for row in mine if row not in theirs]) + len([row for row in theirs if row not in mine])


def _fold(row: Mapping[str, Any]) -> str:
    return json.dumps(row, default=str, sort_keys=True)


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    asked = dict(zip(("kills", "seed"), (*given, *(100, 1)[len(given) :]), strict=True))
    with tempfile.TemporaryDirectory(prefix="dateline-soak-") as folder:
        toll = kill_deliveries(Path(folder), **asked)
    print(  # noqa: T201 - its figures
        f"{sum(toll.kills.values())} kills ({', '.join(f'{n} by {how}' for how, n in sorted(toll.kills.items()))}) of "
        f"{toll.passes} passes: {toll.alerts} alerts, {toll.missing} not delivered, {toll.again} delivered again, "
        f"{toll.many_keys} under more than one key, {toll.untaken} not recorded as taken; unlike the run without kills: "
        f"{toll.meetings_differ} meetings, {toll.alerts_differ} alerts; messages: "
        f"{', '.join(f'{n} {event}' for event, n in sorted(toll.events.items()))}"
    )
    sys.exit(not toll.is_clean)
