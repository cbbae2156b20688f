"""Our golden stories with readings that two readers made of them, each apart from the other and from the program."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from tasks.core.days.find import DaySpan, find_days
from tasks.core.flow import flow_lines
from tasks.core.model import Story
from tasks.core.reading import read
from tasks.core.sentences import split_sentences
from tests.catalog import builtin_catalog
from tests.golden.stories import case_name, list_cases, open_story, read_story

Form = dict[str, Any]


@dataclass(frozen=True, slots=True)
class GoldStory:
    """A story, what readers found in it (`gold`), what the program reads (`found`), and the days that it finds."""

    name: str
    story: Story
    gold: Form
    found: Form
    days: tuple[tuple[str, str, str, str], ...]


@cache
def read_gold_stories() -> tuple[GoldStory, ...]:
    """All golden stories that have a gold, read."""
    return tuple(_open(folder) for folder in list_cases() if (folder / "gold.json").is_file())


def _open(folder: Path) -> GoldStory:
    story = open_story(folder)
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    return GoldStory(case_name(folder), story, gold, read_story(folder), _find_days(story))


def _find_days(story: Story) -> tuple[tuple[str, str, str, str], ...]:
    """Each expression of time: its words, first and last day, precision; read against the dateline's day."""
    dateline = read(story, builtin_catalog()).dateline
    day = dateline.date if dateline and dateline.date else _published(story).date()
    start = dateline.body_start if dateline else 0
    spans = [
        span for sentence in split_sentences(flow_lines(story.text), start) for span in find_days(sentence.text, day)
    ]
    return tuple((span.text, str(_told_first(span)), str(_told_last(span)), span.precision) for span in spans)


def _told_first(span: DaySpan) -> date | None:
    """The words' own first day: of "ended a three-day summit on Friday" Friday, whatever its length adds."""
    return span.to_day if "from" in span.inferred else span.from_day


def _told_last(span: DaySpan) -> date | None:
    return span.from_day if "to" in span.inferred else span.to_day


def _published(story: Story) -> datetime:
    if story.published_at is None:
        raise ValueError("a golden story has a time of publication")
    return story.published_at
