"""What the ledger costs a chunk in the lake: `python -m tests.bench.ledger_lake [MEETINGS [CLAIMS]]`.

A lake of 120 days with 10,000 meetings, 30,000 claims and the alerts about them, laid as upkeep leaves it (a file a
day). A chunk of 60 claims is stored again and again, each time rolled back: milliseconds of CPU by query, by the core,
by table that is written. Then the same with 200 rulings, and what each query reads: files of how many days.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any
from unittest.mock import patch

from tasks.core.model import LedgerClaim, LedgerMeeting
from tasks.edge.lake import ledger_store
from tasks.edge.lake.ledger_alerts import LedgerBatch
from tasks.edge.lake.rows import ledger_row, meeting_parts
from tasks.edge.lake.sharing import borrow_lake, share_lake
from tasks.edge.lake.statements import query
from tasks.edge.lake.write import LakeWriter, write_lake
from tasks.edge.passes import PassRun
from tests.homes import begin, write_story
from tests.lakes import fill_row
from tests.many_meetings import NOW, make_claims, make_ledger

DAYS = 120
CHUNK = 60
ROUNDS = 7
RULINGS = 200
GOAL_MS = 1_000

resolve_claims, read_ledger = ledger_store.resolve_claims, ledger_store._read_ledger

Rows = list[dict[str, Any]]
Times = dict[str, list[float]]


class _UndoneError(Exception):
    """Rolls a transaction back."""


def lay_lake(run: PassRun, meetings: Sequence[LedgerMeeting], claims: Sequence[LedgerClaim]) -> None:
    """Write the ledger and the claims behind it in one transaction, which leaves a file a day of each table."""
    ids = [meeting.meeting_id for meeting in meetings]
    with write_lake(run.address, "bench", NOW, "bench") as lake:
        for table, rows in _lay_rows(lake, run, meetings, claims, ids).items():
            lake.append(table, rows, are_new=True)


def _lay_rows(
    lake: LakeWriter,
    run: PassRun,
    meetings: Sequence[LedgerMeeting],
    claims: Sequence[LedgerClaim],
    ids: Sequence[str],
) -> Mapping[str, Rows]:
    plain = {name: fill_row(lake.connection, name) for name in ("reading_facts", "alert_facts")}
    rows: dict[str, Rows] = defaultdict(list)
    rules = claims[0].rules_version
    rows["activation_facts"] = [
        {"day": NOW.date() - timedelta(days=n), "rules_version": rules, "activated_at": NOW, "run_id": "bench"}
        for n in range(DAYS + 1)
    ]
    rows["meeting_facts"] = [ledger_row(meeting, 1, "bench", NOW) for meeting in meetings]
    for number, claim in enumerate(claims):
        key = {"day": claim.day, "article_id": claim.article_id, "version": 1, "rules_version": claim.rules_version}
        rows["reading_facts"].append({**plain["reading_facts"], **key})
        told = {"wire_id": claim.wire_id, "origin": claim.origin, "published_at": claim.published_at, "seq": 0}
        words = {"inferred": [], "start_char": 0, "end_char": 42, "sentence": claim.meeting.claims[0].text}
        rows["claim_facts"].append({**key, **told, **words, **meeting_parts(claim.meeting)})
        chosen = {"meeting_id": ids[number % len(ids)], "action": "attach", "score": 0.9, "reason": "same parties"}
        rows["decision_facts"].append({**key, **chosen, "seq": 0, "decided_at": NOW, "run_id": "bench"})
    for meeting in meetings:
        if meeting.is_told:
            own = {"alert_id": f"alert-{meeting.meeting_id}", "meeting_id": meeting.meeting_id, "kind": "summit.new"}
            own |= {
                "day": meeting.opened_day,
                "value": "new",
                "status": meeting.status,
                "raised_at": meeting.first_seen,
            }
            rows["alert_facts"].append({**plain["alert_facts"], **own, "place": None, "step": 1})
    return rows


def rule_some(run: PassRun, meetings: Sequence[LedgerMeeting], count: int) -> None:
    """Merge so many meetings into their neighbours."""
    with write_lake(run.address, "bench", NOW, "bench") as lake:
        lake.append(
            "ruling_facts",
            [
                {
                    "day": NOW.date(),
                    "action": "merge",
                    "meeting_id": meetings[2 * n].meeting_id,
                    "into_id": meetings[2 * n + 1].meeting_id,
                    "article_id": "",
                    "reason": None,
                    "ruled_at": NOW,
                    "run_id": "bench",
                }
                for n in range(count)
            ],
        )


@contextmanager
def clock_parts(times: Times) -> Iterator[None]:
    """Note the seconds of every query, append and resolution of the ledger's stage."""
    with (
        patch.object(LakeWriter, "rows", _clock(LakeWriter.rows, times, lambda args: args[1])),
        patch.object(LakeWriter, "frame", _clock(LakeWriter.frame, times, lambda args: args[1])),
        patch.object(LakeWriter, "append", _clock(LakeWriter.append, times, lambda args: f"append {args[1]}")),
        patch.object(ledger_store, "resolve_claims", _clock(resolve_claims, times, lambda _: "resolve_claims")),
        patch.object(
            ledger_store, "_read_ledger", _clock(read_ledger, times, lambda _: "read the ledger, query and rows")
        ),
    ):
        yield


