"""Alerts: what a decision of the ledger wakes an analyst with, and its public JSON. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tasks.core.address.forms import hash_key
from tasks.core.alerts.carriers import Carriers
from tasks.core.jsonform import place_json
from tasks.core.model import Alert, Article, LedgerMeeting, Meeting, Mention

SUMMIT_NEW = "summit.new"
SUMMIT_STATUS = "summit.status"
SUMMIT_DETAIL = "summit.detail"
SUMMIT_RETRACTED = "summit.retracted"
WIRE_LAYOUT = "wire.layout"
WIRE_SILENT = "wire.silent"
WITHDRAWN = "withdrawn"


def alert_id_of(kind: str, subject: str, value: str, n: int) -> str:
    """The id of an alert: subject is a meeting or a wire, n how many times it has entered the value."""
    return hash_key(kind, subject, value, str(n))


def choose_name(name: str | None, organisation: str | None, parties: Sequence[str]) -> str | None:
    """The name of a summit; without one of its own it goes by that of its organisation, unless two parties name it."""
    return name or (organisation if len(parties) < 2 else None)


@dataclass(frozen=True, slots=True)
class News:
    """One change that is due: the kind of alert, what the meeting entered, and what stood before."""

    kind: str
    value: str
    before: str | None


@dataclass(frozen=True, slots=True)
class Cause:
    """What raised an alert: the story (`wire` names its wire), the words that prove it, and when.

    `step` is the number of the alert among those of its subject, `n` how many times that has entered the value.
    """

    article: Article
    version: int
    wire_id: str
    wire: str
    proof: Mention
    now: datetime
    step: int
    n: int


def make_summit_alert(news: News, meeting: LedgerMeeting, cause: Cause, carriers: Carriers) -> Alert:
    """The alert of a change: the sentence that proves it, and the meeting as it stood after it.

    One that was taken back is `withdrawn`.
    """
    article, proof = cause.article, cause.proof
    return Alert(
        alert_id=alert_id_of(news.kind, meeting.meeting_id, news.value, cause.n),
        kind=news.kind,
        meeting_id=meeting.meeting_id,
        wire_id=cause.wire_id,
        value=news.value,
        day=cause.now.date(),
        article_id=article.article_id,
        version=cause.version,
        article_url=article.url,
        wire=cause.wire,
        title=article.title,
        sentence=proof.text,
        start=proof.start,
        end=proof.end,
        name=choose_name(meeting.name, meeting.organisation, meeting.parties),
        parties=meeting.parties,
        place=meeting.place,
        from_day=meeting.from_day,
        to_day=meeting.to_day,
        status=WITHDRAWN if news.kind == SUMMIT_RETRACTED else meeting.status,
        wires=carriers.wires,
        origins=carriers.origins,
        raised_at=cause.now,
        is_first_load=article.item.is_first_load,
        before=news.before,
        organisation=meeting.organisation,
        confidence=meeting.confidence,
        sources=carriers.sources,
        sides=carriers.sides,
        step=cause.step,
    )


@dataclass(frozen=True, slots=True)
class WireSubject:
    """A wire of which an alert tells: what happened in a headline and in sentences, and a story that shows it, if any.

    `n` is how many times it happened to this wire.
    """

    kind: str
    wire_id: str
    wire: str
    title: str
    sentence: str
    n: int
    article_id: str = ""
    article_url: str | None = None


def make_wire_alert(subject: WireSubject, value: str, now: datetime) -> Alert:
    """The alert of a wire that entered a state, in our own words: these are its proof, and no story's."""
    return Alert(
        alert_id=alert_id_of(subject.kind, subject.wire_id, value, subject.n),
        kind=subject.kind,
        meeting_id=None,
        wire_id=subject.wire_id,
        value=value,
        day=now.date(),
        article_id=subject.article_id,
        version=1,
        article_url=subject.article_url,
        wire=subject.wire,
        title=subject.title,
        sentence=subject.sentence,
        start=0,
        end=len(subject.sentence),
        name=subject.wire,
        parties=(),
        place=None,
        from_day=None,
        to_day=None,
        status=value,
        wires=1,
        origins=1,
        raised_at=now,
        is_first_load=False,
        step=subject.n,
    )


def find_proof(news: News, meeting: Meeting) -> Mention:
    """Of the sentences that tell of a meeting, the one that proves the news: for a place that which names it."""
    if news.value == "place" and meeting.place is not None:
        named = meeting.place.name
        return next((claim for claim in meeting.claims if named in claim.text), meeting.claims[0])
    return meeting.claims[0]


def alert_json(alert: Alert, *, stands: bool = True, deliveries: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """An alert in the public form of `dateline alerts` (DESIGN section 8), and as webhooks get it."""
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
        "title": alert.title,
        "parties": list(alert.parties),
        "place": place_json(alert.place),
        "from": alert.from_day.isoformat() if alert.from_day else None,
        "to": alert.to_day.isoformat() if alert.to_day else None,
        "status": alert.status,
        "wires": alert.wires,
        "origins": alert.origins,
        "raised_at": alert.raised_at.isoformat(),
        "stands": stands,
        "deliveries": [dict(delivery) for delivery in deliveries],
        **_more_json(alert),
    }


def _more_json(alert: Alert) -> dict[str, Any]:
    """What we tell beyond the contract, after its fields."""
    return {
        "before": alert.before,
        "name": alert.name,
        "organisation": alert.organisation,
        "confidence": alert.confidence,
        "sources": list(alert.sources),
        "sides": list(alert.sides),
        "start": alert.start,
        "end": alert.end,
        "is_first_load": alert.is_first_load,
    }
