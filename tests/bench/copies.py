"""What it costs to find copies, and how well they are found: `python -m tests.bench.copies [DOCUMENTS]`.

DOCUMENTS (100,000) invented stories of 2 kB arrive in chunks as a pass stores them. One in five is an edited copy, on
another wire, of a story that came before it; one in fifty is no copy, although it shares text. Every document is
sketched, compared with all before it, and added. The time is CPU of all threads, without that of writing the stories.
Beside the frame of polars, on the same marks: a join in SQL, and the index of Python dicts that it took the place of.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from tasks.core.copies import MARKS, Sketched, judge_pair, sketch_text
from tasks.edge.copying import CopyWindow
from tasks.edge.fetching import CHUNK_ITEMS
from tests.republished import EDITS, STRANGERS, Press

NOW = datetime(2026, 3, 1, tzinfo=UTC)
GOALS = {"changed dateline": 0.95, "cut to 60 %": 0.95, "5 % of words edited": 0.95, "embedded in 50 % more": 0.95}
GOAL_US, GOAL_FALSE = 200, 0.002
# On the machine on which the goal was set, quiet, plain shingling took 172 us a document: so much of the goal is ours.
GOAL_SHARE = round(GOAL_US / 172, 2)
_WORD = re.compile(r"\w+")
KEPT = 2000  # stories that are still copied
BRIEF = 600  # characters
JOIN = (
    "select m.article, w.article, count(distinct m.sentence) as shared from marks as w inner join mine as m on m.mark = w.mark "
    "where w.article <> m.article group by all having shared >= 3"
)


@dataclass(frozen=True, slots=True)
class Document:
    """A text; `kind` is the edit that made it, `of` the number of the story that it was made from."""

    number: int
    text: str
    kind: str = ""
    of: int = -1


@dataclass(slots=True)
class Found:
    """What was found: copies by kind of edit, pairs that are none, and CPU seconds by step."""

    copies: Counter[str] = field(default_factory=Counter)
    made: Counter[str] = field(default_factory=Counter)
    false: int = 0
    strangers: Counter[str] = field(default_factory=Counter)
    seconds: Counter[str] = field(default_factory=Counter)


def write_documents(count: int, length: int, seed: int) -> Iterator[Document]:
    """The stream: stories, edited copies of the latest stories, and strangers."""
    press, kinds, odd = Press(seed), list(EDITS.items()), list(STRANGERS.items())
    stories: list[Document] = []
    for number in range(count):
        draw = press.random.random()
        if stories and draw < 0.22:
            story = press.random.choice(stories)
            kind, edit = press.random.choice(kinds if draw < 0.2 else odd)
            yield Document(number, edit(press, story.text), kind, story.number)
            continue
        story = Document(number, press.write_story(length))
        stories = [*stories[-KEPT:], story] if len(stories) > KEPT * 2 else stories
        stories.append(story)
        yield story


def sketch_document(document: Document) -> Sketched:
    """A document as an article of one of twenty wires; a copy is never on the wire of its original."""
    sketch, at = sketch_text(document.text), NOW + timedelta(seconds=document.number)
    wire = f"wire{document.number % 20}" if document.of % 20 != document.number % 20 else "wire20"
    name = f"{document.number:08}"
    return Sketched(name, 1, NOW.date(), wire, wire, at, "feed", at, len(sketch) // MARKS, sketch)


def measure(
    count: int, length: int, beside: Sequence[Callable[[list[Sketched]], None]] = ()
) -> tuple[Found, CopyWindow]:
    """Let the stream pass through the window, chunk by chunk, and through the other ways beside it."""
    found, window, family = Found(), CopyWindow(), {}
    stream = write_documents(count, length, seed=1)
    for _ in range(0, count, CHUNK_ITEMS):
        chunk = [document for _, document in zip(range(CHUNK_ITEMS), stream, strict=False)]
        family |= {document.number: document.of if document.of >= 0 else document.number for document in chunk}
        begun = time.process_time()
        articles = [sketch_document(document) for document in chunk]
        sketched = time.process_time()
        shared = window.find_shared(articles)
        pairs = {
            one.article_id: [judge_pair(one, other) for other in shared.get(one.article_id, ())] for one in articles
        }
        window.add(articles)
        found.seconds["sketch"] += sketched - begun
        last = time.process_time() - sketched
        found.seconds["find"] += last
        found.seconds["last chunk"] = time.process_time() - begun
        found.seconds["yardstick"] += _shingle(chunk[:20]) * len(chunk) / len(chunk[:20])
        _count(found, chunk, pairs, family)
        for way in beside:
            begun = time.process_time()
            way(articles)
            found.seconds[way.__name__] += time.process_time() - begun
    return found, window


def _shingle(chunk: list[Document]) -> float:
    """CPU seconds of hashing every four-word shingle in plain Python: the floor that the goal was set against."""
    begun = time.process_time()
    for document in chunk:
        words = _WORD.findall(document.text.lower())
        {hash(" ".join(words[at : at + 4])) for at in range(len(words) - 3)}
    return time.process_time() - begun


def _count(found: Found, chunk: list[Document], pairs: dict[str, list[Any]], family: dict[int, int]) -> None:
    for document in chunk:
        others = {
            int(name)
            for pair in pairs[f"{document.number:08}"]
            if pair
            for name in (pair.copy.article_id, pair.original.article_id)
        }
        others.discard(document.number)
        if document.kind:
            found.made[document.kind] += 1
            found.copies[document.kind] += document.of in others
        is_stranger = document.kind in STRANGERS
        found.false += sum(family[other] != family[document.number] for other in others if other < document.number)
        if is_stranger:
            found.strangers[document.kind] += bool(others)


class Dicts:
    """The index that was: a dict of lists by mark."""

    def __init__(self) -> None:
        self.by_mark: dict[int, list[str]] = {}
        self.sketches: dict[str, tuple[int, ...]] = {}

    def python_dicts(self, articles: list[Sketched]) -> None:
        """Count what each shares with those before it, and add it."""
        for article in articles:
            shared = Counter(other for mark in article.sketch for other in self.by_mark.get(mark, ()))
            _ = [other for other, count in shared.items() if count >= 3]
            self.sketches[article.article_id] = article.sketch
            for mark in article.sketch:
                self.by_mark.setdefault(mark, []).append(article.article_id)


class Tables:
    """The same in SQL: a table of marks in memory, and a join."""

    def __init__(self) -> None:
        self.lake = duckdb.connect()
        self.lake.execute("create table marks (mark uinteger, sentence usmallint, article uinteger)")

    def sql_join(self, articles: list[Sketched]) -> None:
        """Add the chunk, and join it with all."""
        rows = [(mark, at // MARKS, int(one.article_id)) for one in articles for at, mark in enumerate(one.sketch)]
        types = {"mark": pl.UInt32, "sentence": pl.UInt16, "article": pl.UInt32}
        self.lake.register("mine", pl.DataFrame(rows, schema=types, orient="row"))
        self.lake.execute("insert into marks select * from mine")
        self.lake.execute(JOIN).fetchall()


def say(what: str, figure: str, goal: str = "") -> None:
    """One line of the table."""
    print(f"  {what:<62} {figure:>12}   {goal}")  # noqa: T201 - a bench prints


def tell_found(found: Found, *, with_goals: bool) -> None:
    """Recall by kind of edit, what is no copy, and false pairs."""
    for kind in EDITS:
        goal = f"goal {GOALS[kind]:.2f}" if with_goals and kind in GOALS else ""
        say(f"recall: {kind}", f"{found.copies[kind] / max(found.made[kind], 1):.3f}", goal)
    for kind in STRANGERS:
        say(f"called a copy, should be few: {kind}", f"{found.strangers[kind] / max(found.made[kind], 1):.4f}")


def _both(found: Found) -> float:
    return found.seconds["sketch"] + found.seconds["find"]


def resident() -> float:
    """Megabytes of memory of this process, on Linux; 0 elsewhere."""
    status = Path("/proc/self/statm")
    return int(status.read_text().split()[1]) * 4096 / 1e6 if status.exists() else 0.0


def main() -> None:
    """Print every figure with its goal."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    dicts, tables = Dicts(), Tables()
    found, window = measure(count, 2000, [tables.sql_join])
    print(f"{count:,} documents of 2 kB in chunks of {CHUNK_ITEMS}, CPU in us a document:")  # noqa: T201
    each = 1e6 / count
    say("sketch", f"{found.seconds['sketch'] * each:.0f}")
    say("compare, judge, add (frame of polars)", f"{found.seconds['find'] * each:.0f}")
    say("both", f"{_both(found) * each:.0f}", f"goal {GOAL_US}, on a quiet machine")
    say(
        "both, as a multiple of plain shingling in Python",
        f"{_both(found) / found.seconds['yardstick']:.2f}",
        f"goal {GOAL_SHARE}",
    )
    say("both, in the last chunk, the window being full", f"{found.seconds['last chunk'] / CHUNK_ITEMS * 1e6:.0f}")
    say("memory of the window, MB", f"{window.size / 1e6:.0f}")
    say("in its place a join in SQL", f"{found.seconds['sql_join'] * each:.0f}")
    tell_found(found, with_goals=True)
    say("false pairs a document", f"{found.false / count:.5f}", f"goal {GOAL_FALSE}")
    before = resident()
    again, _ = measure(count // 5, 2000, [dicts.python_dicts])
    say(f"Python dicts, {count // 5:,} documents", f"{again.seconds['python_dicts'] * 5 * each:.0f}")
    say("  their memory, MB, with the window's beside it", f"{resident() - before:.0f}")
    print(f"{count // 10:,} briefs of {BRIEF} characters:")  # noqa: T201
    tell_found(measure(count // 10, BRIEF)[0], with_goals=False)


if __name__ == "__main__":
    main()
