"""A wire that falls silent while it is watched: one alert a silence, and none for what was not watched."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from tasks.edge.lake.mirror import mirror_catalog
from tasks.edge.lake.write import write_lake
from tasks.edge.wire_watch import raise_wire_alerts
from tests.claims import at
from tests.homes import ask_lake, begin

NOW = at("2025-12-11 12:00")
HOUR = timedelta(hours=1)
USUAL = [(24 * day, 9) for day in range(1, 10)]  # hours ago, new stories
QUIET = [(hour, 0) for hour in range(13)]


def record(home: Path, polls: Iterable[tuple[int, int]], wire: str = "norvik", **parts: object) -> None:
    """Polls of a wire so many hours before NOW, each with so many new stories."""
    run = begin(home, NOW)
    rows = [
        {
            "day": (NOW - hours * HOUR).date(), "run_id": f"{wire} {hours}", "feed_id": f"{wire}-world", "wire_id": wire,
            "polled_at": NOW - hours * HOUR, "outcome": "read", "found": 9, "known": 9 - new, "repeated": 0, "new": new,
            "revised": 0, "failures": 0, "next_poll_at": NOW, "seq": 2, **parts,
        }
        for hours, new in polls
    ]  # fmt: skip
    columns = {name for row in rows for name in row}
    with write_lake(run.address, "test", NOW, "polls") as lake:
        every = lake.connection.execute("describe poll_facts").fetchall()
        blank = dict.fromkeys(str(column[0]) for column in every)
        assert columns <= blank.keys()
        lake.append("poll_facts", [{**blank, **row} for row in rows])


def watch(home: Path, hours: int = 0) -> list[tuple[object, ...]]:
    """The pass so many hours after NOW; all alerts so far."""
    run = begin(home, NOW + hours * HOUR)
    with write_lake(run.address, "test", run.now, "catalog") as lake:
        mirror_catalog(lake, run.catalog, run.now)
    raise_wire_alerts(run)
    return ask_lake(run, "select kind, value, wire_id, sentence from alerts order by raised_at")


def test_a_wire_that_falls_silent_is_told_once(tmp_path):
    record(tmp_path, [*USUAL, *QUIET])

    ((kind, value, wire_id, sentence),) = watch(tmp_path)

    assert (kind, value, wire_id) == ("wire.silent", "silent", "norvik")
    assert sentence == (
        "Norvik Press brought no new story in 24 hours, the last at 2025-12-10 12:00 UTC; a usual day has 9. Its feeds answer."
    )
    assert len(watch(tmp_path, hours=1)) == 1


def test_it_is_told_again_only_after_it_was_heard(tmp_path):
    record(tmp_path, [*USUAL, *QUIET])
    watch(tmp_path)
    record(tmp_path, [(-1, 9)])
    watch(tmp_path, hours=2)
    record(tmp_path, [(-hour, 0) for hour in range(2, 30)])

    assert len(watch(tmp_path, hours=29)) == 2
    states = ask_lake(begin(tmp_path, NOW), "select state from lake.silence_facts order by noticed_at")
    assert states == [("silent",), ("heard",), ("silent",)]


def test_a_wire_whose_feeds_fail_is_silent_for_that_reason(tmp_path):
    record(tmp_path, USUAL)
    record(tmp_path, QUIET, outcome="failed", cause="it answered 403")

    ((*_, sentence),) = watch(tmp_path)

    assert sentence.endswith("Its feeds fail: it answered 403.")


def test_a_machine_that_was_off_says_nothing_of_the_wires(tmp_path):
    record(tmp_path, [*USUAL, (0, 0)])

    assert watch(tmp_path) == []
