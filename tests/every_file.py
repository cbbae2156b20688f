"""Look for words in every file of a folder, whatever the file packs them in: gzip, Parquet, DuckDB, SQLite."""

from __future__ import annotations

import gzip
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import duckdb


def find_words(folder: Path, words: Iterable[str]) -> dict[str, list[str]]:
    """The words that a file still holds, by the file's path within the folder."""
    marks = [word.casefold() for word in words]
    found: dict[str, list[str]] = {}
    # All are read first: to open a SQLite file takes its WAL away.
    files = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    for path, data in files.items():
        texts = [text.casefold() for text in _read(path, data)]
        if held := [mark for mark in marks if any(mark in text for text in texts)]:
            found[str(path.relative_to(folder))] = held
    return found


def _read(path: Path, data: bytes) -> Iterator[str]:
    yield data.decode("utf-8", "ignore")  # also free pages, WAL and what is not packed
    if data[:2] == b"\x1f\x8b":
        yield _unpack(data)
    elif data[:4] == b"PAR1":
        yield str(duckdb.sql(f"from read_parquet('{path}', hive_partitioning = false)").fetchall())
    elif data[8:12] == b"DUCK":
        with closing(duckdb.connect(str(path), read_only=True)) as press:
            for (table,) in press.execute("select table_name from duckdb_tables()").fetchall():
                yield str(press.execute(f"from {table}").fetchall())
    elif data[:15] == b"SQLite format 3":
        with closing(sqlite3.connect(path)) as base:
            yield "\n".join(base.iterdump())


def _unpack(data: bytes) -> str:
    try:
        return gzip.decompress(data).decode("utf-8", "ignore")
    except (EOFError, OSError, zlib.error):
        return zlib.decompressobj(31).decompress(data).decode("utf-8", "ignore")
