"""Short copy of ours with the meetings that it tells, which the rules for meetings were learnt from."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from tasks.core.jsonform import reading_json
from tasks.core.model import Catalog, Story
from tasks.core.reading import read
from tests.catalog import builtin_catalog
from tests.quality.figures import Figure, say
from tests.quality.gold_stories import Form, GoldStory
from tests.quality.meetings import measure_meetings, pair_meetings

_FILE = Path(__file__).with_name("meetings_learnt.toml")
_NOW = datetime(2025, 12, 11, 14, 30, tzinfo=UTC)


@cache
def read_learnt() -> tuple[GoldStory, ...]:
    """Every text, read. A gold meeting rests on the whole text, so that any reading of it may be its pair."""
    catalog = builtin_catalog()
    cases = tomllib.loads(_FILE.read_text("utf-8"))["case"]
    return tuple(_read_case(raw["text"], raw["gold"], catalog) for raw in cases)


def _read_case(text: str, gold: list[str], catalog: Catalog) -> GoldStory:
    story = Story(text=text, title=None, published_at=_NOW, wire=None)
    found = reading_json(read(story, catalog))
    return GoldStory(text[:90], story, {"meetings": [_open_gold(line, text) for line in gold]}, found, ())


def _open_gold(line: str, text: str) -> Form:
    kind, parties, place, first, last, status = (part.strip() for part in line.split(";"))
    return {
        "kind": kind,
        "parties": parties.replace("-", "").split(),
        "place": None if place == "-" else {"name": place},
        "from": _open_day(first),
        "to": _open_day(last),
        "status": status,
        "claims": [text],
    }


def _open_day(day: str) -> str | None:
    if day == "-":
        return None
    return day if day.count("-") == 2 else f"{_NOW.year}-{day}"


def measure_learnt() -> Iterator[Figure]:
    """How many meetings are found, and which of their fields are right."""
    return measure_meetings(read_learnt(), f"{len(read_learnt())} short texts, learnt from")


def show_learnt() -> None:
    """Print what is missed, what is not there and what differs."""
    pair_meetings(read_learnt(), lambda name, fault, words: say(f"{fault:10} {words}\n           {name}"))
