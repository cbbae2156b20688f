"""Which alerts go where now, and when a failed one is tried again. Pure.

An alert is owed to each channel that was known when it was raised and wants it by its rules. It is tried in every pass
in which it is due, with pauses that double from a minute to six hours, until the channel takes it or `MAX_TRIES` have
failed: three days of a channel that is down in passes of a few minutes. A retraction goes where an alert about its
meeting went; where none went, neither it nor what it takes back goes out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from tasks.core.alerts.alert import SUMMIT_RETRACTED
from tasks.core.alerts.rules import wants
from tasks.core.model import Alert, AlertRule

Outcome = Literal["sent", "failed", "dead"]

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
MAX_TRIES = 20
# Alerts older than this are no longer read when deliveries are planned; by then every one was sent or given up.
ALERT_DAYS = 30
# More alerts of one pass than this, for one channel, travel as one digest: nobody reads a burst of single messages.
STORM = 8


@dataclass(frozen=True, slots=True)
class Channel:
    """A place that alerts go to. `label` has no secrets; it gets what is raised from `first_seen_at` on.

    Without `rules` it gets every alert, else those that one of them wants.
    """

    channel_id: str
    label: str
    first_seen_at: datetime
    rules: tuple[AlertRule, ...] | None = None

    def takes(self, alert: Alert) -> bool:
        """Does the channel want the alert?"""
        return self.rules is None or any(wants(rule, alert) for rule in self.rules)


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
    """What goes to a channel as one message: one alert, all that one first load raised, or a storm of one pass.

    `tries` are those before, by alert.
    """

    channel: Channel
    alerts: tuple[Alert, ...]
    tries: Mapping[str, int]


def plan_deliveries(
    channels: Iterable[Channel], alerts: Sequence[Alert], attempts: Iterable[Attempt], now: datetime
) -> tuple[Parcel, ...]:
    """All parcels that are due, channel by channel; within a channel what was tried least, then the oldest."""
    latest: dict[tuple[str, str], Attempt] = {}
    for attempt in attempts:
        key = attempt.channel_id, attempt.alert_id
        if key not in latest or attempt.attempt > latest[key].attempt:
            latest[key] = attempt
    parcels: list[Parcel] = []
    for channel in channels:
        tried = {alert_id: done for (channel_id, alert_id), done in latest.items() if channel_id == channel.channel_id}
        due = [alert for alert in _list_owed(channel, alerts, tried) if _is_due(tried.get(alert.alert_id), now)]
        parcels += _pack(channel, due, {alert_id: done.attempt for alert_id, done in tried.items()})
    return tuple(parcels)


def settle_attempt(tries: int, now: datetime, retry_after_s: int | None = None) -> tuple[Outcome, datetime | None]:
    """What a failed try means, `tries` counting it: when it is tried again, or that it is given up."""
    if tries >= MAX_TRIES:
        return "dead", None
    pause = min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE)
    asked = timedelta(seconds=retry_after_s or 0)
    return "failed", now + min(max(pause, asked), LONGEST_PAUSE)


def _list_owed(channel: Channel, alerts: Sequence[Alert], tried: Mapping[str, Attempt]) -> Iterator[Alert]:
    """What the channel is owed, taken or not; of a meeting that was taken back only where it heard of the meeting."""
    sent = {alert_id for alert_id, attempt in tried.items() if attempt.outcome == "sent"}
    heard = {alert.meeting_id for alert in alerts if alert.alert_id in sent}
    back = {alert.meeting_id: alert.step for alert in alerts if alert.kind == SUMMIT_RETRACTED}
    for alert in alerts:
        if alert.raised_at < channel.first_seen_at:
            continue
        if alert.kind == SUMMIT_RETRACTED:
            is_owed = alert.meeting_id in heard
        else:
            is_over = alert.step < back.get(alert.meeting_id, 0) and alert.alert_id not in sent
            is_owed = channel.takes(alert) and not is_over
        if is_owed:
            yield alert


def _is_due(latest: Attempt | None, now: datetime) -> bool:
    if latest is None:
        return True
    return latest.outcome == "failed" and (latest.next_try_at is None or latest.next_try_at <= now)


def _pack(channel: Channel, due: Sequence[Alert], tries: Mapping[str, int]) -> list[Parcel]:
    """Alerts of one first load, and of one pass that raised a storm, travel together; the others alone."""
    raised = Counter(alert.raised_at for alert in due if not alert.is_first_load)
    together: dict[tuple[datetime, bool], list[Alert]] = {}
    groups: list[list[Alert]] = []
    for alert in sorted(due, key=lambda alert: (alert.raised_at, alert.meeting_id or "", alert.step, alert.alert_id)):
        key = alert.raised_at, alert.is_first_load
        if not alert.is_first_load and raised[alert.raised_at] <= STORM:
            groups.append([alert])
        elif key in together:
            together[key].append(alert)
        else:
            together[key] = [alert]
            groups.append(together[key])
    parcels = [
        Parcel(channel, tuple(group), {alert.alert_id: tries.get(alert.alert_id, 0) for alert in group})
        for group in groups
    ]
    return sorted(parcels, key=lambda parcel: max(parcel.tries.values()))
