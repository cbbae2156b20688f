"""The SQL files: one relation or statement each, with their words for people.

The first line of a file says what one row is; a comment behind a column, or behind a macro's parameter, says what that
means. All of it goes into the database, so that the files are the one source of the data dictionary.
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
_PARAMETER = re.compile(r"^ {4}(?P<name>\w+)(?P<default> := '')?,?\s+-- (?P<meaning>.+)$", re.MULTILINE)
_MACRO = re.compile(r"create or replace macro \w+\(\n(?P<parameters>.*?)\n\) as", re.DOTALL)


@dataclass(frozen=True, slots=True)
class SqlFile:
    """One file of `sql/`: its relation, macro or statement, its grain, and the meaning of its columns in order.

    A macro has parameters too, each as it is written in a call (`since := null` where it may be left out), with its
    meaning.
    """

    name: str
    text: str
    grain: str
    columns: tuple[tuple[str, str], ...]
    parameters: tuple[tuple[str, str], ...] = ()

    @property
    def call(self) -> str:
        """How a macro is called: `mentions_of(person, since := null)`."""
        return f"{self.name}({', '.join(parameter for parameter, _ in self.parameters)})"


@cache
def read_sql(path: str) -> SqlFile:
    """The file at a path below `sql/`, such as `views/articles.sql`."""
    text = (SQL / path).read_text(encoding="utf-8")
    first, _, rest = text.partition("\n")
    parameters: tuple[tuple[str, str], ...] = ()
    if macro := _MACRO.search(rest):
        rest = rest[macro.end() :]
        listed = _PARAMETER.finditer(macro["parameters"])
        parameters = tuple((each["name"] + (each["default"] or ""), each["meaning"].strip()) for each in listed)
    found = (_COLUMN.match(line) for line in rest.splitlines())
    columns = tuple((match["name"], match["meaning"].strip()) for match in found if match)
    return SqlFile(Path(path).stem, text, first.removeprefix("--").strip(), columns, parameters)


def query(name: str) -> str:
    """The statement `sql/queries/<name>.sql`."""
    return read_sql(f"queries/{name}.sql").text


def list_sql(folder: str) -> tuple[SqlFile, ...]:
    """All files of a folder below `sql/`, by name."""
    return tuple(read_sql(f"{folder}/{path.name}") for path in sorted((SQL / folder).glob("*.sql")))


def literal(words: str) -> str:
    """Words as a literal of SQL."""
    return "'" + words.replace("'", "''") + "'"
