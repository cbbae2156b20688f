"""Summit mentions in single sentences: found or not, and their parties, place, window and status.

Of tests/golden/summits, `learn` and `learn2` are there to learn from, `held` only to measure: nobody who changes the reader looks at
what it gets wrong.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

from tasks.core.ledger.key import fold, fold_body
from tasks.core.model import Meeting, Story
from tasks.core.reading import Reader, open_reader
from tests.catalog import builtin_catalog
from tests.quality.figures import Figure, say

FOLDER = Path(__file__).parents[1] / "golden" / "summits"
_GOALS = {"parties": 0.85, "place": 0.85, "window": 0.9, "status": 0.9}


@dataclass(frozen=True, slots=True)
class SummitCase:
    """A text with what it says of a summit, or that it speaks of none; `also` are other values that can be defended."""

    name: str
    text: str
    published_on: date
    is_summit: bool
    said: Mapping[str, Any]
    also: Mapping[str, list[Any]]


def read_summit_cases(half: str) -> list[SummitCase]:
    """The cases of `learn`, `learn2` or `held`."""
    raw = tomllib.loads((FOLDER / f"{half}.toml").read_text(encoding="utf-8"))["case"]
    return [
        SummitCase(each["id"], each["text"], each["published_on"], each["summit"], each, each.get("also", {}))
        for each in raw
    ]


def measure_summits() -> Iterator[Figure]:
    """Detection over all cases, fields over those found, of each lot."""
    for half, told in (("learn", "learnt from"), ("learn2", "second lot, learnt from"), ("held", "held out")):
        yield from _measure(half, f"summit sentences, {told}")


def _measure(half: str, data: str) -> Iterator[Figure]:
    cases = [(case, find_summit(case)) for case in read_summit_cases(half)]
    said = [case for case, found in cases if found]
    pairs = [(case, found) for case, found in cases if found and case.is_summit]
    there = sum(case.is_summit for case, _ in cases)
    yield Figure("summit mentions: precision", len(pairs) / max(1, len(said)), len(said), data, "own", at_least=0.97)
    yield Figure("summit mentions: recall", len(pairs) / max(1, there), there, data, "own", at_least=0.92)
    right = Counter(field for case, found in pairs for field in _GOALS if is_right(case, found, field))
    for field, goal in _GOALS.items():
        share = right[field] / max(1, len(pairs))
        yield Figure(f"summit mentions: {field}, of those found", share, len(pairs), data, "own", at_least=goal)


def find_summit(case: SummitCase) -> Meeting | None:
    """The summit that the reader finds in a text; of several the one that has most fields right."""
    noon = datetime.combine(case.published_on, time(12), UTC)
    reading = _reader().read_story(Story(text=case.text, published_at=noon, lang="en"))
    summits = [meeting for meeting in reading.meetings or () if meeting.kind == "summit"]
    return max(summits, key=lambda one: sum(is_right(case, one, field) for field in _GOALS), default=None)


def is_right(case: SummitCase, found: Meeting, field: str) -> bool:
    """Is the field as the case says, or as it also may be?"""
    if field == "window":
        return all(_fits(case, name, day) for name, day in (("from", found.from_day), ("to", found.to_day)))
    if field == "parties":
        allowed = [case.said.get("parties", []), *case.also.get("parties", [])]
        body = fold_body(found.organisation)
        bodies = {fold_body(one) for one in (case.said.get("organisation"), *case.also.get("organisation", [])) if one}
        own = [set(one) for one in allowed]
        return set(found.parties) in own and (
            set(found.parties) != set() or not bodies or body in bodies or body is None
        )
    if field == "place":
        names = {fold(str(one)) for one in (case.said.get("place", ""), *case.also.get("place", []))}
        given = {fold(part) for part in (found.place.name, found.place.region or "")} if found.place else {""}
        return bool(names & given)
    return found.status in {case.said.get("status"), *case.also.get("status", [])}


def show_summits() -> None:
    """What is wrong in the lots that are there to learn from."""
    for case in (*read_summit_cases("learn"), *read_summit_cases("learn2")):
        found = find_summit(case)
        if bool(found) is not case.is_summit:
            say(f"{case.name} {'MISSED' if case.is_summit else 'NOT THERE'} | {case.text}\n    {found or ''}")
        elif found and (wrong := [field for field in _GOALS if not is_right(case, found, field)]):
            gold = {name: value for name, value in case.said.items() if name not in {"id", "text", "summit"}}
            got = (found.parties, found.organisation, found.place, found.from_day, found.to_day, found.status)
            say(f"{case.name} {wrong} | {case.text}\n    gold {gold}\n    found {got}")


def _fits(case: SummitCase, name: str, day: date | None) -> bool:
    allowed = {str(one) for one in (case.said.get(name, ""), *case.also.get(name, []))}
    return (day.isoformat() if day else "") in allowed


@lru_cache(maxsize=1)
def _reader() -> Reader:
    return open_reader(builtin_catalog())
