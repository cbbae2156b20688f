"""The stories of the sample wire: what deploy/sample holds, and how a story reads at a given moment.

Two acts, one for each poll of the demo: a story of act 2 is not there in act 1, and a correction takes the place of
its original, at the same address. deploy/sample/README.md explains the data files.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tasks.core.errors import BadInput
from tasks.edge.sample_dates import fill_dates

_SUMMITS = "summits.toml"


@dataclass(frozen=True, slots=True)
class SampleAgency:
    """An invented agency. `mark` stands in its datelines, `form` is "rss" or "atom", `page` names its HTML frame."""

    agency_id: str
    name: str
    mark: str
    country: str
    ownership: str
    lang: str | None
    zone: str
    form: str
    page: str
    has_json_ld: bool


@dataclass(frozen=True, slots=True)
class SampleStory:
    """A story with its placeholders. `fault` is "", "empty" or "missing" (its page); `is_bare`: no date, no guid.

    Expected of a reading: all of `topics`, no root beyond theirs and `may`; `topics` is None where the language is
    not read; `summit` is the key of a summit in summits.toml.
    """

    slug: str
    agency_id: str
    act: int
    minutes_ago: int
    title: str
    deck: str
    paragraphs: tuple[str, ...]
    lang: str
    author: str | None
    correction_of: str | None
    fault: str
    is_bare: bool
    topics: tuple[str, ...] | None
    may: tuple[str, ...]
    summit: str | None


@dataclass(frozen=True, slots=True)
class Sample:
    """All of deploy/sample: agencies and stories by file, summits as their tables, HTML frames by file name."""

    agencies: tuple[SampleAgency, ...]
    stories: tuple[SampleStory, ...]
    summits: tuple[Mapping[str, Any], ...]
    pages: Mapping[str, str]

    def agency(self, agency_id: str) -> SampleAgency:
        """Return an agency by its id."""
        return next(agency for agency in self.agencies if agency.agency_id == agency_id)

    def story(self, slug: str) -> SampleStory:
        """Return a story by its slug."""
        return next(story for story in self.stories if story.slug == slug)


def load_sample(folder: Path) -> Sample:
    """Read the data files of the sample wire; raises BadInput that names the file when one cannot be used."""
    files = sorted(path for path in folder.glob("*.toml") if path.name != _SUMMITS)
    if not files:
        raise BadInput(f"There are no sample stories in {folder}: run from a whole checkout of Dateline.")
    tables = [(path, _read_toml(path)) for path in files]
    try:
        agencies = tuple(_build_agency(table["agency"]) for _, table in tables)
        stories = tuple(_build_story(story, table["agency"]["id"]) for _, table in tables for story in table["story"])
    except KeyError as error:
        raise BadInput(f"A sample story in {folder} lacks the key {error}: see README.md there.") from error
    pages = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.html"))}
    return Sample(agencies, stories, tuple(_read_toml(folder / _SUMMITS)["summit"]), pages)


def list_stories(sample: Sample, agency_id: str, act: int) -> list[SampleStory]:
    """Return an agency's stories as act 1 or 2 shows them, newest first; a corrected one stands for its original."""
    shown = [story for story in sample.stories if story.agency_id == agency_id and story.act <= act]
    replaced = {story.correction_of for story in shown}
    current = [story for story in shown if story.slug not in replaced]
    return sorted(current, key=lambda story: (original_of(sample, story).minutes_ago, story.slug))


def tell_text(sample: Sample, story: SampleStory, now: datetime) -> str:
    """Return the story's text as its page shows it: paragraphs, an empty line between them."""
    return "\n\n".join(fill_story(sample, story, part.removeprefix("## "), now) for part in story.paragraphs)


def tell_title(sample: Sample, story: SampleStory, now: datetime) -> str:
    """Return the story's title with its dates filled in."""
    return fill_story(sample, story, story.title, now)


def story_path(sample: Sample, story: SampleStory) -> str:
    """Return the path of the story's page; a correction stands at the address of its original."""
    return f"/{story.agency_id}/world/{original_of(sample, story).slug}.html"


def original_of(sample: Sample, story: SampleStory) -> SampleStory:
    """Return the story that this one corrects, or the story itself."""
    return sample.story(story.correction_of) if story.correction_of else story


def latest_of(sample: Sample, story: SampleStory, act: int) -> SampleStory:
    """Return what stands at the story's address in this act."""
    corrections = (other for other in sample.stories if other.correction_of == story.slug and other.act <= act)
    return next(corrections, story)


def times_of(sample: Sample, story: SampleStory, now: datetime) -> tuple[datetime, datetime]:
    """Return when the story was published and when last changed, to the second, in its agency's zone."""
    zone = ZoneInfo(sample.agency(story.agency_id).zone)
    original = original_of(sample, story)
    published, updated = (now - timedelta(minutes=each.minutes_ago) for each in (original, story))
    return published.astimezone(zone).replace(microsecond=0), updated.astimezone(zone).replace(microsecond=0)


def fill_story(sample: Sample, story: SampleStory, text: str, now: datetime) -> str:
    """Return `text` with its dates filled in as they stand in this story at the demo's moment `now`."""
    filed = times_of(sample, story, now)[0].date()
    return fill_dates(text, now.astimezone(UTC).date(), filed, story.lang)


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise BadInput(f"The sample file {path} cannot be read ({error}): restore it from the repository.") from error


def _build_agency(table: Mapping[str, Any]) -> SampleAgency:
    return SampleAgency(
        agency_id=table["id"],
        name=table["name"],
        mark=table["mark"],
        country=table["country"],
        ownership=table["ownership"],
        lang=table.get("lang"),
        zone=table["zone"],
        form=table["form"],
        page=table["page"],
        has_json_ld=table.get("json_ld", False),
    )


def _build_story(table: Mapping[str, Any], agency_id: str) -> SampleStory:
    expect = table["expect"]
    return SampleStory(
        slug=table["slug"],
        agency_id=agency_id,
        act=table["act"],
        minutes_ago=table["minutes_ago"],
        title=table["title"],
        deck=table["deck"],
        paragraphs=tuple(" ".join(part.split()) for part in table["body"].split("\n\n") if part.strip()),
        lang=table.get("lang", "en"),
        author=table.get("author"),
        correction_of=table.get("correction_of"),
        fault=table.get("fault", ""),
        is_bare=table.get("is_bare", False),
        topics=None if expect.get("not_read") else tuple(expect["topics"]),
        may=tuple(expect.get("may", ())),
        summit=expect.get("summit"),
    )
