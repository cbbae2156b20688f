"""Extraction side by side, in one run, on the same real pages: trafilatura, our stage, our pipeline, and the peers.

    python -m tests.bench.extraction [--pages N] [--rounds R] [--no-peers]

How each figure is taken: tests/bench/README.md. A full run takes about a quarter of an hour on 2 cores.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from time import perf_counter

from tests.bench.contest.gold import GoldPage, load_gold
from tests.bench.contest.headlines import explain_title
from tests.bench.contest.hostile import hostile_lines
from tests.bench.contest.scaling import WORKERS, measure_scaling
from tests.bench.contest.table import BASE, META, Quality, fault_lines, goal, judge, pipeline_lines, table_lines
from tests.bench.contest.turns import PEERS_PYTHON, Program, Round, least_cpu, name_files, take_turns
from tests.bench.contest.wires import wire_lines
from tests.data import DATA

PEERS = ("readability-lxml", "newspaper4k", "news-please", "mcmetadata")
# How much less CPU than each peer ours is to take (issue C).
GOALS = {"mcmetadata": 2.5, "newspaper4k": 4.0, "news-please": 6.0}
WARM = 3  # pages that each contestant reads before the first turn


def main() -> None:
    """Print everything."""
    chosen = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    chosen.add_argument("--pages", type=int, default=0, help="about so many pages in place of all 258")
    chosen.add_argument("--rounds", type=int, default=2, help="rounds of trafilatura and ours (the peers have one)")
    chosen.add_argument("--no-peers", action="store_true", help="leave the peers out")
    asked = chosen.parse_args()
    try:
        pages = load_gold(asked.pages)
    except FileNotFoundError:
        sys.exit(f"The outside data is not at {DATA}; set DATELINE_TEST_DATA to its folder.")
    begun = perf_counter()
    for line in tell_all(pages, asked.rounds, () if asked.no_peers else PEERS):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    sys.stdout.write(f"\n{perf_counter() - begun:.0f} s in all; load now {tell_load()}\n")


def tell_load() -> str:
    """The load average, since other work on the machine is in every figure of time."""
    return " ".join(f"{each:.1f}" for each in os.getloadavg())


def tell_all(pages: Sequence[GoldPage], rounds: int, peers: Sequence[str]) -> Iterator[str]:
    """All lines, as they come."""
    yield f"{len(pages)} pages, {rounds} rounds, {os.cpu_count()} cores, load at the start {tell_load()}"
    with ExitStack() as stack:
        ours = {name: stack.enter_context(Program("reader", name)) for name in (BASE, META, "ours")}
        rivals = {}
        for name in peers:
            program, why = open_peer(name)
            if program is None:
                yield f"{name} is not installed ({why}): left out"
            else:
                rivals[name] = stack.enter_context(program)
        pipeline = stack.enter_context(Program("pipeline", "1"))
        for program in (*ours.values(), *rivals.values()):
            program.ask(name_files(pages[:WARM]))
        done = [take_turns(ours | rivals if number == 0 else ours, pipeline, pages) for number in range(rounds)]
    yield from tell_contest(pages, done)
    yield from wire_lines(len(pages))
    yield from tell_workers(pages)
    yield from hostile_lines()


def open_peer(name: str) -> tuple[Program | None, str]:
    """The peer's program, or why there is none."""
    if not PEERS_PYTHON.exists():
        return None, "`make bench` sets up .venv-bench"
    program = Program("reader", name, python=PEERS_PYTHON)
    return (program, "") if program.hello["is_there"] else (None, program.hello["why"])


def tell_contest(pages: Sequence[GoldPage], done: Sequence[Round]) -> Iterator[str]:
    """The table of the contest and the goals that hang on it."""
    quality = {name: judge(pages, done[-1].get(name, tally).rows) for name, tally in done[0].items()}
    yield ""
    yield from table_lines(done, quality, len(pages))
    yield ""
    yield from pipeline_lines(done, len(pages))
    cost = least_cpu(done, "pipeline")
    yield goal("our pipeline's CPU against trafilatura", cost / least_cpu(done, BASE), 1.15)
    yield goal("our pipeline's CPU against trafilatura with metadata", cost / least_cpu(done, META), 0.92)
    for name, times in GOALS.items():
        if name in done[0]:
            reached = done[0][name].cpu_s / done[0]["pipeline"].cpu_s
            yield goal(f"{name}'s CPU against our pipeline's", reached, times, at_most=False)
    yield from tell_quality(quality)
    notes = {page.page: explain_title(page) for page in pages if page.page in _wrong(quality["pipeline"])}
    yield ""
    yield from fault_lines(pages, quality["pipeline"], notes)


def _wrong(quality: Quality) -> set[str]:
    return {page for page, _, _ in quality.wrong_titles}


def tell_quality(quality: dict[str, Quality]) -> Iterator[str]:
    """The goals of quality."""
    ours, theirs = quality["pipeline"], quality[META]
    more = [
        page for page in ours.lost if page.partition(" ")[0] not in {each.partition(" ")[0] for each in theirs.lost}
    ]
    yield goal("F1 (against trafilatura's)", ours.f1, theirs.f1, at_most=False, form=".3f")
    yield goal("pages ok with recall under 0.5", len(ours.low), 0, form=".0f")
    yield goal("days of publication equal (against trafilatura's)", ours.days, theirs.days, at_most=False, form=".1%")
    yield goal("titles equal, normalised", ours.titles, 0.95, at_most=False, form=".1%")
    yield goal("pages lost that trafilatura reads", len(more), 0, form=".0f")


def tell_workers(pages: Sequence[GoldPage]) -> Iterator[str]:
    """How the workers share the work, and how large they are."""
    bodies = [(page.read_bytes(), "text/html", page.url) for page in pages]
    found = measure_scaling(bodies, turns=3)
    sizes = ", ".join(f"{size / 1e6:.0f}" for size in found.rss)
    yield f"\nworkers: {WORKERS}; speed-up {min(found.pool):.2f} to {max(found.pool):.2f}, of the plain loop "
    yield f"  {min(found.loop):.2f} to {max(found.loop):.2f}; MB of the largest after each pass: {sizes}"
    yield goal("the workers' speed-up as a share of the loop's", found.share, 0.90, at_most=False)
    yield goal("MB of the largest worker at its peak", found.peak / 1e6, 150, form=".0f")
    yield goal("MB that it grew from the 2nd to the 7th pass", (found.rss[-1] - found.rss[1]) / 1e6, 10, form=".0f")


if __name__ == "__main__":
    main()