def _clock(work: Callable[..., Any], times: Times, name: Callable[[Sequence[Any]], str]) -> Callable[..., Any]:
    def call(*args: Any, **more: Any) -> Any:
        begun = process_time()
        try:
            return work(*args, **more)
        finally:
            times.setdefault(name(args), []).append(process_time() - begun)

    return call


def store_and_undo(run: PassRun, batch: LedgerBatch) -> tuple[float, float, Mapping[str, float]]:
    """Seconds and those of CPU of `store_ledger` for a chunk, and CPU of its parts; nothing is kept."""
    times: Times = {}
    took = spent = 0.0
    try:
        with write_lake(run.address, "bench", NOW, "bench") as lake, clock_parts(times):
            begun, before = perf_counter(), process_time()
            ledger_store.store_ledger(run, lake, batch)
            took, spent = perf_counter() - begun, process_time() - before
            raise _UndoneError
    except _UndoneError:
        pass
    return took, spent, {name: sum(parts) for name, parts in times.items()}


def bench_chunk(run: PassRun, batch: LedgerBatch, what: str) -> float:
    """Print the medians of some rounds, the largest part first; returns the milliseconds of CPU of the whole."""
    with share_lake(run.address):
        store_and_undo(run, batch)
        rounds = [store_and_undo(run, batch) for _ in range(ROUNDS)]
    took, whole = (1_000 * median(each[place] for each in rounds) for place in (0, 1))
    parts = {name: 1_000 * median(each.get(name, 0.0) for *_, each in rounds) for name in rounds[0][2]}
    say(f"{what}: {whole:.0f} ms of CPU, {took:.0f} ms for {len(batch.claims)} claims")
    for name, spent in sorted(parts.items(), key=lambda part: -part[1]):
        say(f"    {name:<34} {spent:7.1f} ms {spent / whole:6.1%}")
    return whole


def tell_reading(run: PassRun, meetings: Sequence[LedgerMeeting]) -> None:
    """Files that each query reads, by EXPLAIN ANALYZE: a bound on the day leaves the others out."""
    since = {"since": NOW.date() - timedelta(days=7)}
    some = {"meeting_ids": [meeting.meeting_id for meeting in meetings if meeting.opened_day >= since["since"]][:20]}
    asked: Mapping[str, Mapping[str, Any]] = {
        "select_ledger": {"since": NOW.date() - timedelta(days=ledger_store.LEDGER_DAYS)},
        "select_decided": {"days": [NOW.date()], "article_ids": ["x"]},
        "select_backers": {**some, **since},
        "select_carriers": {**some, **since},
        "select_told": {**some, **since},
        "select_meeting_rows": some,
    }
    say(f"files read of {DAYS} days; a bound of 7 days where a query has one")
    for name, parameters in asked.items():
        with borrow_lake(run.address) as connection:
            plan = connection.execute(f"explain analyze {query(name)}", dict(parameters)).fetchall()[0][1]
            begun = process_time()
            connection.execute(query(name), dict(parameters)).fetchall()
            took = process_time() - begun
        tables = re.findall(r"Table:", plan)
        files = re.findall(r"Total Files Read:\s+(\d+)", plan)
        say(f"    {name:<20} {1_000 * took:6.1f} ms  scans {len(tables)}; files read by scan: {' '.join(files)}")


def say(words: str) -> None:
    """One line of the table."""
    print(words)  # noqa: T201 - a bench prints


def main(meetings: int = 10_000, claims: int = 30_000) -> None:
    """Lay the lake, then measure."""
    ledger = make_ledger(meetings, reach=timedelta(days=DAYS))
    told = make_claims(ledger, claims, since=NOW - timedelta(days=DAYS))
    told = [replace(claim, article_id=f"told-{n:06}", version=1, seq=0) for n, claim in enumerate(told)]
    fresh = make_claims(ledger, CHUNK, seed=3, since=NOW - timedelta(days=2))
    fresh = [replace(claim, version=1) for claim in fresh]
    articles = {(claim.article_id, claim.version): write_story(claim, NOW)[0] for claim in fresh}
    batch = LedgerBatch(tuple(fresh), articles)
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        run = begin(Path(folder) / "home", NOW)
        lay_lake(run, ledger, told)
        whole = bench_chunk(run, batch, "a chunk, no rulings")
        tell_reading(run, ledger)
        rule_some(run, ledger, RULINGS)
        bench_chunk(run, batch, f"a chunk, {RULINGS} rulings")
    say(f"a chunk's ledger: {whole:.0f} ms of CPU, goal <= {GOAL_MS} {'ok' if whole <= GOAL_MS else 'MISSED'}")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
