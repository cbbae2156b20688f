"""What it costs to find the meeting of a claim: `python -m tests.bench.ledger [MEETINGS [CLAIMS]]`.

A ledger of 10,000 meetings of two years, and 5,000 claims that attach, open, clash, slip or correct (all seeded, see
tests/many_meetings.py), resolved by the core alone: CPU a claim; then, in chunks of 60 as a pass stores them, what it
costs to pick the meetings that a chunk could touch, to index these, and to decide, beside a ledger of all rows.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from statistics import median
from time import process_time
from typing import Any

from tasks.core.ledger.decide import Ledger, resolve_claims
from tasks.core.ledger.near import look_out
from tasks.core.model import Decision, LedgerClaim, LedgerMeeting
from tests.many_meetings import backers_of, make_claims, make_ledger

GOAL_MS = 1.0
CHUNK = 60
CHUNKS = 12
ROUNDS = 3

Made = tuple[Decision, ...]


def clock(work: Callable[[], Any]) -> tuple[float, Any]:
    """Milliseconds of CPU, and what came of it."""
    begun = process_time()
    result = work()
    return 1_000 * (process_time() - begun), result


def pick_near(rows: Sequence[LedgerMeeting], claims: Sequence[LedgerClaim]) -> list[LedgerMeeting]:
    """The rows that the claims could touch, as `store` picks them."""
    sees = look_out(claims, backers_of(claims)).sees
    return [row for row in rows if sees(row.meeting_id, row.organisation, row.parties, (row.name, *row.aliases))]


def bench_claims(rows: Sequence[LedgerMeeting], claims: Sequence[LedgerClaim]) -> float:
    """Print the cost a claim in one batch, and what became of the claims; returns milliseconds a claim."""
    backers = backers_of(claims)
    built, spent = [], []
    for _ in range(ROUNDS):
        took, ledger = clock(lambda: Ledger(rows, backers))
        built.append(took)
        took, decisions = clock(lambda ledger=ledger: [ledger.decide(claim) for claim in claims])  # type: ignore[misc]
        spent.append(took)
    each = median(spent) / len(claims)
    say(f"{len(rows):,} meetings, {len(claims):,} claims: {each:.3f} ms a claim, {median(built):.0f} ms for the index")
    counts = Counter(decision.action if decision else "none" for decision in decisions)
    say("    " + ", ".join(f"{count:,} {action}" for action, count in counts.most_common()))
    return each


def bench_chunks(rows: Sequence[LedgerMeeting], claims: Sequence[LedgerClaim]) -> int:
    """Print what a chunk costs on all rows and on those near it; returns how many chunks were decided otherwise."""
    spent: dict[str, list[float]] = {}
    differ = 0
    for at in range(0, CHUNK * CHUNKS, CHUNK):
        chunk = claims[at : at + CHUNK]
        backers = backers_of(chunk)
        picked, near = clock(lambda chunk=chunk: pick_near(rows, chunk))  # type: ignore[misc]
        indexed, _ = clock(lambda near=near, backers=backers: Ledger(near, backers))  # type: ignore[misc]
        few, made = clock(lambda near=near, chunk=chunk, backers=backers: resolve_claims(near, chunk, backers))  # type: ignore[misc]
        whole, known = clock(lambda chunk=chunk, backers=backers: resolve_claims(rows, chunk, backers))  # type: ignore[misc]
        differ += made != known
        parts = {"all rows": whole, "pick": picked, "index": indexed, "decide": few - indexed, "rows": len(near)}
        for name, took in parts.items():
            spent.setdefault(name, []).append(took)
    each = {name: median(took) for name, took in spent.items()}
    total = each["pick"] + each["index"] + each["decide"]
    shares = ", ".join(f"{name} {each[name]:.0f} ms ({each[name] / total:.0%})" for name in ("pick", "index", "decide"))
    say(f"a chunk of {CHUNK} claims: {total:.0f} ms, {shares}; {each['rows']:,.0f} meetings near it")
    say(f"    on all rows {each['all rows']:.0f} ms; decided otherwise: {differ} of {CHUNKS} chunks")
    return differ


def say(words: str) -> None:
    """One line of the table."""
    print(words)  # noqa: T201 - a bench prints


def main(meetings: int = 10_000, claims: int = 5_000) -> int:
    """Measure, and say whether the goal is met."""
    rows = make_ledger(meetings)
    told = make_claims(rows, claims)
    each = bench_claims(rows, told)
    differ = bench_chunks(rows, told)
    say(f"a claim: goal <= {GOAL_MS:.0f} ms  {'ok' if each <= GOAL_MS else 'MISSED'}")
    return int(each > GOAL_MS or differ > 0)


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:])))
