"""Stories that people hand in, through read -> store -> alert, as if a wire had told them.

    lines -> stories -> articles with their readings -> store, chunk by chunk (T2) -> deliver, where alerts are wanted

An import runs beside a monitor and queues on the write lock only. It is silent unless alerts are asked for, and adds
nothing when it is run again: an article is known by its address, or by its wire, title and first words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from tasks.core.address.forms import article_id_of, article_id_without_url, canonical_url, item_id_of
from tasks.core.model import Article, Item, Reading, Sources
from tasks.core.reading import Reader, open_reader
from tasks.core.stages import AlertReport, ReadChunk, StoreReport
from tasks.core.story_lines import LineFault, StoryLine
from tasks.core.text import clean_line, clean_text, content_hash
from tasks.edge.alerting import deliver_alerts
from tasks.edge.fetching import CHUNK_ITEMS
from tasks.edge.lake.locks import describe_holder, hold_pass_lock
from tasks.edge.passes import PassRun
from tasks.edge.progress import tell_progress
from tasks.edge.storing import store_chunk

FEED_ID = "import"
NO_WIRE = "import"


@dataclass(frozen=True, slots=True)
class ImportReport:
    """How the stories of an import ended; `faults` are lines that could not be used, with their file."""

    stored: int = 0
    revised: int = 0
    known: int = 0
    alerts: int = 0
    faults: tuple[str, ...] = ()

    @property
    def total(self) -> dict[str, int]:
        """The sum of idea 1: a story that is there already, or corrects one, was known."""
        known = self.known + self.revised
        ends = {"stored": self.stored, "duplicate": 0, "rejected": 0, "waiting": 0}
        found = {"found": known + self.stored, "known": known, "repeated": 0, "new": self.stored}
        return {**found, **ends, "alerts": self.alerts, "feeds_asked": 0, "feeds_failed": 0}


Told = tuple[str, StoryLine | LineFault]


def import_stories(run: PassRun, lines: Iterable[Told], *, with_alerts: bool) -> ImportReport:
    """Store all stories, chunk by chunk. `lines` are (file, line) pairs; what cannot be used is told in the report."""
    faults: list[str] = []
    report = ImportReport()
    pairs = read_articles(run, lines, faults, with_alerts=with_alerts)
    number = 0
    while chunk := tuple(islice(pairs, CHUNK_ITEMS)):
        number += 1
        tell_progress("import", 0, len(chunk))
        report = _add(report, store_chunk(run, ReadChunk(number, chunk, ()), is_import=True))
        tell_progress("import", len(chunk), len(chunk))
    return replace(report, faults=tuple(faults))


async def deliver_imported(run: PassRun) -> AlertReport:
    """Deliver what the import raised, unless a pass is under way. Raises PassRunning: that pass delivers it then."""
    # Two processes that deliver at once would send everything twice.
    with hold_pass_lock(run.address, describe_holder(f"import {run.run_id}", run.now)):
        return await deliver_alerts(run)


def read_articles(
    run: PassRun, lines: Iterable[Told], faults: list[str], *, with_alerts: bool
) -> Iterator[tuple[Article, Reading]]:
    """Each usable story as an article with its reading; the words of the others go into `faults`."""
    reader = open_reader(run.catalog)
    for file, line in lines:
        told = line if isinstance(line, LineFault) else read_article(run, reader, line, is_silent=not with_alerts)
        if isinstance(told, LineFault):
            faults.append(f"{file}: {told}")
        else:
            yield told


def read_article(
    run: PassRun, reader: Reader, line: StoryLine, *, is_silent: bool
) -> tuple[Article, Reading] | LineFault:
    """A story as an article, and what it says. One without a date is read without: the import's day is not its own."""
    article = make_article(run, line, is_silent=is_silent)
    if isinstance(article, LineFault):
        return article
    try:
        return article, reader.read_story(replace(line.story, text=article.text, title=article.title or None))
    except Exception as error:  # noqa: BLE001 - one odd text must not cost the import the texts after it
        words = f"could not be read, by a fault of the rules ({type(error).__name__}: {error}); please report it."
        return LineFault(line.number, words)


def make_article(run: PassRun, line: StoryLine, *, is_silent: bool) -> Article | LineFault:
    """A story as an article with an item of its own; its day is that of publication, where that is given."""
    story = line.story
    url = canonical_url(line.url) if line.url else None
    text, title = clean_text(story.text), clean_line(story.title or "")
    if line.url and url is None:
        return LineFault(line.number, 'has a "url" that is no http(s) address; give the full address, or leave it out.')
    if not text:
        return LineFault(line.number, 'has a "text" without any letters; give the story\'s text.')
    wire_id = story.wire.wire_id if story.wire else make_wire_id(line.wire_name)
    article_id = article_id_of(url) if url else article_id_without_url(wire_id, title, text)
    item = Item(
        item_id=item_id_of(FEED_ID, article_id),
        feed_id=FEED_ID,
        wire_id=wire_id,
        day=(story.published_at or run.now).date(),
        first_seen_at=run.now,
        url=url,
        title=title,
        summary="",
        content="",
        author=None,
        published_at=story.published_at,
        published_source="import" if story.published_at else "none",
        is_silent=is_silent,
        is_first_load=False,
    )
    return Article(
        item=item,
        article_id=article_id,
        url=url,
        title=title,
        text=text,
        summary="",
        authors=(),
        published_at=story.published_at,
        published_source=item.published_source,
        page_published_at=None,
        lang_hint=story.lang,
        quality="ok",
        reason=None,
        content_hash=content_hash(title, text),
        fetched_at=run.now,
        archive_file=None,
        archive_offset=None,
        sources=Sources(title="import" if title else "none", text="import"),
    )


def make_wire_id(name: str | None) -> str:
    """The id for a wire that the catalog does not know: `The Daily Post` -> `the-daily-post`."""
    return re.sub(r"[\W_]+", "-", (name or "").casefold()).strip("-") or NO_WIRE


def _add(report: ImportReport, chunk: StoreReport) -> ImportReport:
    return ImportReport(
        report.stored + chunk.stored,
        report.revised + chunk.revised,
        report.known + chunk.unchanged + chunk.duplicate,
        report.alerts + chunk.alerts,
    )
