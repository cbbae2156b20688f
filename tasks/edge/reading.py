"""Articles -> readings, in this process: reading is a matter of milliseconds."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from functools import cache

from tasks.core.model import Article, Failure, Reading, Story, Wire
from tasks.core.reading import Reader, open_reader
from tasks.core.schedule import next_try
from tasks.core.stages import Extracted, ItemFailure, ReadChunk
from tasks.edge.passes import PassRun
from tasks.edge.progress import tell_progress


def read_chunk(run: PassRun, extracted: Extracted) -> ReadChunk:
    """Every article of the chunk with its reading; one that the rules choke on waits, and says why."""
    reader, wires = open_reader(run.catalog), run.wires()
    spare_collector()
    settled = list(_read_all(run, reader, wires, extracted.articles))
    pairs = tuple(pair for pair in settled if not isinstance(pair, ItemFailure))
    faults = tuple(fault for fault in settled if isinstance(fault, ItemFailure))
    return ReadChunk(extracted.number, pairs, extracted.failures + faults)


@cache
def spare_collector() -> None:
    """Keep the catalog and its reader, which live as long as the process, out of every later search for garbage.

    Each of these searches took 0.1 s and more, a tenth of what 258 pages cost to be read. Once a process only: what is
    garbage by then stays.
    """
    gc.freeze()


def _read_all(
    run: PassRun, reader: Reader, wires: Mapping[str, Wire], articles: tuple[Article, ...]
) -> Iterator[tuple[Article, Reading] | ItemFailure]:
    for done, article in enumerate(articles, 1):
        try:
            yield article, reader.read_story(tell_story(article, wires.get(article.item.wire_id)))
        except Exception as error:  # noqa: BLE001 - one text must not stop the pass at the same place for ever
            failure = Failure("read_fault", f"the rules failed on this text ({type(error).__name__}: {error})")
            item = article.item
            yield ItemFailure(item, failure, next_try(item.attempts + 1, failure.kind, item.first_seen_at, run.now))
        tell_progress("read", done, len(articles))


def tell_story(article: Article, wire: Wire | None) -> Story:
    """An article as the reader takes it; undated ones are read by their first sight."""
    return Story(
        text=article.text,
        title=article.title or None,
        published_at=article.published_at or article.item.first_seen_at,
        lang=article.lang_hint or (wire.lang if wire else None),
        wire=wire,
    )
