"""What each fault of a server costs us: its class, its time as a share of the deadline, and its memory.

    python -m tests.bench.faults [WORD]        only faults whose name holds the word

Each fault is asked for in a process of its own, which has first asked for a feed that is in order; the memory is what
the process grew by at its peak, the wire is in another process. Goals: 21 of 21 classified, each within its deadline
and a tenth, each under 20 MB.
"""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
import time

from tasks.core.model import Failure
from tasks.edge.http import LIMITS, AllowList, Limits, Web
from tests.fakes import FakeWire, feed, item
from tests.faults import FAULTS, THE_21, Fault

DEADLINE_S = 5.0
MOST_MB, MOST_SHARE = 20.0, 1.1
_UNIT = 1 if sys.platform == "darwin" else 1024  # what ru_maxrss counts in


def main() -> None:
    """Print a row for each fault; exit 1 where one misses a goal."""
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    chosen = [fault for fault in FAULTS if word in fault.name]
    print(f"{'fault':<44}{'class':<17}{'of its deadline':>16}{'MB':>7}")  # noqa: T201 - a bench prints
    with FakeWire() as wire:
        missed = [fault for fault in chosen if not report(fault, measure(fault, wire))]
    classed = sum(fault in THE_21 and fault not in missed for fault in chosen)
    print(f"{classed} of {len(THE_21)} kinds, and {len(chosen) - len(missed) - classed} others, as they should be")  # noqa: T201 - a bench prints
    sys.exit(bool(missed))


def measure(fault: Fault, wire: FakeWire) -> dict[str, float | str]:
    """Ask for the fault in a process of its own."""
    wire.say("/ok", feed(item(1)))
    wire.say("/fault", fault.answer())
    for path, answer in fault.paths.items():
        wire.say(path, answer())
    child = [sys.executable, "-m", "tests.bench.faults", "--ask", wire.host, wire.url("/ok"), wire.url("/fault")]
    done = subprocess.run(child, capture_output=True, text=True, check=True)
    told: dict[str, float | str] = json.loads(done.stdout)
    return told


def report(fault: Fault, told: dict[str, float | str]) -> bool:
    """Print the row; False where it misses a goal."""
    share, grown = float(told["seconds"]) / DEADLINE_S, float(told["mb"])
    is_well = told["kind"] == fault.kind and share <= MOST_SHARE and grown < MOST_MB
    mark = "" if is_well else f"   MISSED, should be {fault.kind}"
    print(f"{fault.name:<44}{told['kind']:<17}{share:>16.2f}{grown:>7.1f}{mark}", flush=True)  # noqa: T201 - a bench prints
    return is_well


async def ask(host: str, fine: str, url: str) -> dict[str, float | str]:
    """One exchange, measured, after one that is in order."""
    limits = {kind: Limits(each.max_bytes, DEADLINE_S, each.cut, each.may_be_empty) for kind, each in LIMITS.items()}
    async with Web(AllowList.parse(host), "Dateline/0", limits=limits) as web:
        await web.get(fine, kind="feed")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        begun = time.monotonic()
        outcome = await web.get(url, kind="feed")
        seconds = time.monotonic() - begun
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * _UNIT / 1e6
    return {"kind": outcome.kind if isinstance(outcome, Failure) else "served", "seconds": seconds, "mb": grown}


if __name__ == "__main__":
    if sys.argv[1:2] == ["--ask"]:
        print(json.dumps(asyncio.run(ask(*sys.argv[2:]))))  # noqa: T201 - a bench prints
    else:
        main()
