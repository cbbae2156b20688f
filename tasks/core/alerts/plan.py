"""Which alerts go where now, and when a failed one is tried again. Pure.

An alert is owed to each channel that was known when it was raised. It is tried in every pass in which it is due, with
pauses that double from a minute to six hours, until the channel takes it or `MAX_TRIES` have failed: three days of a
channel that is down in passes of a few minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from tasks.core.model import Alert

Outcome = Literal["sent", "failed", "dead"]

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
MAX_TRIES = 20
# Alerts older than this are no longer read when deliveries are planned; by then every one was sent or given up.
ALERT_DAYS = 30


@dataclass(frozen=True, slots=True)
class Channel:
    """A place that alerts go to. `label` has no secrets; it gets what is raised from `first_seen_at` on."""

    channel_id: str
    label: str
    first_seen_at: datetime


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to deliver an alert to a channel."""

    alert_id: str
    channel_id: str
    attempt: int
    outcome: Outcome
    next_try_at: datetime | None


@dataclass(frozen=True, slots=True)
class Parcel:
    """What goes to a channel as one message: one alert, or all that one first load raised. `tries` are those before."""

    channel: Channel
    alerts: tuple[Alert, ...]
    tries: Mapping[str, int]


def plan_deliveries(
    channels: Iterable[Channel], alerts: Sequence[Alert], attempts: Iterable[Attempt], now: datetime
) -> tuple[Parcel, ...]:
    """All parcels that are due, channel by channel; within a channel what was tried least, then the oldest."""
    latest: dict[tuple[str, str], Attempt] = {}
    for attempt in attempts:
        key = attempt.alert_id, attempt.channel_id
        if key not in latest or attempt.attempt > latest[key].attempt:
            latest[key] = attempt
    parcels: list[Parcel] = []
    for channel in channels:
        due = [
            alert for alert in alerts if _is_due(channel, alert, latest.get((alert.alert_id, channel.channel_id)), now)
        ]
        tries = {id_: done.attempt for (id_, channel_id), done in latest.items() if channel_id == channel.channel_id}
        parcels += _pack(channel, due, tries)
    return tuple(parcels)


def settle_attempt(tries: int, now: datetime, retry_after_s: int | None = None) -> tuple[Outcome, datetime | None]:
    """What a failed try means, `tries` counting it: when it is tried again, or that it is given up."""
    if tries >= MAX_TRIES:
        return "dead", None
    pause = min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE)
    asked = timedelta(seconds=retry_after_s or 0)
    return "failed", now + min(max(pause, asked), LONGEST_PAUSE)


def _is_due(channel: Channel, alert: Alert, latest: Attempt | None, now: datetime) -> bool:
    if alert.raised_at < channel.first_seen_at:
        return False
    if latest is None:
        return True
    return latest.outcome == "failed" and (latest.next_try_at is None or latest.next_try_at <= now)


def _pack(channel: Channel, due: Sequence[Alert], tries: Mapping[str, int]) -> list[Parcel]:
    """Alerts of one first load, raised by one pass, travel together; the others alone."""
    loads: dict[datetime, list[Alert]] = {}
    groups: list[list[Alert]] = []
    for alert in sorted(due, key=lambda alert: (alert.raised_at, alert.alert_id)):
        if not alert.is_first_load:
            groups.append([alert])
        elif alert.raised_at in loads:
            loads[alert.raised_at].append(alert)
        else:
            loads[alert.raised_at] = [alert]
            groups.append(loads[alert.raised_at])
    parcels = [
        Parcel(channel, tuple(group), {alert.alert_id: tries.get(alert.alert_id, 0) for alert in group})
        for group in groups
    ]
    return sorted(parcels, key=lambda parcel: max(parcel.tries.values()))
