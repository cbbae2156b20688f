"""What a feed is like, by one body of it: how many stories, how new, in which language, how its dates and texts are.

Whether dates carry a zone is found by reading the body in two zones: a date that moves has none of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tasks.core.feed.entries import STORY_LENGTH
from tasks.core.language import detect_language
from tasks.core.model import Entry, Failure, FeedBody

Dates = Literal["with a zone", "without a zone", "none"]
Texts = Literal["full text", "summary", "titles"]

EAST, WEST = "Asia/Tokyo", "UTC"  # neither has summer time, so every date without a zone moves
_SAMPLE = 25  # entries that the language is told by


@dataclass(frozen=True, slots=True)
class FeedFinding:
    """One body of a feed. `texts` says what the feed itself holds; its pages may hold more."""

    title: str
    entries: int
    newest: datetime | None
    lang: str | None
    dates: Dates
    texts: Texts
    page: str | None


def examine_feed(read: FeedBody, east: FeedBody | Failure, west: FeedBody | Failure) -> FeedFinding:
    """The finding of a feed body that was read in its own zone, in `EAST` and in `WEST`.

    `page` is the address of its first entry that has one.
    """
    moments = [entry.published_at for entry in read.entries if entry.published_at and entry.published_source != "none"]
    words = " ".join(f"{entry.title}. {entry.summary}" for entry in read.entries[:_SAMPLE])
    return FeedFinding(
        title=read.title,
        entries=len(read.entries),
        newest=max(moments, default=None),
        lang=detect_language(words),
        dates=judge_dates(east, west),
        texts=judge_texts(read.entries),
        page=next((entry.url for entry in read.entries if entry.url), None),
    )


def judge_dates(east: FeedBody | Failure, west: FeedBody | Failure) -> Dates:
    """Do the dates carry a zone? Judged by most of them, since a feed may mix both."""
    if isinstance(east, Failure) or isinstance(west, Failure):
        return "none"
    pairs = [
        (one.published_at, other.published_at)
        for one, other in zip(east.entries, west.entries, strict=False)
        if one.published_at and other.published_at
    ]
    moved = sum(one != other for one, other in pairs)
    if not pairs:
        return "none"
    return "without a zone" if moved * 2 > len(pairs) else "with a zone"


def judge_texts(entries: tuple[Entry, ...]) -> Texts:
    """What most entries hold: the story, a deck, or a title alone."""
    stories = sum(len(entry.content) >= STORY_LENGTH for entry in entries)
    decks = sum(bool(entry.summary or entry.content) for entry in entries)
    if entries and stories * 2 >= len(entries):
        return "full text"
    return "summary" if entries and decks * 2 >= len(entries) else "titles"
