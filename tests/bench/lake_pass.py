"""What a pass of new articles costs a lake: `python -m tests.bench.lake_pass HOME [ARTICLES [PASSES]]`.

Each pass is the store's side of a real one, in a process of its own: the states of the feeds are read, what the feeds
listed is recorded (T1), the waiting items are asked for and committed with their readings in chunks (T2), all by the
stages' own functions and real readings of invented stories. Prints one line of JSON: seconds of each part, and the
greatest memory of the process in MB.
"""

from __future__ import annotations

import json
import math
import resource
import sys
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from tasks.core.address.forms import article_id_of
from tasks.core.model import Article, Catalog, Entry, FeedBody, Item, Reading, Story
from tasks.core.reading import Reader, open_reader
from tasks.core.stages import FeedAnswer, FeedState, ReadChunk
from tasks.core.text import content_hash
from tasks.edge.clock import utc_now
from tasks.edge.copying import open_window
from tasks.edge.fetching import FetchBudget, select_work
from tasks.edge.lake.attach import locate_lake
from tasks.edge.lake.sharing import share_lake
from tasks.edge.passes import PassRun, sum_run
from tasks.edge.poll_record import record_answers
from tasks.edge.polling import read_feed_states
from tasks.edge.storing import store_chunk
from tasks.settings import read_settings
from tests.bench.newsroom import Copy, Newsroom
from tests.catalog import builtin_catalog

FEEDS = 20
T = TypeVar("T")
Times = defaultdict[str, float]


def open_run(home: Path, catalog: Catalog) -> PassRun:
    """A pass of this moment over the lake of a home; its lock is not held, and nothing is told to any channel."""
    settings = read_settings(home, {"DATELINE_ALERT_URLS": f"file:{home / 'alerts.jsonl'}"})
    now = utc_now()
    return PassRun(
        f"{now:%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:6]}", "monitor", now, settings, catalog, locate_lake(settings)
    )


def run_pass(run: PassRun, reader: Reader, copies: Sequence[Copy], times: Times) -> None:
    """Record, ask, store and sum; `times` gains the seconds of each."""
    filed = {f"https://wire.example/{run.run_id}/{number}": copy for number, copy in enumerate(copies)}
    answers = list(_answer(run, filed))
    with share_lake(run.address):
        _clock(times, "lake opened, feeds' states read", lambda: read_feed_states(run))
        _clock(times, "poll recorded (T1)", lambda: record_answers(run, answers))
        budget = FetchBudget(started_at=math.inf)
        _clock(times, "articles to compare with read (T2)", lambda: open_window(run))
        has_more, number = True, 0
        while has_more:
            items, has_more = _clock(times, "waiting items asked for", lambda: select_work(run, budget))
            budget.tried |= {item.item_id for item in items}
            number += 1
            pairs = [_read(reader, item, filed[item.url or ""], run.now) for item in items if item.url in filed]
            chunk = ReadChunk(number, tuple(pairs), ())
            _clock(times, "chunks committed (T2)", lambda chunk=chunk: store_chunk(run, chunk))
        _clock(times, "the sum counted", lambda: sum_run(run))


def _answer(run: PassRun, filed: Mapping[str, Copy]) -> Iterator[FeedAnswer]:
    feeds, urls = run.feeds()[:FEEDS], list(filed)
    for number, feed in enumerate(feeds):
        entries = tuple(
            Entry(url, url, filed[url].title, "", "", None, run.now, "feed", None, url)
            for url in urls[number :: len(feeds)]
        )
        body = FeedBody(feed.feed_id, entries, 0, ())
        state = FeedState(feed.feed_id, answered_at=run.now, found=1)
        yield FeedAnswer(
            feed, state, run.now, "read", 200, None, None, None, run.run_id, body, feed.url, 80, feed.url
        )  # fmt: skip


def _read(reader: Reader, item: Item, copy: Copy, now: datetime) -> tuple[Article, Reading]:
    article = Article(
        item=item,
        article_id=article_id_of(item.url or ""),
        url=item.url,
        title=copy.title,
        text=copy.text,
        summary="",
        authors=(),
        published_at=now,
        published_source="feed",
        page_published_at=None,
        lang_hint="en",
        quality="ok",
        reason=None,
        content_hash=content_hash(copy.title, copy.text),
        fetched_at=now,
        archive_file=None,
        archive_offset=None,
    )
    return article, reader.read_story(Story(copy.text, copy.title, now, "en", None))


def _clock(times: Times, name: str, work: Callable[[], T]) -> T:
    begun = perf_counter()
    result = work()
    times[name] += perf_counter() - begun
    return result


def main(home: str, articles: int = 500, passes: int = 1) -> None:
    """So many passes, one after the other."""
    catalog = builtin_catalog()
    reader, room, times = open_reader(catalog), Newsroom(uuid.uuid4().int % 1_000_000), Times(float)
    for _ in range(passes):
        run = open_run(Path(home), catalog)
        run_pass(run, reader, [room.write(run.now.date()) for _ in range(articles)], times)
    print(json.dumps({"seconds": dict(times), "memory_mb": measure_peak()}))  # noqa: T201 - a bench prints


def measure_peak() -> int:
    """The greatest memory of this process in MB. On Linux what `getrusage` says begins with that of whoever started it."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) >> 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> (20 if sys.platform == "darwin" else 10)


if __name__ == "__main__":
    main(sys.argv[1], *(int(word) for word in sys.argv[2:]))
