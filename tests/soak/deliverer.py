"""Passes that store a few stories and deliver what these raise, to be killed: forks one a line of its input.

    python -m tests.soak.deliverer HOME FEEDS      -> `STEP TRY [POINT]`: the pid of a pass; then its exit code

A step's stories are scripted: it tells of new summits, moves those of the step before, and calls off those before it.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations

from tasks.core.model import LedgerClaim, Mention
from tests import dying
from tests.claims import BOGOTA, CARTAGENA, GENEVA, meet, tell
from tests.soak.nursery import bear_children

START = datetime(2026, 3, 2, tzinfo=UTC)
STEP, TRY = timedelta(hours=1), timedelta(seconds=20)
WIRES = ("norvik", "meridian", "lumen")
STATES = "BRA KEN CHL GHA PER NOR JPN ZMB MEX JOR POL NPL CAN TUN FIN MNG URY SEN PRT VNM ZAF ISL MAR THA".split()
PAIRS = list(combinations(STATES, 2))
# Every so often a step tells of so many summits that they travel as one digest.
STORM_EVERY, STORM = 10, 10
# Where a pass may be told to die, beside any moment and any message.
POINTS = (
    "a chunk is written, not committed",
    "a chunk is committed",
    "alerts are raised, not delivered",
    "alerts are delivered, the pass is not ended",
)


def count_new(step: int) -> int:
    """How many summits a step is the first to tell of."""
    return STORM if step % STORM_EVERY == STORM_EVERY - 1 else 2


def tell_step(step: int) -> list[LedgerClaim]:
    """The claims of a step, one a story: new summits, then news of the earlier ones."""
    first = sum(count_new(earlier) for earlier in range(step))
    claims = [_tell(step, number, "new") for number in range(first, first + count_new(step))]
    for back, what in ((1, "moved"), (2, "off")):
        if step >= back:
            claims.append(_tell(step, sum(count_new(earlier) for earlier in range(step - back)), what))
    return claims


def _tell(step: int, number: int, what: str) -> LedgerClaim:
    days = {"new": 20, "moved": 27, "off": 27}[what]
    day = (START + timedelta(days=days + number % 5)).date()
    status, place = ("postponed" if what == "off" else "planned"), (CARTAGENA if what == "new" else BOGOTA)
    place = GENEVA if number % 2 and what == "new" else place
    one, other = PAIRS[number]
    sentence = f"The presidents of {one} and {other} will meet in {place.name} on {day:%B} {day.day}, {what}."
    meeting = meet(one, other, on=day.isoformat(), place=place, status=status)
    meeting = replace(meeting, claims=(Mention(sentence, 0, len(sentence)),))
    told = START + step * STEP - timedelta(minutes=5)
    wire = WIRES[number % len(WIRES)]
    return tell(f"{wire}-{what}-{number}", f"{told:%Y-%m-%d %H:%M}", meeting, wire_id=wire, origin=wire)


def live(home: str, feeds: str, line: str) -> None:
    """Store a step's stories and deliver; the pass of another try is a little later."""
    step, tries, *point = line.split(maxsplit=2)
    for name in point:
        dying.die_at(name.strip())
    asyncio.run(_run_pass(home, feeds, int(step), START + int(step) * STEP + int(tries) * TRY))


async def _run_pass(home: str, feeds: str, step: int, now: datetime) -> None:
    from tasks.core.stages import ReadChunk
    from tasks.edge import alerting
    from tasks.edge.passes import open_pass
    from tests import passes
    from tests.homes import write_story

    pairs = tuple(write_story(claim, now) for claim in tell_step(step))
    with open_pass("monitor", home=home, feeds_file=feeds, now=now) as run:
        await asyncio.to_thread(passes.store_chunk, run, ReadChunk(0, pairs, ()), is_import=True)
        await alerting.deliver_alerts(run)


def main() -> None:
    """Fork until the input ends."""
    # As in the nursery: what a pass imports on its way is imported before it is born.
    import tests.homes
    import tests.passes  # noqa: F401

    home, feeds = sys.argv[1:3]
    bear_children(lambda line: live(home, feeds, line))


if __name__ == "__main__":
    main()
