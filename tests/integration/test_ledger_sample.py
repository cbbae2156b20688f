"""The sample wire read and resolved: the ledger is the list of summits that a reader of all its stories would write."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tasks.catalog.load import load_catalog
from tasks.core.ledger.decide import resolve_claims
from tasks.core.model import LedgerClaim, LedgerMeeting, Story
from tasks.core.reading import open_reader
from tasks.edge.sample import load_sample, tell_text, tell_title
from tasks.edge.sample_stories import SampleStory, times_of

FOLDER = Path(__file__).parents[2] / "deploy" / "sample"
SAMPLE = load_sample(FOLDER)
SUMMITS = tomllib.loads((FOLDER / "summits.toml").read_text(encoding="utf-8"))["summit"]
ONE_DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    return open_reader(load_catalog(tmp_path_factory.mktemp("no-overlay"), None))


def read_claims(reader, story: SampleStory, now: datetime) -> Iterator[LedgerClaim]:
    published, _ = times_of(SAMPLE, story, now)
    told = Story(tell_text(SAMPLE, story, now), tell_title(SAMPLE, story, now), published, story.lang)
    for seq, meeting in enumerate(reader.read_story(told).meetings or ()):
        yield LedgerClaim(
            article_id=story.correction_of or story.slug,
            version=2 if story.correction_of else 1,
            rules_version="rules",
            seq=seq,
            day=now.date(),
            wire_id=story.agency_id,
            origin=story.agency_id,
            published_at=published,
            is_silent=now - published > ONE_DAY,
            meeting=meeting,
        )


def describe(row: LedgerMeeting, now: datetime, *, is_told: bool) -> dict[str, object]:
    """A row as summits.toml has it; days count from the demo's day."""
    place = row.place
    found = {
        "alerts": is_told,
        "format": row.format,
        "organisation": row.organisation,
        "parties": list(row.parties),
        "place": place.name if place else None,
        "country": place.country if place else None,
        "from": (row.from_day - now.date()).days if row.from_day else None,
        "to": (row.to_day - now.date()).days if row.to_day else None,
        "status": row.status,
    }
    return {name: value for name, value in found.items() if value is not None}


@pytest.mark.parametrize("day", ["2025-12-11", "2026-02-27", "2028-02-29", "2026-08-30"])
def test_the_ledger_holds_each_summit_once_and_tells_what_is_due(reader, day):
    now = datetime.fromisoformat(f"{day}T14:30:00+00:00").astimezone(UTC)
    rows: dict[str, LedgerMeeting] = {}
    told: list[tuple[int, str]] = []
    for act in (1, 2):
        stories = [story for story in SAMPLE.stories if story.act == act]
        claims = [claim for story in stories for claim in read_claims(reader, story, now)]
        decisions = resolve_claims(rows.values(), claims)
        rows |= {decision.meeting_id: decision.after for decision in decisions}
        told += [(act, decision.meeting_id) for decision in decisions if decision.raises_new]

    summits = [row for row in rows.values() if row.kind == "summit"]
    found = {row.meeting_id: describe(row, now, is_told=row.is_told) for row in summits}

    assert len(summits) == len(SUMMITS)
    for expected in SUMMITS:
        keys = [key for key in expected if key not in {"key", "act", "host", "first"}]
        same = [one for one, row in found.items() if all(row.get(key) == expected[key] for key in keys)]
        assert len(same) == 1, (expected["key"], list(found.values()))
        acts = [act for act, meeting_id in told if meeting_id == same[0]]
        assert acts == ([expected["act"]] if expected["alerts"] else []), expected["key"]
    assert not any(row.needs_review for row in rows.values())
