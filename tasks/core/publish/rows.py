"""What is told outside, as the builders get it: summits with their proof, alerts, silent wires, the last pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tasks.core.model import Alert, Place

CALENDAR, ATOM, PAGE = "summits.ics", "alerts.atom", "index.html"


@dataclass(frozen=True, slots=True)
class ToldSummit:
    """A summit of the ledger as it stands, and the sentence of a current reading that says so.

    `name` is its own, else that of the organisation whose summit it is. `revision` counts its changes from 1, the last
    of them at `changed_at`. A story that was imported may have no title or address.
    """

    meeting_id: str
    revision: int
    changed_at: datetime
    name: str | None
    parties: tuple[str, ...]
    place: Place | None
    from_day: date | None
    to_day: date | None
    status: str
    needs_review: bool
    sentence: str
    title: str | None
    url: str | None
    wire: str
    wires: int
    origins: int


@dataclass(frozen=True, slots=True)
class ToldAlert:
    """An alert, and whether a current reading still speaks of its subject."""

    alert: Alert
    stands: bool


@dataclass(frozen=True, slots=True)
class SilentWire:
    """A wire that has brought nothing new for a day: its latest new story, and what is wrong, in words."""

    wire: str
    new_at: datetime | None
    cause: str | None


@dataclass(frozen=True, slots=True)
class LastPass:
    """The latest pass that has ended; `total` is its sum by name, with feeds asked, feeds failed and alerts."""

    run_id: str
    status: str
    ended_at: datetime
    total: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Edition:
    """All that is told at one moment: summits in any order, alerts the newest first."""

    summits: tuple[ToldSummit, ...]
    alerts: tuple[ToldAlert, ...]
    silent: tuple[SilentWire, ...]
    last_pass: LastPass | None
