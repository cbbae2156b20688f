"""Alerts as the text of a message: the sentence, its source and link, who, where, when, and on whose word. Pure.

One alert is one message; what a first load raised is one message for all: "On the wires when you began: 9 planned
summits". Countries are told by name. Copy may hold anything, so that it stands on one line, without characters that
steer a terminal.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from tasks.core.address.forms import hash_key, refuse_url
from tasks.core.alerts.alert import (
    SUMMIT_DETAIL,
    SUMMIT_NEW,
    SUMMIT_RETRACTED,
    SUMMIT_STATUS,
    WIRE_LAYOUT,
    WIRE_SILENT,
    alert_json,
)
from tasks.core.model import Alert, Place

MAX_LISTED = 30  # alerts in the text of one message; machines get them all
MAX_PARTIES = 8

FIRST_LOAD, DIGEST = "first_load", "digest"

_HEADS = {SUMMIT_NEW: "New summit", SUMMIT_RETRACTED: "Summit taken back"}
WIRE_KINDS = frozenset({WIRE_LAYOUT, WIRE_SILENT})
_HINTS = {
    WIRE_LAYOUT: ["Articles may be lost or cut until the page is read again as it was: `dateline doctor` tells more."],
    WIRE_SILENT: ["Nothing is lost yet, but nothing comes either: `dateline feeds` tells what its feeds answer."],
}
_STATUS = {"ruled_out": "ruled out"}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
# Control characters and those that turn the direction of writing.
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Message:
    """What a channel gets: text for people, `body` for machines. `key` is the same however often it is sent.

    The body of one alert is its public form; that of several, or of a test, has them in `alerts` beside title and text.
    """

    key: str
    kind: str
    title: str
    text: str
    body: Mapping[str, Any]
    alerts: tuple[Alert, ...] = ()


def make_message(alerts: Sequence[Alert], countries: Mapping[str, str]) -> Message:
    """The message of one alert, of all that a first load raised, or of a storm. `countries` are names by code."""
    if len(alerts) == 1 and not alerts[0].is_first_load:
        alert = alerts[0]
        title, text = title_of(alert, countries), describe_alert(alert, countries)
        return Message(alert.alert_id, alert.kind, title, text, alert_json(alert), (alert,))
    is_load = alerts[0].is_first_load
    kind, words = (FIRST_LOAD, "On the wires when you began") if is_load else (DIGEST, "Told at once")
    key = hash_key(kind, *sorted(alert.alert_id for alert in alerts))
    shown = [_list_alert(alert, countries) for alert in alerts[:MAX_LISTED]]
    if len(alerts) > MAX_LISTED:
        shown.append(f"and {len(alerts) - MAX_LISTED} more: `dateline alerts`")
    counted = count_summits(alerts) if is_load else count_changes(alerts)
    return _message(key, kind, f"{words}: {counted}", "\n\n".join(shown), alerts)


def make_test_message(now: datetime) -> Message:
    """A message that says that it is a test."""
    words = f"Dateline sends this at {now:%Y-%m-%d %H:%M} UTC to see whether alerts arrive here. Nothing has happened."
    return _message(hash_key("test", now.isoformat()), "test", "TEST of Dateline's alerts", words, ())


def count_summits(alerts: Sequence[Alert]) -> str:
    """`9 planned summits`, or `3 summits (2 planned, 1 held)`."""
    counts = Counter(_STATUS.get(alert.status, alert.status) for alert in alerts)
    noun = "summit" if len(alerts) == 1 else "summits"
    if len(counts) == 1:
        return f"{len(alerts)} {next(iter(counts))} {noun}"
    return f"{len(alerts)} {noun} ({', '.join(f'{count} {status}' for status, count in counts.most_common())})"


def count_changes(alerts: Sequence[Alert]) -> str:
    """`12 alerts (9 new summits, 3 other)`."""
    new = sum(alert.kind == SUMMIT_NEW for alert in alerts)
    others = len(alerts) - new
    parts = ([_count(new, "new summit")] if new else []) + ([f"{others} other"] if others else [])
    return f"{len(alerts)} alerts ({', '.join(parts)})"


def title_of(alert: Alert, countries: Mapping[str, str]) -> str:
    """`New summit: Ecuador and Panama, Cartagena (Colombia), 23 December 2025, planned`."""
    if alert.kind in WIRE_KINDS:
        return one_line(alert.title)
    return f"{_head(alert)}: {_sum_up(alert, countries)}"


def describe_alert(alert: Alert, countries: Mapping[str, str]) -> str:
    """The alert in lines: the sentence, its source, the link, what stood before, the parties, and who carries it."""
    link = [alert.article_url] if alert.article_url and _is_link(alert.article_url) else []
    if alert.kind in WIRE_KINDS:
        return "\n".join([one_line(alert.sentence), *(f"For example: {one}" for one in link), *_HINTS[alert.kind]])
    lines = [f'"{one_line(alert.sentence)}"', f"{one_line(alert.wire)}: {one_line(alert.title)}".removesuffix(": ")]
    lines += link
    lines += [_tell_before(alert)] if alert.before else []
    lines += [f"Parties: {_join(_name_all(alert.parties, countries))}"] if alert.parties else []
    lines += [] if alert.kind == SUMMIT_RETRACTED else describe_carriers(alert, countries)
    return "\n".join(lines)


def describe_carriers(alert: Alert, countries: Mapping[str, str]) -> list[str]:
    """On whose word it stands: `5 wires, 2 origins: TASS; Reuters citing Axios`, and on whose side these wires are."""
    counted = describe_counts(alert.wires, alert.origins)
    lines = [f"{counted}: {'; '.join(map(one_line, alert.sources))}" if alert.sources else counted]
    if alert.sides and len(alert.parties) > 1:
        own = _join(_name_all(alert.sides, countries))
        others = [party for party in alert.parties if party not in alert.sides]
        lines.append(
            f"Wires of {own} carry it; none of {_join(_name_all(others, countries))}'s own does"
            if others
            else f"Wires of every side carry it: {own}"
        )
    return lines


def describe_counts(wires: int, origins: int) -> str:
    """`Carried by 5 wires, 2 independent origins`."""
    return f"Carried by {_count(wires, 'wire')}, {_count(origins, 'independent origin')}"


def describe_place(place: Place | None, countries: Mapping[str, str]) -> str:
    """`Anchorage, Alaska (United States)`, as precisely as the texts say."""
    if place is None:
        return ""
    country = countries.get(place.country or "", place.country or "")
    if place.precision == "country":
        return country or one_line(place.name)
    named = f"{place.name}, {place.region}" if place.region and place.region != place.name else place.name
    return f"{one_line(named)} ({country})" if country else one_line(named)


def describe_window(first: date | None, last: date | None) -> str:
    """`23 December 2025`, `30-31 December 2025`, `December 2025`, `2026`, `from ...`, `until ...`; empty for none."""
    if first is None or last is None:
        return f"from {_day(first)}" if first else f"until {_day(last)}" if last else ""
    if first == last:
        return _day(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return str(first.year)
    if (first.year, first.month) != (last.year, last.month):
        opening = f"{first.day} {_MONTHS[first.month - 1]}" if first.year == last.year else _day(first)
        return f"{opening} - {_day(last)}"
    is_month = first.day == 1 and (last + timedelta(days=1)).day == 1
    return f"{'' if is_month else f'{first.day}-{last.day} '}{_MONTHS[first.month - 1]} {first.year}"


def name_meeting(name: str | None, parties: Sequence[str], title: str, countries: Mapping[str, str]) -> str:
    """`Cartagena Summit (Ecuador and Panama)`; by the headline in quotes where it has neither name nor parties."""
    named, listed = one_line(name or ""), _join(_name_all(parties, countries))
    if named and listed:
        return f"{named} ({listed})"
    return named or listed or f'"{one_line(title)}"'


def one_line(text: str) -> str:
    """Copy on one line, without characters that steer a terminal or turn the direction of writing."""
    return " ".join(_STEERING.sub(" ", text).split())


def _head(alert: Alert) -> str:
    """What has happened, in two or three words."""
    if alert.kind == SUMMIT_STATUS:
        again = " again" if alert.status in {"planned", "proposed"} else ""
        return f"Summit {_STATUS.get(alert.status, alert.status)}{again}"
    if alert.kind == SUMMIT_DETAIL:
        return f"Summit {alert.value} {'changed' if alert.before else 'set'}"
    return _HEADS.get(alert.kind, alert.kind)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _tell_before(alert: Alert) -> str:
    before = one_line(alert.before or "")
    return f'Taken back: "{before}"' if alert.kind == SUMMIT_RETRACTED else f"Before: {_STATUS.get(before, before)}"


def _message(key: str, kind: str, title: str, text: str, alerts: Sequence[Alert]) -> Message:
    body = {"key": key, "kind": kind, "title": title, "text": text, "alerts": [alert_json(alert) for alert in alerts]}
    return Message(key, kind, title, text, body, tuple(alerts))


def _list_alert(alert: Alert, countries: Mapping[str, str]) -> str:
    source = f"{one_line(alert.wire)}: {alert.article_url}" if _is_link(alert.article_url) else one_line(alert.wire)
    return f'- {title_of(alert, countries).removeprefix("New summit: ")}\n  "{one_line(alert.sentence)}"\n  {source}'


def _sum_up(alert: Alert, countries: Mapping[str, str]) -> str:
    parts = (
        name_meeting(alert.name, alert.parties, alert.title, countries),
        describe_place(alert.place, countries),
        describe_window(alert.from_day, alert.to_day),
        _STATUS.get(alert.status, alert.status),
    )
    return ", ".join(part for part in parts if part)


def _name_all(parties: Sequence[str], countries: Mapping[str, str]) -> list[str]:
    named = sorted(countries.get(party, party) for party in parties)
    return named if len(named) <= MAX_PARTIES else [*named[:MAX_PARTIES], f"{len(named) - MAX_PARTIES} others"]


def _join(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1] if words else "")))


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _is_link(url: str | None) -> bool:
    return bool(url) and refuse_url(url or "") is None
