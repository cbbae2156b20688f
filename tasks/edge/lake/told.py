"""What the lake has to tell outside: summits with their proof, the latest alerts, silent wires, the last pass."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import duckdb

from tasks.core.alerts.alert import choose_name
from tasks.core.errors import DatelineError
from tasks.core.publish.rows import Edition, LastPass, SilentWire, ToldAlert, ToldSummit
from tasks.edge.lake.alert_rows import alert_of
from tasks.edge.lake.attach import LakeAddress, tell_cause
from tasks.edge.lake.rows import place_of
from tasks.edge.lake.sharing import borrow_lake
from tasks.edge.lake.statements import query
from tasks.edge.lake.write import fetch_rows

MOST_ALERTS = 100
PAST_DAYS = 366  # that a summit stays in the calendar
UNDATED_DAYS = 60  # that one without a day is told after the latest word of it
PASS_DAYS = 30
FIRST_DAY = date(1970, 1, 1)  # the latest alerts may be of any day
SILENT_AFTER = timedelta(days=1)

_SUMMIT = (
    "meeting_id", "revision", "changed_at", "from_day", "to_day", "status", "needs_review", "sentence", "title", "url",
    "wire", "wires", "origins",
)  # fmt: skip
_PASS = ("run_id", "status", "ended_at")


def read_edition(address: LakeAddress, now: datetime) -> Edition:
    """All that is told at this time. Raises LakeMissing, and DatelineError where the lake cannot be read.

    Each question is a statement of its own: a transaction could miss rows while upkeep merges files.
    """
    today = now.date()
    bounds = {"since": today - timedelta(days=PAST_DAYS), "lately": now - timedelta(days=UNDATED_DAYS)}
    newest = {"day": FIRST_DAY, "since": None, "kind": None, "most": MOST_ALERTS}
    try:
        with borrow_lake(address) as lake:
            summits = fetch_rows(lake, query("select_told_summits"), bounds)
            alerts = fetch_rows(lake, query("select_alerts"), newest)
            silent = fetch_rows(lake, query("select_silent_wires"), {"since": now - SILENT_AFTER})
            passes = fetch_rows(lake, query("select_last_pass"), {"since": today - timedelta(days=PASS_DAYS)})
    except duckdb.Error as error:
        raise DatelineError(f"The lake at {address.home} cannot be read ({tell_cause(error)}); try again.") from error
    return Edition(
        summits=tuple(_summit_of(row) for row in summits),
        alerts=tuple(ToldAlert(alert_of(row), row["stands"]) for row in reversed(alerts)),
        silent=tuple(SilentWire(**row) for row in silent),
        last_pass=_pass_of(passes[0]) if passes else None,
    )


def _summit_of(row: Mapping[str, Any]) -> ToldSummit:
    kept = {name: row[name] for name in _SUMMIT}
    parties = tuple(row["parties"] or ())
    name = choose_name(row["name"], row["organisation"], parties)
    return ToldSummit(**kept, name=name, parties=parties, place=place_of(dict(row)))


def _pass_of(row: Mapping[str, Any]) -> LastPass:
    total = {name: value or 0 for name, value in row.items() if name not in _PASS}
    return LastPass(**{name: row[name] for name in _PASS}, total=total)
