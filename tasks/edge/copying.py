"""The articles of the last days by the marks of their sentences, to find whose text a new one repeats.

    sketches of the lake -> a frame of marks, once a pass -> a join with the marks of a chunk -> pairs that share enough

The frame is kept for the pass, since to read it costs more than to ask it; what the pass stores is added once it is
committed. What others store meanwhile (imports, which are history) is seen by the next pass; a pass over a shard of the
wires looks before each chunk what the others have stored, since that is news. Time and memory at 100,000
articles: tests/bench/copies.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import chain, repeat
from typing import Any

import polars as pl

from tasks.core.copies import (
    BRIEF_SENTENCES,
    COPY_DAYS,
    MARKS,
    MOST_SENTENCES,
    Copied,
    Shared,
    Sketched,
    judge_pair,
    sketch_text,
)  # fmt: skip
from tasks.core.model import Article, Reading
from tasks.core.novelty import Verdict
from tasks.core.origins import list_credits, name_origin, name_sources
from tasks.core.shards import WHOLE
from tasks.edge.clock import utc_now
from tasks.edge.lake.sharing import borrow_lake
from tasks.edge.lake.statements import query
from tasks.edge.lake.write import LakeWriter, Row
from tasks.edge.passes import PassRun

# A sentence that as many articles have is boilerplate or a phrase of the trade: it says nothing of copies.
COMMON = 300
# Marks that came lately lie unsorted beside the others, until they are as many, or this part of all.
LATE_MARKS, LATE_PART = 50_000, 8

# What a pass over another shard stores while this one runs was fetched no longer ago than that.
BESIDE = timedelta(hours=6)

_MARKS: Mapping[str, Any] = {"mark": pl.UInt32, "sentence": pl.UInt16, "at": pl.UInt32}
_MINE = {"at": "at_mine", "sentence": "sentence_mine"}
_MET = (*_MARKS, *_MINE.values())
_SENTENCES = tuple(place // MARKS for place in range(MARKS * MOST_SENTENCES))


class CopyWindow:
    """Recent articles with the marks of their sentences; `loaded` are rows of `select_sketches`."""

    def __init__(self, loaded: pl.DataFrame | None = None) -> None:
        self._loaded = pl.DataFrame(schema={"sketch": pl.List(pl.UInt64)}) if loaded is None else loaded
        self._marks = _spread(self._loaded["sketch"]).sort("mark")
        self._late = self._marks.clear()
        self._loaded = self._loaded.with_columns(sentences=pl.col("sketch").list.len() // MARKS).drop("sketch")
        self._added: list[Sketched] = []

    @property
    def size(self) -> int:
        """Bytes of its frames."""
        return int(sum(frame.estimated_size() for frame in (self._loaded, self._marks, self._late)))

    def find_shared(self, new: Sequence[Sketched]) -> dict[str, list[Shared]]:
        """By article id what each new text shares with articles of other wires, those among the new ones included."""
        located, first = _locate(_mark(new, 0), self._marks), self._loaded.height + len(self._added)
        mine = located.select(*_MARKS)
        beside = pl.concat([self._late, mine.with_columns(pl.col("at") + first)]).join(mine, on="mark", suffix="_mine")
        is_itself = pl.col("at") == pl.col("at_mine") + first
        met = pl.concat([_look_up(located, self._marks), beside.filter(~is_itself).select(_MET)])
        found = [(row, self._article(row["at"]) if row["at"] < first else new[row["at"] - first]) for row in _pair(met)]
        shared: dict[str, list[Shared]] = {}
        for row, other in found:
            own = new[row["at_mine"]]
            if other.article_id != own.article_id and other.wire_id != own.wire_id:
                counts = row["shared"], row["other_shared"], row["first"], row["other_first"]
                shared.setdefault(own.article_id, []).append(Shared(other, *counts))
        return shared

    def add(self, articles: Sequence[Sketched]) -> None:
        """Let later texts be compared with these too."""
        self._late = pl.concat([self._late, _mark(articles, self._loaded.height + len(self._added))])
        if self._late.height > max(LATE_MARKS, self._marks.height // LATE_PART):
            self._marks = self._marks.merge_sorted(self._late.sort("mark"), "mark").rechunk()
            self._late = self._marks.clear()
        self._added += [replace(article, sketch=()) for article in articles]

    def meet(self, stored: pl.DataFrame) -> None:
        """Add those of these rows of `select_sketches` that are not here yet: another pass has stored them."""
        keys = ["article_id", "version"]
        added = pl.DataFrame(
            {name: [getattr(one, name) for one in self._added] for name in keys},
            schema={"article_id": pl.String, "version": pl.Int32},
        )
        here = pl.concat([self._loaded.select(keys), added]) if self._loaded.width > 1 else added
        fresh = stored.filter(pl.col("sketch").list.max() < 1 << 32).join(
            here, on=keys, how="anti", maintain_order="left"
        )
        rows = [{**row, "sketch": tuple(row["sketch"])} for row in fresh.iter_rows(named=True)]
        if rows:
            self.add([Sketched(**row, sentences=len(row["sketch"]) // MARKS) for row in rows])

    def _article(self, at: int) -> Sketched:
        if at >= self._loaded.height:
            return self._added[at - self._loaded.height]
        return Sketched(**self._loaded.row(at, named=True))


@dataclass(slots=True)
class ChunkCopies:
    """What the texts of a chunk share, and those that were stored, in the order of their publication."""

    names: Mapping[str, str] = field(default_factory=dict)
    new: Mapping[str, Sketched] = field(default_factory=dict)
    shared: Mapping[str, Sequence[Shared]] = field(default_factory=dict)
    laid: dict[str, Sketched] = field(default_factory=dict)

    def settle(self, article: Article, reading: Reading, verdict: Verdict) -> tuple[Sketched, list[Copied]]:
        """The article under its version, with its origin, and its pairs, the most similar first."""
        wire_id = article.item.wire_id
        credited = list_credits(article.text, article.authors, reading, self.names)
        own = replace(
            self.new[article.article_id],
            version=verdict.version,
            day=verdict.day,
            origin=name_origin(wire_id, credited, ()),
        )
        best: dict[str, Copied] = {}
        for shared in self.shared.get(article.article_id, ()):
            pair = self._judge(own, shared)
            other_id = shared.other.article_id
            if pair and (other_id not in best or pair.similarity > best[other_id].similarity):
                best[other_id] = pair
        copies = sorted(
            best.values(), key=lambda pair: (-pair.similarity, pair.original.article_id, pair.copy.article_id)
        )
        settled = replace(own, origin=name_origin(wire_id, credited, copies))
        self.laid[article.article_id] = settled
        return settled, copies

    def _judge(self, own: Sketched, shared: Shared) -> Copied | None:
        other = self.laid.get(shared.other.article_id, shared.other)
        # One of this chunk that is not stored, or not yet: then the pair is judged when it is.
        return judge_pair(own, replace(shared, other=other)) if other.version else None


def compare_chunk(run: PassRun, lake: LakeWriter, pairs: Iterable[tuple[Article, Reading]]) -> ChunkCopies:
    """Compare the texts of a chunk with those of the last days, and with each other."""
    new = {article.article_id: _sketch_article(article, reading) for article, reading in pairs}
    told = [article for article in new.values() if article.sketch]
    window = open_window(run)
    if run.shard != WHOLE:
        lately = {**_bounds(run), "after": min(run.now, utc_now()) - BESIDE}
        window.meet(lake.frame("select_sketches", lately))
    return ChunkCopies(name_sources(run.catalog), new, window.find_shared(told) if told else {})


def copy_row(pair: Copied, run: PassRun) -> Row:
    """A pair as a row of `copy_facts`, under the day of the copy."""
    copy, original = pair.copy, pair.original
    return {
        "day": copy.day,
        "article_id": copy.article_id,
        "version": copy.version,
        "wire_id": copy.wire_id,
        "of_article_id": original.article_id,
        "of_day": original.day,
        "of_wire_id": original.wire_id,
        "similarity": pair.similarity,
        "share_of_copy": pair.share_of_copy,
        "share_of_original": pair.share_of_original,
        "basis": pair.basis,
        "found_at": run.now,
    }


_windows: dict[tuple[object, str], CopyWindow] = {}


def open_window(run: PassRun) -> CopyWindow:
    """The window of this pass, read by its first chunk before it takes the write lock, since that takes a while.

    That of an earlier pass of this process is let go.
    """
    key = run.address, run.run_id
    if key not in _windows:
        _windows.clear()
        with borrow_lake(run.address) as connection:
            _windows[key] = CopyWindow(connection.execute(query("select_sketches"), _bounds(run)).pl())
    return _windows[key]


def _bounds(run: PassRun) -> dict[str, Any]:
    return {"since": run.now.date() - timedelta(days=COPY_DAYS), "after": None}


def keep_laid(run: PassRun, copies: ChunkCopies) -> None:
    """Add what a chunk stored to the window of its pass, after the commit."""
    window = _windows.get((run.address, run.run_id))
    told = [article for article in copies.laid.values() if article.sketch]
    if window and told:
        window.add(told)


def _sketch_article(article: Article, reading: Reading) -> Sketched:
    """Without its dateline: two stories that were filed from one place on one day have no lead in common for that."""
    item, start = article.item, reading.dateline.body_start if reading.dateline else 0
    sketch = sketch_text(article.text[start:])
    return Sketched(
        article_id=article.article_id,
        version=0,
        day=item.day,
        wire_id=item.wire_id,
        origin=item.wire_id,
        published_at=article.published_at,
        published_source=article.published_source,
        first_seen_at=item.first_seen_at,
        sentences=len(sketch) // MARKS,
        sketch=sketch,
    )


def _locate(mine: pl.DataFrame, marks: pl.DataFrame) -> pl.DataFrame:
    """Marks with the range of places `[low, high)` at which they stand, but for those that are common.

    By a binary search: an eighth of the time of a join (measured). What is common is left out before it is spread: a
    sentence that every tenth article has would meet thousands of them.
    """
    mine = mine.sort("mark")  # which keeps each search near the one before
    low, high = (marks["mark"].search_sorted(mine["mark"], side) for side in ("left", "right"))
    return mine.with_columns(low=low, high=high).filter(pl.col("high") - pl.col("low") <= COMMON)


def _look_up(located: pl.DataFrame, marks: pl.DataFrame) -> pl.DataFrame:
    """The places at which the texts meet articles."""
    found = located.filter(pl.col("low") < pl.col("high"))
    found = found.with_columns(place=pl.int_ranges("low", "high")).explode("place")
    return pl.concat([marks[found["place"]], found.select("at", "sentence").rename(_MINE)], how="horizontal").select(
        _MET
    )


def _pair(met: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """Numbers of texts (`at_mine`) and articles (`at`) that share enough sentences: how many of each, and the first."""
    met = met.filter(pl.len().over("mark", "at_mine") <= COMMON)
    counts = met.group_by("at_mine", "at").agg(
        shared=pl.col("sentence_mine").n_unique(),
        other_shared=pl.col("sentence").n_unique(),
        first=pl.col("sentence_mine").min(),
        other_first=pl.col("sentence").min(),
    )
    return counts.filter(pl.col("shared") >= BRIEF_SENTENCES).iter_rows(named=True)


def _mark(articles: Sequence[Sketched], first: int) -> pl.DataFrame:
    """A row per mark, with its sentence and the number of its article, from `first` on."""
    columns = {
        "mark": list(chain.from_iterable(one.sketch for one in articles)),
        "sentence": list(chain.from_iterable(_SENTENCES[: len(one.sketch)] for one in articles)),
        "at": list(chain.from_iterable(repeat(at, len(one.sketch)) for at, one in enumerate(articles, first))),
    }
    return pl.DataFrame({name: pl.Series(values, dtype=_MARKS[name]) for name, values in columns.items()})


def _spread(sketches: pl.Series) -> pl.DataFrame:
    """The same of sketches of the lake. Those of earlier layouts have 64 bits, which nothing resembles."""
    numbered = pl.DataFrame({"mark": sketches}).with_row_index("at")
    spread = numbered.with_columns(place=pl.int_ranges(0, pl.col("mark").list.len())).explode("mark", "place")
    kept = spread.filter(pl.col("mark") < 1 << 32)
    columns = {"mark": pl.col("mark"), "sentence": pl.col("place") // MARKS, "at": pl.col("at")}
    return kept.select(column.cast(_MARKS[name]).alias(name) for name, column in columns.items())
