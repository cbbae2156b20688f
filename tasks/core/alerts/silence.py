"""When a wire falls silent: what it brought in a day, against its floor in the catalog or its own usual day. Pure.

    fewer stories in 24 h than its floor, or none where a usual day has 8 -> `silent`, an alert
    enough again (and was silent)                                         -> `heard`, silently

Only what was watched counts: passes in 12 of the 24 hours, and a week of days to compare with. Where most wires fall
silent at once it is ourselves, and nothing is said of the wires.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from tasks.core.alerts.alert import WIRE_SILENT, WireSubject, make_wire_alert
from tasks.core.model import Alert

LEAST_HOURS, LEAST_DAYS = 12, 7
# Of a wire that files fewer stories a day, a day without one is no news (a Sunday, a holiday).
LEAST_USUAL = 8

SILENT: Literal["silent"] = "silent"
State = Literal["silent", "heard"]
Row = Mapping[str, Any]


def settle_voices(rows: Sequence[Row]) -> list[tuple[Row, State]]:
    """The wires that fall silent or are heard again, from the rows of select_wire_voices."""
    judged = [row for row in rows if _is_known(row)]
    quiet = [row for row in judged if _is_quiet(row)]
    if len(quiet) > 1 and len(quiet) * 2 > len(judged):
        return []
    fell: list[tuple[Row, State]] = [(row, SILENT) for row in quiet if row["state"] != SILENT]
    return fell + [(row, "heard") for row in rows if row["state"] == SILENT and not _is_quiet(row)]


def describe_silence(row: Row) -> str:
    """What is missing, since when and why, in two sentences at most."""
    new, wire = row["new_items"], row["wire"] or row["wire_id"]
    brought = "no new story" if new == 0 else f"{new} new stor{'y' if new == 1 else 'ies'}"
    against = f"its floor is {row['floor']}" if row["floor"] else f"a usual day has {row['usual']:.0f}"
    since = f", the last at {row['new_at']:%Y-%m-%d %H:%M} UTC" if row["new_at"] else ""
    return f"{wire} brought {brought} in 24 hours{since}; {against}. {describe_answers(row)}"


def describe_answers(row: Row) -> str:
    """What its feeds answer meanwhile."""
    if row["answers"]:
        return "Its feeds answer."
    return f"Its feeds fail: {row['cause']}." if row["cause"] else "Its feeds do not answer."


def make_silence_alert(row: Row, now: datetime) -> Alert:
    """The alert of a wire that fell silent, for the n-th time."""
    wire = row["wire"] or row["wire_id"]
    subject = WireSubject(
        kind=WIRE_SILENT,
        wire_id=row["wire_id"],
        wire=wire,
        title=f"{wire} has fallen silent",
        sentence=describe_silence(row),
        n=row["times"] + 1,
    )
    return make_wire_alert(subject, SILENT, now)


def _is_known(row: Row) -> bool:
    """Was it watched for long enough to tell, and does it file often enough?"""
    is_watched = row["hours"] >= LEAST_HOURS and row["days"] >= LEAST_DAYS
    return is_watched and (row["floor"] is not None or (row["usual"] or 0) >= LEAST_USUAL)


def _is_quiet(row: Row) -> bool:
    return bool(row["new_items"] < (row["floor"] or 1))
