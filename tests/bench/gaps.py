"""What polls miss on feeds with bursts, and whether it is told: 50 feeds over 7 days, windows of 10 to 100 items.

python -m tests.bench.gaps [FEEDS] [DAYS]

Bursts are tenfold for half an hour. `untold` must be 0: an item that no poll saw and that lies in no reported gap.
Polls are counted against an oracle that knows when the window turns over and also looks every half an hour.
"""

from __future__ import annotations

import random
import sys

from tests.feed_simulator import Watched, make_wire, watch

SEED = 20260217


def watch_feeds(feeds: int, days: float, pass_s: float) -> list[Watched]:
    """A week of each feed, with passes so many seconds apart."""
    chance = random.Random(SEED)
    return [watch(make_wire(chance, days), pass_s=pass_s, name=f"feed-{number}") for number in range(feeds)]


def tell(results: list[Watched], pass_s: float) -> str:
    """One line of the table."""
    items, missed = sum(each.items for each in results), sum(len(each.missed) for each in results)
    gaps, untold = sum(len(each.gaps) for each in results), sum(len(each.untold) for each in results)
    empty = sum(not any(low <= time <= high for time in each.missed) for each in results for low, high in each.gaps)
    polls, oracle = sum(each.polls for each in results), sum(each.oracle_polls for each in results)
    return (
        f"{pass_s:6.0f}  {items:7,}  {missed:6,} ({missed / items:.2%})  {gaps:5,} ({empty:,})  {untold:6}"
        f"  {polls:8,}  {polls / oracle:6.2f}"
    )


def main() -> None:
    """Print the table; exits 1 where an unseen item is not told."""
    feeds, days = (int(sys.argv[1]), float(sys.argv[2])) if len(sys.argv) > 2 else (50, 7.0)
    lines = [
        f"{feeds} feeds, {days:g} days",
        "pass s    items  missed         gaps (nothing missed)  untold     polls  oracle",
    ]
    is_told = True
    for pass_s in (60.0, 300.0):
        results = watch_feeds(feeds, days, pass_s)
        lines.append(tell(results, pass_s))
        is_told = is_told and not any(each.untold for each in results)
    sys.stdout.write("\n".join(lines) + "\n")
    sys.exit(0 if is_told else 1)


if __name__ == "__main__":
    main()
