"""Hard-wrapped copy read as prose: a line end inside a paragraph is a space, so that no name or phrase is cut by one.

The flowed text has the length of the text, so that offsets are the same; the words of each span are then taken from
the text itself, as the wire sent them.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, TypeVar

from tasks.core.sentences import is_hard_wrapped

Value = TypeVar("Value")
_PLAIN = (str, int, float, date)  # these hold no span

# Characters of a text that are read: no story is longer, and a damaged page of 4 MB would hold up a pass for a minute.
MOST_READ = 500_000
_INNER_END = re.compile(r"(?<=\S)\n(?=[^\S\n]{0,3}\S)")


def take_prose(text: str) -> str:
    """What of a text is read: its first `MOST_READ` characters as prose; offsets are those of the text."""
    return flow_lines(text[:MOST_READ])


def flow_lines(text: str) -> str:
    """The text with line ends inside its paragraphs as spaces, where it is hard-wrapped; of the same length."""
    return _INNER_END.sub(" ", text) if is_hard_wrapped(text) else text


def restore_words(value: Value, text: str) -> Value:
    """A part of a reading with the `text` of all its spans as `text` has them; what is of the title stays."""
    if value is None or isinstance(value, _PLAIN):
        return value
    if isinstance(value, tuple):
        return tuple(restore_words(each, text) for each in value)  # type: ignore[return-value]
    if not is_dataclass(value) or isinstance(value, type):
        return value
    parts: dict[str, Any] = {each.name: getattr(value, each.name) for each in fields(value)}
    new: dict[str, Any] = {name: restore_words(part, text) for name, part in parts.items()}
    if {"text", "start", "end"} <= parts.keys() and parts.get("field", "text") == "text":
        new["text"] = text[parts["start"] : parts["end"]]
    return type(value)(**new)
