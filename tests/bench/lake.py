"""What the lake costs, as ratios within one run: `python -m tests.bench.lake`.

connections      against a bare DuckDB in memory
a chunk          200 articles with all that was read from them, in one transaction, against the same rows as bare
                 Parquet files; into an empty lake, into one that holds many days, and once more (nothing is new)
upkeep           against the passes before it
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import duckdb
import polars as pl

from tasks.edge.lake import extensions
from tasks.edge.lake.attach import LakeAddress, connect_reader, connect_writer
from tasks.edge.lake.upkeep import keep_lake
from tasks.edge.lake.write import write_lake
from tests.lakes import DAY, NOW, fill_row, make_lake

ARTICLES = 200
PASSES = 12
# Rows of a chunk for each article: what a story of average length gives.
ROWS_EACH = {
    "outcome_facts": 1,
    "article_facts": 1,
    "reading_facts": 1,
    "topic_facts": 4,
    "evidence_facts": 12,
    "actor_facts": 12,
    "quote_facts": 5,
    "citation_facts": 2,
    "claim_facts": 1,
    "decision_facts": 1,
    "meeting_facts": 1,
}
TEXT = "The ministers of both countries met in the capital on Tuesday and spoke of the border. " * 30

Chunk = dict[str, list[dict[str, Any]]]


def make_chunk(address: LakeAddress, number: int, day: date) -> Chunk:
    """The rows of one chunk of articles that no other number has."""
    with closing(connect_reader(address)) as connection:
        return {table: list(_rows(connection, table, each, number, day)) for table, each in ROWS_EACH.items()}


def _rows(
    connection: duckdb.DuckDBPyConnection, table: str, each: int, number: int, day: date
) -> Iterator[dict[str, Any]]:
    plain = fill_row(connection, table, day=day)
    for article in range(ARTICLES):
        name = f"{number:04}-{article:06}"
        ids = {key: name for key in ("article_id", "item_id", "meeting_id") if key in plain}
        for part in range(each):
            own = {key: part * 10 for key in ("start_char", "end_char", "seq") if key in plain}
            own |= {"topic": f"diplomacy.{part}"} if table == "topic_facts" else {}
            own |= {"text": f"{name} {TEXT}"} if table == "article_facts" else {}
            yield {**plain, **ids, **own}


def write_chunk(address: LakeAddress, chunk: Chunk) -> None:
    """Commit a chunk as `store` does."""
    with write_lake(address, "bench", NOW, "bench") as lake:
        for table, rows in chunk.items():
            lake.append(table, rows)


def write_bare(folder: Path, chunk: Chunk) -> None:
    """The same rows as Parquet files, with no lake around them."""
    for table, rows in chunk.items():
        pl.DataFrame(rows, infer_schema_length=None).write_parquet(folder / f"{table}.parquet")


@contextmanager
def fresh_lake() -> Iterator[LakeAddress]:
    """An empty lake in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        yield make_lake(Path(folder))


def measure(work: Callable[[], object], times: int = 5) -> float:
    """Seconds of the median of some runs."""
    took = []
    for _ in range(times):
        begun = perf_counter()
        work()
        took.append(perf_counter() - begun)
    return median(took)


def tell(what: str, seconds: float, base: float, unit: str) -> None:
    """One line of the table."""
    print(f"  {what:<58} {seconds / base:6.1f} x {unit}")  # noqa: T201 - a bench prints


def bench_connections(address: LakeAddress) -> None:
    """A connection for each transaction: what that costs."""
    bare = measure(lambda: duckdb.connect().close())
    tell("reader, attached", measure(lambda: connect_reader(address).close()), bare, "a bare DuckDB")
    tell("writer, attached", measure(lambda: connect_writer(address).close()), bare, "a bare DuckDB")

    def connect_unchecked() -> None:
        extensions._checked.clear()
        connect_reader(address).close()

    checked = measure(connect_unchecked)
    tell("reader, with the signatures checked (first of a process)", checked, bare, "a bare DuckDB")
    tell("a transaction that writes nothing", measure(lambda: write_chunk(address, {})), bare, "a bare DuckDB")


def bench_chunks(address: LakeAddress) -> None:
    """A chunk into an empty lake, into a fuller one, and one that is known."""
    first = make_chunk(address, 0, DAY)
    with tempfile.TemporaryDirectory() as folder:
        bare = measure(lambda: write_bare(Path(folder), first))
    tell("a chunk into an empty lake", measure(lambda: write_chunk(address, first), 1), bare, "bare Parquet")
    tell("the same chunk again, nothing new", measure(lambda: write_chunk(address, first), 3), bare, "bare Parquet")
    took = []
    for number in range(1, PASSES + 1):
        chunk = make_chunk(address, number, DAY + timedelta(days=number // 4))
        took.append(measure(lambda chunk=chunk: write_chunk(address, chunk), 1))  # type: ignore[misc]
    tell(f"a chunk, median of {PASSES} over {1 + PASSES // 4} days", median(took), bare, "bare Parquet")
    upkeep = measure(lambda: keep_lake(address, NOW, None), 1)
    tell(f"upkeep after {PASSES + 1} chunks", upkeep, median(took), "a chunk")
    after = make_chunk(address, PASSES + 1, DAY)
    tell("a chunk after upkeep", measure(lambda: write_chunk(address, after), 1), median(took), "a chunk before")


if __name__ == "__main__":
    with fresh_lake() as lake:
        print("connections")  # noqa: T201 - a bench prints
        bench_connections(lake)
        print(f"chunks of {ARTICLES} articles, {sum(ROWS_EACH.values()) * ARTICLES:,} rows")  # noqa: T201 - as above
        bench_chunks(lake)
