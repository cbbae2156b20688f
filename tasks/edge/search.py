"""Full-text search: an SQLite FTS5 file beside the lake, `search.sqlite`, that is never behind when it is asked.

    a mark a day, in the lake and in the file -> days that differ -> articles to add, to replace, to drop -> MATCH

Whoever asks brings the file up to date first, as each pass does at its end, so that what is new is found, with the rank
that it has among all, and what was corrected or forgotten is not. The file holds nothing of its own: one that is
missing, damaged or of another layout is made anew, and one that cannot be written is copied into memory and brought up
to date there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tasks.core.errors import DatelineError
from tasks.edge.lake.attach import LakeAddress, connect_reader
from tasks.edge.lake.statements import query
from tasks.edge.lake.write import fetch_rows
from tasks.settings import Settings

LAYOUT = 1
WAIT_S = 10.0
_BESIDE = ("", "-journal", "-wal", "-shm")
_TABLES = """
create table days (day text primary key, mark text not null);
create table stories (
    id integer primary key, day text not null, article_id text not null, version integer not null,
    wire_id text not null, told_at real not null
);
create unique index story_keys on stories (day, article_id);
create virtual table words using fts5 (title, text, tokenize = 'unicode61 remove_diacritics 2');
"""
# In the order of `rank` alone, with the stories looked up for each: then passages are made for the best only. Sorted by
# anything more, all that hold a common word would get one (9 s of a million articles in place of 0.5, measured).
_FIND = """
select day, article_id, score, snippet
from (
    select s.day, s.article_id, s.told_at, -rank as score, snippet(words, -1, '[[', ']]', ' ... ', 24) as snippet
    from words cross join stories as s on s.id = words.rowid
    where words match :words and rank match 'bm25(4.0, 1.0)'
        and (:since is null or s.told_at >= :since) and (:wire is null or s.wire_id = :wire)
    order by rank
    limit :most
)
order by score desc, told_at desc, article_id
"""
# What hinders the writing of a file that may be whole; anything else is the file's own fault.
_HINDRANCES = frozenset(
    {
        sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sought:
    """A search: an expression of `parse_words`, and its bounds."""

    words: str
    since: datetime | None = None
    wire_id: str | None = None
    most: int = 20


def index_file(home: Path) -> Path:
    """Where the index of a home is."""
    return home / "lake" / "search.sqlite"


def remove_index(home: Path) -> None:
    """Remove the index with the words in it; it is made anew by whoever needs it."""
    for end in _BESIDE:
        index_file(home).with_name(f"search.sqlite{end}").unlink(missing_ok=True)


def update_index(home: Path, lake: Any) -> None:
    """Bring the file up to date with the lake, an open connection. Raises DatelineError where it cannot be written."""
    try:
        _use_file(home, lake, None)
    except (sqlite3.Error, OSError) as error:
        raise DatelineError(
            f"The search index {index_file(home)} cannot be brought up to date ({error}); the lake is whole, and a "
            "search does without. See that the folder can be written and the disk has room, or remove the file."
        ) from error


def bring_index(settings: Settings, address: LakeAddress) -> Path:
    """The file, up to date with the lake. Raises LakeMissing, and DatelineError where it cannot be written."""
    with closing(connect_reader(address, settings.home_source)) as lake:
        update_index(settings.home, lake)
    return index_file(settings.home)


def find_stories(home: Path, lake: Any, sought: Sought) -> list[dict[str, Any]]:
    """The stories that hold the words, the best first: day, article_id, score and snippet, whatever the file is."""
    with suppress(sqlite3.Error, OSError):
        return _use_file(home, lake, sought)
    with suppress(sqlite3.Error), closing(_copy_to_memory(index_file(home))) as index:
        _bring_forward(index, lake)
        return _find(index, sought)
    with closing(sqlite3.connect(":memory:")) as index:
        _bring_forward(index, lake)
        return _find(index, sought)


def _use_file(home: Path, lake: Any, sought: Sought | None) -> list[dict[str, Any]]:
    """Bring the file up to date and ask it; a damaged one, even where only the question comes by, is made anew."""
    try:
        return _update_and_ask(index_file(home), lake, sought)
    except sqlite3.Error as error:
        if _is_hindrance(error):
            raise
        remove_index(home)
        return _update_and_ask(index_file(home), lake, sought)


def _update_and_ask(path: Path, lake: Any, sought: Sought | None) -> list[dict[str, Any]]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, timeout=WAIT_S, isolation_level=None)) as index:
        _bring_forward(index, lake)
        return _find(index, sought) if sought else []


def _is_hindrance(error: sqlite3.Error) -> bool:
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF in _HINDRANCES


def _copy_to_memory(path: Path) -> sqlite3.Connection:
    """A copy of a file that cannot be written; an empty one where it cannot even be read."""
    index = sqlite3.connect(":memory:")
    only_read = f"{path.as_uri()}?mode=ro"
    with suppress(sqlite3.Error), closing(sqlite3.connect(only_read, WAIT_S, isolation_level=None, uri=True)) as source:
        source.execute("begin")
        source.execute("select count(*) from days")  # or `backup` would wait for ever where another holds the file
        source.backup(index)
    return index


def _find(index: sqlite3.Connection, sought: Sought) -> list[dict[str, Any]]:
    since = sought.since.timestamp() if sought.since else None
    asked = {"words": sought.words, "since": since, "wire": sought.wire_id, "most": sought.most}
    names = ("day", "article_id", "score", "snippet")
    return [dict(zip(names, row, strict=True)) for row in index.execute(_FIND, asked)]


def _bring_forward(index: sqlite3.Connection, lake: Any) -> None:
    """Make the index say what the lake says; nothing is written where they agree."""
    index.isolation_level = None
    if _read_layout(index) != LAYOUT:
        with _transaction(index):
            _make_tables(index)
    # The marks are read first: what the lake takes in meanwhile is found now, and looked at once more the next time.
    marks = {str(row["day"]): str(row["mark"]) for row in fetch_rows(lake, query("select_search_marks"))}
    known = dict(index.execute("select day, mark from days"))
    for day in sorted(marks.keys() | known.keys()):
        if marks.get(day) != known.get(day):
            with _transaction(index):
                _settle_day(index, lake, day, marks.get(day))


def _read_layout(index: sqlite3.Connection) -> int:
    (layout,) = index.execute("pragma user_version").fetchone()
    return int(layout)


def _make_tables(index: sqlite3.Connection) -> None:
    if _read_layout(index) == LAYOUT:
        return  # another process made them while this one waited
    for table in ("words", "stories", "days"):
        index.execute(f"drop table if exists {table}")
    for statement in _TABLES.split(";\n"):
        index.execute(statement)
    index.execute(f"pragma user_version = {LAYOUT}")


def _settle_day(index: sqlite3.Connection, lake: Any, day: str, mark: str | None) -> None:
    """Add, replace and drop the articles of a day in which the two differ."""
    wanted = {row["article_id"]: row["version"] for row in fetch_rows(lake, query("select_search_keys"), {"day": day})}
    held = {
        article_id: (rowid, version)
        for rowid, article_id, version in index.execute(
            "select id, article_id, version from stories where day = ?", [day]
        )
    }
    gone = [rowid for article_id, (rowid, version) in held.items() if wanted.get(article_id) != version]
    for table, key in (("words", "rowid"), ("stories", "id")):
        index.executemany(f"delete from {table} where {key} = ?", [(rowid,) for rowid in gone])  # noqa: S608 - our own
    new = [one for one, version in wanted.items() if held.get(one, (0, None))[1] != version]
    for row in fetch_rows(lake, query("select_search_texts"), {"day": day, "ids": new}) if new else []:
        _add(index, day, row)
    index.execute("delete from days where day = ?", [day])
    if mark is not None:
        index.execute("insert into days values (?, ?)", [day, mark])


def _add(index: sqlite3.Connection, day: str, row: Mapping[str, Any]) -> None:
    kept = [day, row["article_id"], row["version"], row["wire_id"], row["told_at"].timestamp()]
    made = index.execute("insert into stories values (null, ?, ?, ?, ?, ?)", kept)
    index.execute(
        "insert into words (rowid, title, text) values (?, ?, ?)", [made.lastrowid, row["title"], row["text"]]
    )


@contextmanager
def _transaction(index: sqlite3.Connection) -> Iterator[None]:
    index.execute("begin immediate")
    try:
        yield
        index.execute("commit")
    except BaseException:
        with suppress(sqlite3.Error):
            index.execute("rollback")
        raise
