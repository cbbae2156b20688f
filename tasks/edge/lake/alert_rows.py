"""Alerts, channels and deliveries as rows of the lake, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from tasks.core.alerts.carriers import Carriers, group_carriers
from tasks.core.alerts.plan import ALERT_DAYS, Attempt, Channel
from tasks.core.model import Alert, Wire
from tasks.edge.alert_channels import Line
from tasks.edge.lake.attach import LakeAddress
from tasks.edge.lake.rows import place_of, place_parts
from tasks.edge.lake.sharing import borrow_lake
from tasks.edge.lake.statements import query
from tasks.edge.lake.write import LakeWriter, Row, fetch_rows

_PLAIN = (
    "alert_id", "kind", "meeting_id", "wire_id", "value", "day", "article_id", "version", "article_url", "wire",
    "title", "sentence", "name", "from_day", "to_day", "status", "wires", "origins", "raised_at", "is_first_load",
    "before", "organisation", "confidence", "step",
)  # fmt: skip


# How far back the stories that tell of a meeting are counted while a rule waits for more of them.
CARRIER_DAYS = 400
_LISTS = ("parties", "sources", "sides")


@dataclass(frozen=True, slots=True)
class Outbox:
    """What the lake knows of deliveries: channels by id, recent alerts, and every attempt to deliver them."""

    channels: Mapping[str, Channel]
    alerts: tuple[Alert, ...]
    attempts: tuple[Attempt, ...]


def read_outbox(address: LakeAddress, now: datetime) -> Outbox:
    """Read channels, alerts and attempts of the last days."""
    since = {"since": now.date() - timedelta(days=ALERT_DAYS)}
    with borrow_lake(address) as connection:
        channels = fetch_rows(connection, query("select_channels"))
        alerts = fetch_rows(connection, query("select_open_alerts"), since)
        attempts = fetch_rows(connection, query("select_deliveries"), since)
    seen = (Channel(row["channel_id"], row["channel"], row["first_seen_at"]) for row in channels)
    return Outbox(
        {channel.channel_id: channel for channel in seen},
        tuple(alert_of(row) for row in alerts),
        tuple(Attempt(**row) for row in attempts),
    )


def read_carriers(
    address: LakeAddress, wires: Mapping[str, Wire], meetings: Mapping[str, Sequence[str]], now: datetime
) -> dict[str, Carriers]:
    """Who tells of these meetings by now; `meetings` are their parties by id."""
    wanted = {"meeting_ids": sorted(meetings), "since": now.date() - timedelta(days=CARRIER_DAYS)}
    with borrow_lake(address) as connection:
        rows = fetch_rows(connection, query("select_carriers"), wanted)
    return group_carriers(rows, wires, meetings)


def alert_row(alert: Alert, article_day: date, run_id: str) -> Row:
    """An alert as it is raised; `article_day` is the day of the story that proves it."""
    return {
        **{name: getattr(alert, name) for name in _PLAIN},
        **place_parts(alert.place),
        **{name: list(getattr(alert, name)) for name in _LISTS},
        "article_day": article_day,
        "start_char": alert.start,
        "end_char": alert.end,
        "run_id": run_id,
    }


def alert_of(row: Row) -> Alert:
    """The alert in a row of `alert_facts`."""
    kept: dict[str, Any] = {name: row[name] for name in _PLAIN} | {
        "title": row["title"] or "",
        "step": row["step"] or 1,
    }
    lists: dict[str, Any] = {name: tuple(row[name] or ()) for name in _LISTS}
    return Alert(**kept, **lists, place=place_of(dict(row)), start=row["start_char"], end=row["end_char"])


def record_channels(lake: LakeWriter, lines: Iterable[Line], now: datetime) -> None:
    """Note the first sight of channels; from then on alerts are owed to them.

    Of two passes over different shards, the one that began first may be the second to say so: its sight counts then,
    or what it raised would be owed to nobody.
    """
    known = {row["channel_id"]: row["first_seen_at"] for row in lake.rows("select_channels")}
    new = [line for line in lines if line.channel_id not in known or now < known[line.channel_id]]
    rows = [{"channel_id": line.channel_id, "channel": line.label, "first_seen_at": now} for line in new]
    lake.append("channel_facts", rows)


def delivery_row(attempt: Attempt, channel: Channel, error: str | None, now: datetime) -> Row:
    """An attempt to deliver."""
    return {
        "day": now.date(),
        "alert_id": attempt.alert_id,
        "channel_id": channel.channel_id,
        "channel": channel.label,
        "attempt": attempt.attempt,
        "attempted_at": now,
        "outcome": attempt.outcome,
        "error": error,
        "next_try_at": attempt.next_try_at,
    }
