"""How much of short wire texts the program reads: persons with role, country and organisation, quotes, cited sources.

The set is tests/golden/people/learn.toml; its misses were read while rules were made.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from tasks.core.jsonform import reading_json
from tasks.core.model import Story
from tasks.core.reading import read
from tests.catalog import builtin_catalog
from tests.quality.figures import Figure, say
from tests.quality.gold_stories import GoldStory
from tests.quality.meetings import Tally, Tell, ignore
from tests.quality.readings import judge_actors, judge_citations, judge_persons, judge_quotes

_FILE = Path(__file__).parents[1] / "golden/people/learn.toml"
_PUBLISHED = datetime(2025, 12, 1, tzinfo=UTC)
Form = dict[str, Any]


def measure_people() -> Iterator[Figure]:
    """Precision and recall of each part."""
    stories = read_people()
    data = f"{len(stories)} short texts, learnt from"
    for name, (found, gold) in _judge(stories, ignore):
        yield Figure(f"{name}: precision", found.right / max(1, found.number), found.number, data, "own")
        yield Figure(f"{name}: recall", gold.right / max(1, gold.number), gold.number, data, "own")


def show_people() -> None:
    """Print what is wrong, part by part."""

    def tell(story: str, fault: str, words: object) -> None:
        say(f"{story:28} {fault:10} {words}")

    for name, _ in _judge(read_people(), tell):
        say(f"-- {name}")


def _judge(stories: Sequence[GoldStory], tell: Tell) -> Iterator[tuple[str, tuple[Tally, Tally]]]:
    yield "direct quotes", judge_quotes(stories, ("direct", "mixed"), tell)
    yield "indirect quotes", judge_quotes(stories, ("indirect", "mixed"), tell)
    yield "mixed quotes", judge_quotes(stories, ("mixed", "indirect", "direct"), tell)
    yield "citations", judge_citations(stories, tell)
    yield "actors with role", judge_actors(stories, tell)
    yield "actors: country", judge_persons(stories, lambda actor: _list(actor["country"]), tell)
    yield "actors: organisation", judge_persons(stories, lambda actor: _list(actor["organisation"]), tell)


def _list(value: str | None) -> list[str]:
    return [value] if value else []


@cache
def read_people() -> tuple[GoldStory, ...]:
    """The texts, what readers found in them and what the program reads."""
    with _FILE.open("rb") as file:
        return tuple(_open(form) for form in tomllib.load(file)["text"])


def _open(form: Form) -> GoldStory:
    story = Story(text=form["text"].strip("\n"), title=None, published_at=_PUBLISHED, wire=None)
    gold = {part: [_split(part, line) for line in form[part]] for part in _PARTS}
    found = reading_json(read(story, builtin_catalog()))
    for part in gold["citations"]:
        part["text"] = part["source"]
    return GoldStory(form["name"], story, gold, found, ())


_PARTS = {
    "actors": ("name", "role", "country", "organisation"),
    "quotes": ("kind", "speaker", "verb", "text"),
    "citations": ("source", "kind"),
}


def _split(part: str, line: str) -> Form:
    fields = _PARTS[part]
    values = [value.strip() for value in line.split("|", len(fields) - 1)]
    return {field: value if value not in ("", "-") else None for field, value in zip(fields, values, strict=True)}
