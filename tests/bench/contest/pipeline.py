"""Our whole pipeline in a process of its own: from fetched bytes to rows committed in a real lake.

    python -m tests.bench.contest.pipeline WORKERS      lines of JSON in, lines of JSON out

{"do": "open"}                          a new home with an empty lake
{"do": "pages", "pages": [[file, url]]} their text and reading, by the stages' own functions, and the archive apart
{"do": "commit"}                        store: one transaction, as a pass does after each chunk
{"do": "close"}                         what came out, as the lake has it, and what it cost
{"do": "wire", "feeds": [url], "allow": host}   a whole pass over loopback from poll to store, archive and all

A chunk may come in several lots, so that contestants can take turns on the same pages. The items wait in the lake when
the clock starts, as a poll leaves them. CPU is that of this process and of its workers; what starts once (imports,
workers, the catalog, an empty lake) is done before, and told as `start_s`. Prefect is not in it: its cost does not
depend on the pages.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, TypeVar

from tasks.core.address.forms import item_id_of
from tasks.core.model import Feed, Item, Page
from tasks.core.reading import open_reader
from tasks.core.stages import Fetched, ReadChunk
from tasks.edge import pool
from tasks.edge.extracting import extract_chunk
from tasks.edge.fetching import archive_pages
from tasks.edge.lake.rows import item_row, outcome_row
from tasks.edge.lake.write import write_lake
from tasks.edge.passes import PassRun, sum_run
from tasks.edge.reading import read_chunk
from tasks.edge.storing import store_chunk
from tests.golden.stories import list_cases
from tests.passes import ask_home, begin_pass, work_off, write_feeds

Value = TypeVar("Value")
_TICK = os.sysconf("SC_CLK_TCK")
FEEDS = 16
WIRE = "https://wire.example/rss"
ENOUGH_FOR_ALL_WORKERS = pool.MOST_WORKERS * pool.PAGES_A_WORKER + 1


class Clock:
    """CPU of this process and its living children, by name of the part; and wall time."""

    def __init__(self) -> None:
        self.parts: dict[str, float] = {}
        self.wall_s = 0.0

    @property
    def total_s(self) -> float:
        """CPU of all parts."""
        return sum(self.parts.values())

    def time(self, part: str, work: Callable[[], Value]) -> Value:
        """Do a part of the work, and note what it took."""
        begun, began = cpu_s(), time.perf_counter()
        result = work()
        took = time.perf_counter() - began
        self.parts[part] = self.parts.get(part, 0.0) + cpu_s() - begun
        self.wall_s += took
        return result


def list_children() -> list[int]:
    """The processes that this one started and that still live."""
    found: list[int] = []
    for task in Path("/proc/self/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):  # a thread that ended meanwhile
            found += map(int, (task / "children").read_text().split())
    return found


def cpu_s() -> float:
    """CPU of this process, of its children, and of those that ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    total = time.process_time() + ended.ru_utime + ended.ru_stime
    for child in list_children():
        fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) / _TICK
    return total


def peak_rss() -> dict[str, int]:
    """Most memory in bytes so far: of this process, and of the largest of its workers."""
    workers = [_read_peak(child) for child in list_children()]
    return {"rss": _read_peak(os.getpid()), "worker_rss": max(workers, default=0), "workers": len(workers)}


