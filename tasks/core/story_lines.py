"""Stories as people hand them in: one JSON object a line, `{url?, title?, text, published_at?, wire?, lang?}`.

Keys that are not listed here are left alone, so that a file may carry more than is read. A line that cannot be used is
a `LineFault`: a value, since the lines after it are read all the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tasks.core.feed.dates import read_feed_date
from tasks.core.model import Story, Wire

_SHAPE = 'give one object a line, such as {"text": "...", "title": "...", "published_at": "2025-12-11T14:30:00Z"}'
_SURROGATE = re.compile("[\ud800-\udfff]")
_TEXTS = ("url", "title", "text", "published_at", "wire", "lang")


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A story with the number of its line, from 1. `wire_name` is what the line says, known to the catalog or not."""

    number: int
    url: str | None
    wire_name: str | None
    story: Story


@dataclass(frozen=True, slots=True)
class LineFault:
    """A line that cannot be used, and why, in one sentence with its mend."""

    number: int
    problem: str

    def __str__(self) -> str:
        return f"Line {self.number} {self.problem}"


class LineUnusable(Exception):
    """Why a line cannot be used; raised and caught inside this module only."""


def name_wires(wires: Iterable[Wire]) -> dict[str, Wire]:
    """Wires by all that people call them: id, name and mark in datelines, in lower case. An id goes before a name."""
    named: dict[str, Wire] = {}
    listed = tuple(wires)
    for wire in listed:
        for name in (wire.name, wire.agency):
            if name:
                named.setdefault(name.casefold(), wire)
    return named | {wire.wire_id.casefold(): wire for wire in listed}


def read_line(number: int, line: bytes, wires: Mapping[str, Wire]) -> StoryLine | LineFault:
    """One line as a story. `wires` comes from `name_wires`; a wire that is not among them is kept as a name."""
    try:
        return _read_fields(number, _read_object(line), wires)
    except LineUnusable as reason:
        return LineFault(number, str(reason))


def _read_object(line: bytes) -> dict[str, Any]:
    try:
        text = line.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise LineUnusable(f"is not UTF-8 (byte {error.start + 1}); save the file as UTF-8.") from None
    if not text:
        raise LineUnusable(f"is empty; {_SHAPE}.")
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise LineUnusable(f"is not JSON ({error.msg} at character {error.pos + 1}); {_SHAPE}.") from None
    except (ValueError, RecursionError):
        raise LineUnusable(f"is JSON too deep, or with a number too long, to be read; {_SHAPE}.") from None
    if not isinstance(found, dict):
        raise LineUnusable(f"is JSON, but no object; {_SHAPE}.")
    return found


def _read_fields(number: int, fields: dict[str, Any], wires: Mapping[str, Wire]) -> StoryLine:
    given = {name: _text_of(fields, name) for name in _TEXTS}
    text = given["text"]
    if text is None or not text.strip():
        raise LineUnusable('has no "text"; give the story\'s text, the other keys may be left out.')
    wire = wires.get(given["wire"].strip().casefold()) if given["wire"] else None
    published_at = read_feed_date(given["published_at"], wire.zone if wire else "UTC")
    if given["published_at"] and published_at is None:
        raise LineUnusable(
            f'has a "published_at" that cannot be read ({given["published_at"][:40]!r}); '
            "write it as 2025-12-11T14:30:00Z, or leave it out."
        )
    story = Story(text, given["title"], published_at, _language_of(given["lang"]), wire)
    return StoryLine(number, given["url"] or None, given["wire"] or None, story)


def _text_of(fields: Mapping[str, Any], name: str) -> str | None:
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise LineUnusable(f'has a "{name}" that is no text ({type(value).__name__}); put it in quotes.')
    if _SURROGATE.search(value):
        raise LineUnusable(f'has half a character (a lone surrogate) in "{name}"; write it as UTF-8.')
    return value


def _language_of(tag: str | None) -> str | None:
    """`en` of `en-GB` or `EN_us`; the text itself decides where it can."""
    primary = re.split(r"[-_]", (tag or "").strip().lower())[0]
    return primary or None
