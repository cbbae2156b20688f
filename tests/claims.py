"""Claims and alerts for tests, in one line each: who meets, where, when, how it stands, and who says so when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from tasks.core.model import Alert, LedgerClaim, Meeting, Mention, Place

GENEVA = Place("Geneva", None, "CHE", "city")
CARTAGENA = Place("Cartagena", None, "COL", "city")
BOGOTA = Place("Bogota", None, "COL", "city")
COLOMBIA = Place("Colombia", None, "COL", "country")

SUMMIT = Meeting(
    kind="summit",
    format="bilateral",
    name=None,
    organisation=None,
    edition=None,
    parties=("ECU", "PAN"),
    host=None,
    actors=(),
    place=None,
    from_day=None,
    to_day=None,
    date_precision=None,
    status="planned",
    confidence="high",
    inferred=(),
    claims=(Mention("The presidents of Ecuador and Panama will meet.", 0, 47),),
)


def at(text: str) -> datetime:
    """`2025-12-11 09:30` as a time in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def meet(*parties: str, on: str | None = None, **parts: Any) -> Meeting:
    """A meeting of these parties; `on` is a day, or two with `..` between."""
    if on is not None:
        first, _, last = on.partition("..")
        window = {"from_day": date.fromisoformat(first), "to_day": date.fromisoformat(last or first)}
        parts = {"date_precision": "day", **window, **parts}
    return replace(SUMMIT, parties=parties or SUMMIT.parties, **parts)


def tell(article: str, told: str, meeting: Meeting, **parts: Any) -> LedgerClaim:
    """The claim of a story that was published at `told`; its id is the name of the story."""
    published = at(told)
    claim = LedgerClaim(
        article_id=article,
        version=1,
        rules_version="rules",
        seq=0,
        day=published.date(),
        wire_id=article,
        origin=article,
        published_at=published,
        is_silent=False,
        meeting=meeting,
    )
    return replace(claim, **parts)


ALERT = Alert(
    alert_id="a1",
    kind="summit.new",
    meeting_id="m1",
    wire_id="norvik",
    value="new",
    day=date(2025, 12, 11),
    article_id="story",
    version=1,
    article_url="https://norvik.example/story",
    wire="Norvik Press",
    title="Ecuador and Panama to meet",
    sentence="The presidents of Ecuador and Panama will meet in Cartagena on December 23.",
    start=40,
    end=115,
    name=None,
    parties=("ECU", "PAN"),
    place=CARTAGENA,
    from_day=date(2025, 12, 23),
    to_day=date(2025, 12, 23),
    status="planned",
    wires=3,
    origins=2,
    raised_at=datetime(2025, 12, 11, 11, 0, tzinfo=UTC),
    is_first_load=False,
)


def raise_alert(name: str, raised: str = "2025-12-11 11:00", *, is_first_load: bool = False) -> Alert:
    """The alert above under another id, raised at another time."""
    return replace(ALERT, alert_id=name, raised_at=at(raised), is_first_load=is_first_load)