def _read_peak(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


@contextmanager
def open_home(urls: list[str], allow: str) -> Iterator[PassRun]:
    """A pass that has begun in a home of its own, with the whole catalog's rules and these feeds."""
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        feeds_file = write_feeds(Path(folder), {f"wire-{n:02}": url for n, url in enumerate(urls)})
        with begin_pass(Path(folder) / "home", feeds_file, allow=allow) as run:
            open_reader(run.catalog)
            yield run


class Session:
    """A home that is being filled with pages."""

    def __init__(self, run: PassRun) -> None:
        self.run = run
        self.clock, self.archive = Clock(), Clock()
        self.made: list[Page] = []
        self.read: list[ReadChunk] = []

    def take(self, pages: list[tuple[str, str]]) -> dict[str, float]:
        """extract -> read; returns what it cost."""
        before = self.clock.total_s
        made = [self._make_page(gzip.decompress(Path(file).read_bytes()), url) for file, url in pages]
        self._let_wait(made)
        number = len(self.made)
        # Once more before the clock starts, as the other contestants do (tests.bench.contest.reader).
        read_pages(self.run, Clock(), Fetched(number, (*made[:1], *self._golden()), (), (), is_last=False))
        kept = self.archive.time(
            "archive", lambda: archive_pages(self.run, number, [(page.item, page) for page in made])
        )
        self.read.append(read_pages(self.run, self.clock, Fetched(number, tuple(kept), (), (), is_last=False)))
        self.made += made
        return {"cpu_s": self.clock.total_s - before}

    def commit(self) -> dict[str, float]:
        """store, for all that was read since the last time."""
        before = self.clock.total_s
        pairs = tuple(pair for chunk in self.read for pair in chunk.articles)
        failures = tuple(failed for chunk in self.read for failed in chunk.failures)
        self.read.clear()
        self.clock.time("store", lambda: store_chunk(self.run, ReadChunk(len(self.made), pairs, failures)))
        return {"cpu_s": self.clock.total_s - before}

    def close(self) -> dict[str, Any]:
        """Each page as the lake has it."""
        home = self.run.settings.home
        ends = {row["item_id"]: row for row in ask_home(home, "from items")}
        found = {row["article_id"]: row for row in ask_home(home, _ARTICLES)}
        rows = [tell_row(ends[page.item.item_id], found) for page in self.made]
        return {"rows": rows, "parts": self.clock.parts | self.archive.parts, **_sum(self.clock), **peak_rss()}

    def _make_page(self, body: bytes, url: str) -> Page:
        feeds = self.run.feeds()
        return make_page(self.run, feeds[len(url) % len(feeds)], body, url)

    def _golden(self) -> list[Page]:
        return [self._make_page(body, f"https://wire.example/warm/{n}") for n, body in enumerate(golden_pages())]

    def _let_wait(self, made: list[Page]) -> None:
        with write_lake(self.run.address, "bench", self.run.now, "items of a bench") as lake:
            lake.append("item_facts", [item_row(page.item, page.url, self.run.run_id) for page in made])
            lake.append("outcome_facts", [wait_row(self.run, page.item) for page in made])


_ARTICLES = "select article_id, text, title, quality, page_published_at from article_versions where version = 1"


def tell_row(end: dict[str, Any], found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """A page as the lake has it: its article, or why it has none."""
    row = found.get(end["article_id"] or "")
    if row is None:
        return {"text": "", "title": "", "day": "", "failure": end["reason"]}
    day = row["page_published_at"]
    return {
        "text": row["text"],
        "title": row["title"],
        "day": day.isoformat() if day else "",
        "quality": row["quality"],
    }


def make_page(run: PassRun, feed: Feed, body: bytes, url: str) -> Page:
    """A page as `fetch` hands it on; its feed told nothing but the address."""
    item = Item(
        item_id=item_id_of(feed.feed_id, url),
        feed_id=feed.feed_id,
        wire_id=feed.wire_id,
        day=run.now.date(),
        first_seen_at=run.now,
        url=url,
        title="",
        summary="",
        content="",
        author=None,
        published_at=None,
        published_source="none",
        is_silent=False,
        is_first_load=False,
    )
    return Page(item, url, 200, "text/html", body, run.now)


def wait_row(run: PassRun, item: Item) -> dict[str, Any]:
    """The item waits for its page, as a poll says."""
    waits = {"reason": "new", "next_try_at": run.now, "fingerprint": "bench"}
    return outcome_row(item.day, item.item_id, run.run_id, run.now, "waiting", **waits)


def read_pages(run: PassRun, clock: Clock, fetched: Fetched) -> ReadChunk:
    """extract -> read, each timed."""
    extracted = clock.time("extract", lambda: extract_chunk(run, fetched))
    return clock.time("read", lambda: read_chunk(run, extracted))


def run_wire(feeds: list[str], allow: str) -> dict[str, Any]:
    """A pass from poll to store over a wire on loopback."""
    with open_home(feeds, allow) as run:
        clock = Clock()
        clock.time("pass", lambda: asyncio.run(work_off(run)))
        total = sum_run(run)
        return {"stored": total["stored"], "found": total["found"], **_sum(clock), **peak_rss()}


def _sum(clock: Clock) -> dict[str, float]:
    return {"cpu_s": clock.total_s, "wall_s": clock.wall_s}


def warm() -> None:
    """Start what starts once: the workers, and what a reading and a commit load. Our golden stories, a lake of its own."""
    bodies = golden_pages()
    with open_home([WIRE], "") as run, tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{n}.gz" for n in range(ENOUGH_FOR_ALL_WORKERS)]
        for n, file in enumerate(files):
            file.write_bytes(gzip.compress(bodies[n % len(bodies)]))
        session = Session(run)
        session.take([(str(file), f"https://wire.example/{file.stem}") for file in files])
        session.commit()


@cache
def golden_pages() -> list[bytes]:
    """Our golden stories as pages."""
    stories = [(case / "source.txt").read_text(encoding="utf-8") for case in list_cases()]
    told = ["".join(f"<p>{escape(part)}</p>" for part in story.split("\n") if part) for story in stories]
    return [f"<html lang='en'><body><article>{each}</article></body></html>".encode() for each in told]


def serve(ask: Callable[[], Iterator[dict[str, Any]]], answer: Callable[[dict[str, Any]], None]) -> None:
    """Answer each line until the input ends."""
    with ExitStack() as homes:
        session: Session | None = None
        for asked in ask():
            match asked["do"]:
                case "open":
                    homes.close()
                    session = Session(
                        homes.enter_context(open_home([WIRE.replace("wire", f"wire-{n}") for n in range(FEEDS)], ""))
                    )
                    answer({})
                case "wire":
                    answer(run_wire(asked["feeds"], asked["allow"]))
                case "pages" if session:
                    answer(session.take(asked["pages"]))
                case "commit" if session:
                    answer(session.commit())
                case "close" if session:
                    answer(session.close())


def main() -> None:
    """Begin; the first line out says what that took."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    if int(sys.argv[1]):
        pool.MOST_WORKERS = int(sys.argv[1])
    warm()

    def answer(said: dict[str, Any]) -> None:
        print(json.dumps(said), file=answers, flush=True)

    answer({"is_there": True, "start_s": cpu_s()})
    serve(lambda: map(json.loads, sys.stdin), answer)


if __name__ == "__main__":
    main()
