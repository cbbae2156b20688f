"""Our pipeline against the naive loop, over the same wire on loopback, from the feeds to the rows."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.contest.table import goal
from tests.bench.contest.turns import Program, Row

FEEDS = 16
FEW = 32  # pages of the small wire: what a page more costs is the difference to the large one
DELAYS = ("50", "200")  # ms until an answer begins


def wire_lines(pages: int) -> Iterator[str]:
    """Both over a small and over the whole wire."""
    few = min(FEW, pages // 2)
    with Program("naive") as naive, Program("pipeline", "0") as ours:
        _run(few, naive, ours)  # what is loaded at the first feed and the first fetch
        small, large = _run(few, naive, ours), _run(pages, naive, ours)
    yield f"\nover loopback, {FEEDS} feeds, {DELAYS[0]} to {DELAYS[1]} ms away, archive and robots.txt included in ours"
    yield f"{'':<26}{'CPU ms':>8}{'a page more':>13}{'pages/s':>9}{'MB':>6}{'stored':>8}"
    for name in ("naive loop", "our pipeline"):
        row = large[name]
        workers = row.get("worker_rss", 0) * row.get("workers", 0)
        yield (
            f"{name:<26}{row['cpu_s'] / pages * 1000:8.1f}{_more(small, large, name, pages - few):13.1f}"
            f"{row['stored'] / row['wall_s']:9.1f}{(row['rss'] + workers) / 1e6:6.0f}{row['stored']:8}"
        )
    mine, theirs = large["our pipeline"], large["naive loop"]
    more = _more(small, large, "our pipeline", pages - few) / _more(small, large, "naive loop", pages - few)
    yield goal("our CPU for a page more against the naive loop's", more, 0.75)
    speed = mine["stored"] / mine["wall_s"] / (theirs["stored"] / theirs["wall_s"])
    yield goal("our pages/s against the naive loop's (the goal is for 4 cores)", speed, 3.0, at_most=False)
    yield f"  before its first page: the naive loop takes {naive.hello['start_s']:.1f} s of CPU, ours {ours.hello['start_s']:.1f} s"


def _run(pages: int, naive: Program, ours: Program) -> dict[str, Row]:
    with Program("wire", *DELAYS, str(FEEDS), str(pages)) as wire:
        return {
            "naive loop": naive.ask({"feeds": wire.hello["feeds"]}),
            "our pipeline": ours.ask({"do": "wire", **wire.hello}),
        }


def _more(small: dict[str, Row], large: dict[str, Row], name: str, pages: int) -> float:
    return float(large[name]["cpu_s"] - small[name]["cpu_s"]) / pages * 1000
