"""How long from the poll that sees an announcement to the webhook that hears of it: `python -m tests.bench.alert_latency`.

The demo's two polls over the bundled sample wire, by the stages' own functions and without Prefect, as `tests/passes.py`
runs them: one process, all pages fetched from loopback, all readings, real commits. The clock starts when the second
pass polls; the announcement of the sample's summit must reach the webhook within ten seconds. Rounds take a home each.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from inspect import iscoroutinefunction
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any
from unittest.mock import patch

from tasks.edge import alerting
from tasks.edge.passes import PassRun, open_pass
from tasks.edge.sample import SampleServer, load_sample, sample_wires
from tests import passes
from tests.fakes import Answer, FakeWire, Request, head

ROUNDS = 3
GOAL_S = 10.0
SAMPLE = Path(__file__).parents[2] / "deploy" / "sample"
STAGES = (
    *((passes, name) for name in ("poll_feeds", "fetch_chunk", "extract_chunk", "read_chunk", "store_chunk")),
    (alerting, "deliver_alerts"),
)


@dataclass(slots=True)
class Receiver:
    """The webhook: when each alert came in, by what it is."""

    came: list[tuple[float, str]] = field(default_factory=list)

    async def play(self, request: Request, writer: asyncio.StreamWriter) -> None:
        """Note the time before anything else, then answer."""
        now, body = perf_counter(), json.loads(request.body)
        self.came += [(now, f"{alert['kind']} {alert['value']}") for alert in body.get("alerts") or [body]]
        writer.write(head(200, {"Content-Length": "0"}))


@dataclass(frozen=True, slots=True)
class Round:
    """Seconds of the second pass: from its poll to each alert's receipt, by stage, and CPU of this process."""

    heard: tuple[tuple[float, str], ...]
    stages: Mapping[str, tuple[float, float]]
    cpu_s: float

    @property
    def last_s(self) -> float:
        """When the last alert was heard."""
        return max((took for took, _ in self.heard), default=float("inf"))

    @property
    def new_s(self) -> float:
        """When the new summit was heard of."""
        return min((took for took, what in self.heard if what.startswith("summit.new")), default=float("inf"))


@contextmanager
def clock_stages(spent: dict[str, tuple[float, float]]) -> Iterator[None]:
    """Sum the seconds of each stage's function, and those of CPU."""
    with ExitStack() as stack:
        for module, name in STAGES:
            stack.enter_context(patch.object(module, name, _clock(getattr(module, name), name, spent)))
        yield


def _clock(work: Callable[..., Any], name: str, spent: dict[str, tuple[float, float]]) -> Callable[..., Any]:
    def note(begun: float, before: float) -> None:
        took, cpu = spent.get(name, (0.0, 0.0))
        spent[name] = took + perf_counter() - begun, cpu + process_time() - before

    async def call(*args: Any) -> Any:
        begun = perf_counter(), process_time()
        result = await work(*args)
        note(*begun)
        return result

    def call_plain(*args: Any) -> Any:
        begun = perf_counter(), process_time()
        result = work(*args)
        note(*begun)
        return result

    return call if iscoroutinefunction(work) else call_plain


async def run_second(run: PassRun, receiver: Receiver) -> Round:
    """The pass that sees the announcement, with the clock running."""
    begun, before, stages = perf_counter(), process_time(), dict[str, tuple[float, float]]()
    with clock_stages(stages):
        await _run_whole(run)
    heard = tuple((came - begun, what) for came, what in receiver.came if came >= begun)
    return Round(heard, stages, process_time() - before)


async def _run_whole(run: PassRun) -> None:
    await passes.work_off(run)
    await alerting.deliver_alerts(run)


def measure_round(folder: Path) -> Round:
    """Both polls over a home of its own; the second is timed."""
    receiver, sample, now = Receiver(), load_sample(SAMPLE), datetime.now(UTC)  # noqa: TID251 - as the demo does
    folder.mkdir(parents=True)
    with FakeWire() as wire, SampleServer(sample, now) as server:
        hook = wire.say("/hook", Answer(receiver.play))
        os.environ["DATELINE_ALLOW"] = f"{wire.host},{server.base_url.removeprefix('http://')}"
        os.environ["DATELINE_ALERT_URLS"] = f"webhook+{hook}"
        feeds = folder / "wires.toml"
        feeds.write_text(sample_wires(sample, server.base_url), encoding="utf-8")
        given = {"home": str(folder / "home"), "feeds_file": str(feeds), "with_all_feeds": True}
        with open_pass("monitor", **given) as run:  # type: ignore[arg-type]
            asyncio.run(_run_whole(run))
        server.show(2)
        with open_pass("monitor", **given) as run:  # type: ignore[arg-type]
            return asyncio.run(run_second(run, receiver))


def say(words: str) -> None:
    """One line of the table."""
    print(words)  # noqa: T201 - a bench prints


def main(rounds: int = ROUNDS) -> int:
    """Print every round and the verdict."""
    done = []
    say("seconds from the second poll's start, by stage; in brackets those of CPU, without the workers'")
    for number in range(1, rounds + 1):
        with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
            done.append(measure_round(Path(folder) / "round"))
        one = done[-1]
        parts = ", ".join(
            f"{name.partition('_')[0]} {took:.2f} ({cpu:.2f})" for name, (took, cpu) in one.stages.items()
        )
        say(f"  round {number}: {parts}; CPU {one.cpu_s:.2f}; heard of")
        for took, what in one.heard:
            say(f"      {took:5.2f}  {what}")
    worst = max(one.last_s for one in done)
    verdict = "ok" if worst <= GOAL_S else "MISSED"
    say(
        f"  poll to webhook: new summit {median(one.new_s for one in done):.2f} (median), last alert {worst:.2f} (worst)"
    )
    say(f"  goal <= {GOAL_S:.0f} s  {verdict}")
    return int(worst > GOAL_S)


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:])))
