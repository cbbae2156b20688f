"""The SQL files: one relation or statement each, with their words for people.

The first line of a file says what one row is; a comment behind a column says what the column means. Both go into the
database, so that the files are the one source of the data dictionary.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SQL = Path(__file__).parents[3] / "sql"

_COLUMN = re.compile(
    r"^\s+(?:add column |.*?\bas\s+)?(?:\w+\.)?(?P<name>\w+)(?P<type> [\w \[\]]+?)?[,;]?\s+-- (?P<meaning>.+)$"
)


@dataclass(frozen=True, slots=True)
class SqlFile:
    """One file of `sql/`: its relation or statement, its grain, and the meaning of its columns in order."""

    name: str
    text: str
    grain: str
    columns: tuple[tuple[str, str], ...]


@cache
def read_sql(path: str) -> SqlFile:
    """The file at a path below `sql/`, such as `views/articles.sql`."""
    text = (SQL / path).read_text(encoding="utf-8")
    first, _, rest = text.partition("\n")
    found = (_COLUMN.match(line) for line in rest.splitlines())
    columns = tuple((match["name"], match["meaning"].strip()) for match in found if match)
    return SqlFile(Path(path).stem, text, first.removeprefix("--").strip(), columns)


def query(name: str) -> str:
    """The statement `sql/queries/<name>.sql`."""
    return read_sql(f"queries/{name}.sql").text


def list_sql(folder: str) -> tuple[SqlFile, ...]:
    """All files of a folder below `sql/`, by name."""
    return tuple(read_sql(f"{folder}/{path.name}") for path in sorted((SQL / folder).glob("*.sql")))


def literal(words: str) -> str:
    """Words as a literal of SQL."""
    return "'" + words.replace("'", "''") + "'"
