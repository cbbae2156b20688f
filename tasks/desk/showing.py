"""How commands show things: tables on a terminal, plain columns in a pipe, JSON for machines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

Row = Sequence[str]

WHOLE_WIDTH = 16  # characters of `2025-12-11 14:30`, the longest cell that is worth less when broken


def is_terminal() -> bool:
    """True where a person reads the output, not a program or a file."""
    return sys.stdout.isatty()


def say(*lines: str) -> None:
    """Lines for people, on stdout."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def note(line: str) -> None:
    """A remark beside the output, on stderr, so that what is piped stays clean."""
    sys.stdout.flush()
    sys.stderr.write(f"{line}\n")


def print_json(value: Any) -> None:
    """A value as indented JSON, characters as they are."""
    say(json.dumps(json_value(value), ensure_ascii=False, indent=2))


def json_value(value: Any) -> Any:
    """A value of the lake as JSON holds it: days and times in ISO 8601, what JSON does not know in words."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if value - value == 0 else None  # JSON has no NaN and no infinity
    if isinstance(value, Mapping):
        return {str(key): json_value(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set):
        return [json_value(part) for part in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else str(value)


def print_table(
    columns: Sequence[str], rows: Iterable[Row], *, title: str | None = None, with_pager: bool = False
) -> None:
    """Rows as a table: drawn to the terminal's width, or as aligned plain columns where nobody looks.

    A table that is longer than the terminal is shown by $PAGER (else less), if that is wanted.
    """
    listed = [[one_line(cell) for cell in row] for row in rows]
    if title:
        say(title)
    if is_terminal():
        _draw(columns, listed, with_pager=with_pager)
    else:
        say(*align_columns(columns, listed))


def align_columns(columns: Sequence[str], rows: Sequence[Row]) -> list[str]:
    """Plain lines, the columns two blanks apart, nothing cut."""
    widths = [max(map(len, cells)) for cells in zip(columns, *rows, strict=True)]
    lines = [columns, ["-" * width for width in widths], *rows]
    return ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]


def _draw(columns: Sequence[str], rows: Sequence[Row], *, with_pager: bool) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column, is_whole in zip(columns, keep_whole(columns, rows, console.width), strict=True):
        table.add_column(Text(column), overflow="fold", no_wrap=is_whole)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))  # as Text: brackets in a headline are no markup
    is_long = with_pager and sys.stdin.isatty() and len(rows) + 3 > console.height
    with console.pager() if is_long else nullcontext():
        console.print(table)


def keep_whole(columns: Sequence[str], rows: Sequence[Row], terminal: int) -> list[bool]:
    """Which columns are never broken over lines: times, ids and numbers, as long as half the terminal is left."""
    widths = [max(map(len, cells)) for cells in zip(columns, *rows, strict=True)]
    kept = [width <= WHOLE_WIDTH for width in widths]
    taken = sum(width + 2 for width, is_whole in zip(widths, kept, strict=True) if is_whole)
    return kept if taken <= terminal // 2 else [False] * len(kept)


def one_line(cell: str) -> str:
    """A cell without line breaks and without characters that would steer the terminal."""
    return "".join(character if character.isprintable() else " " for character in cell)


def show_time(moment: datetime | None, zone: tzinfo) -> str:
    """A time for people: `2025-12-11 14:30`, in their zone."""
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" if moment else ""


def describe_age(age: timedelta) -> str:
    """A span of time in its largest unit: `15 min`, `3 h`, `2 days`."""
    minutes = max(int(age.total_seconds() // 60), 0)
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // 1440} days"


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: `1 feed`, `2,046 entries`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
