"""Alerts: what a decision of the ledger wakes an analyst with, and its public JSON. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tasks.core.address.forms import hash_key
from tasks.core.jsonform import place_json
from tasks.core.model import Alert, Article, Decision, LedgerMeeting

SUMMIT_NEW = "summit.new"
WIRE_LAYOUT = "wire.layout"


@dataclass(frozen=True, slots=True)
class Carriers:
    """How many wires tell of a meeting, and how many of these report it on their own."""

    wires: int
    origins: int


def alert_id_of(kind: str, subject: str, value: str, n: int) -> str:
    """The id of an alert: subject is a meeting or a wire, n how many times it has entered the value."""
    return hash_key(kind, subject, value, str(n))


def make_summit_alert(
    decision: Decision, meeting: LedgerMeeting, article: Article, wire: str, carriers: Carriers, now: datetime
) -> Alert:
    """The alert of a new summit: the sentence that proves it, and the meeting as it stands when the alert is raised.

    A summit without a name of its own goes by that of its organisation.
    """
    claim = decision.claim
    proof = claim.meeting.claims[0]
    return Alert(
        alert_id=alert_id_of(SUMMIT_NEW, decision.meeting_id, "new", 1),
        kind=SUMMIT_NEW,
        meeting_id=decision.meeting_id,
        wire_id=claim.wire_id,
        value="new",
        day=now.date(),
        article_id=claim.article_id,
        version=claim.version,
        article_url=article.url,
        wire=wire,
        title=article.title,
        sentence=proof.text,
        start=proof.start,
        end=proof.end,
        name=meeting.name or (meeting.organisation if len(meeting.parties) < 2 else None),
        parties=meeting.parties,
        place=meeting.place,
        from_day=meeting.from_day,
        to_day=meeting.to_day,
        status=meeting.status,
        wires=carriers.wires,
        origins=carriers.origins,
        raised_at=now,
        is_first_load=article.item.is_first_load,
    )


def alert_json(alert: Alert) -> dict[str, Any]:
    """An alert as channels for machines get it: the fields of `dateline alerts`, without what happened since."""
    return {
        "alert_id": alert.alert_id,
        "kind": alert.kind,
        "meeting_id": alert.meeting_id,
        "wire_id": alert.wire_id,
        "value": alert.value,
        "article_id": alert.article_id,
        "article_url": alert.article_url,
        "wire": alert.wire,
        "sentence": alert.sentence,
        "start": alert.start,
        "end": alert.end,
        "title": alert.title,
        "name": alert.name,
        "parties": list(alert.parties),
        "place": place_json(alert.place),
        "from": alert.from_day.isoformat() if alert.from_day else None,
        "to": alert.to_day.isoformat() if alert.to_day else None,
        "status": alert.status,
        "wires": alert.wires,
        "origins": alert.origins,
        "raised_at": alert.raised_at.isoformat(),
        "is_first_load": alert.is_first_load,
    }
