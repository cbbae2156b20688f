"""When a wire's pages look other than they did: the change that is recorded, and the alert it raises. Pure.

a row of wire_layout -> broke? (and was not broken) -> `broken`, an alert
                     -> as usual again, or out of a past to compare with (and was broken) -> `well`, silently
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

from tasks.core.alerts.alert import WIRE_LAYOUT, WireSubject, make_wire_alert
from tasks.core.model import Alert

BROKEN: Literal["broken"] = "broken"
# A layout that stays other for as long is how the wire's pages are now: what comes after is compared with it.
ACCEPTED_AFTER = timedelta(days=35)

State = Literal["broken", "well"]
Row = Mapping[str, Any]


def settle_layout(row: Row, now: datetime) -> State | None:
    """The state that a wire's layout enters now; None where it stays in the one it is in."""
    if row["state"] != BROKEN:
        return BROKEN if row["trouble"] else None
    is_accepted = row["broken_since"] is not None and now - row["broken_since"] > ACCEPTED_AFTER
    return "well" if (row["is_usual"] and not row["trouble"]) or is_accepted else None


def describe_trouble(row: Row) -> str:
    """What broke in one sentence, with why most pages gave no story."""
    why = f" (mostly: {row['reason'].replace('_', ' ')})" if row["reason"] and "whole story" in row["trouble"] else ""
    return f"{row['trouble'][0].upper()}{row['trouble'][1:]}{why}."


def make_layout_alert(row: Row, now: datetime) -> Alert:
    """The alert of a layout that broke, for the n-th time of this wire; its link is a page that shows it."""
    wire = row["wire"] or row["wire_id"]
    subject = WireSubject(
        kind=WIRE_LAYOUT,
        wire_id=row["wire_id"],
        wire=wire,
        title=f"The pages of {wire} are no longer read as they were",
        sentence=describe_trouble(row),
        n=row["times"] + 1,
        article_id=row["example_article_id"] or "",
        article_url=row["example_url"],
    )
    return make_wire_alert(subject, BROKEN, now)


def example_day(row: Row, now: datetime) -> date:
    """The day of the page that shows it."""
    day: date | None = row["example_day"]
    return day or now.date()


def same_hour(one: datetime, other: datetime) -> bool:
    """Whether two moments lie in one hour of the clock."""
    return one.astimezone(UTC).replace(minute=0, second=0, microsecond=0) == other.astimezone(UTC).replace(
        minute=0, second=0, microsecond=0
    )
