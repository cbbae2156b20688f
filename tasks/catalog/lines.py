"""Where words of the catalog stand, as a person finds them: file and line. TOML's parser tells no lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tasks.catalog.layers import Layers

_HEADER = re.compile(r"\s*\[\[\s*(\w+)\s*\]\]")
_ID = re.compile(r"""\s*id\s*=\s*["'](.*?)["']""")
_ENOUGH = 30  # characters by which a text is found whose rest is written otherwise than it reads


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file of the catalog, counted from 1."""

    path: Path
    number: int

    def __str__(self) -> str:
        here = Path.cwd()
        shown = self.path.relative_to(here) if self.path.is_relative_to(here) else self.path
        return f"{shown}:{self.number}"


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines of one `[[kind]]` table with its id; `first` is the number of its header."""

    kind: str
    ident: str
    first: int
    lines: tuple[str, ...]


def find_line(layers: Layers, pattern: str, entry: tuple[str, str], words: str) -> Line | None:
    """The line of an entry's words (kind and id in `entry`) in the files that match; the upper layer goes first.

    Where the words are not found as they read, it is the first line of the entry; None where there is no such entry.
    """
    headers: list[Line] = []
    for folder in reversed(layers.folders):
        for path in sorted(folder.glob(pattern)):
            for block in _split_blocks(path.read_text(encoding="utf-8", errors="replace")):
                if (block.kind, block.ident) != entry:
                    continue
                at = _find_words(block.lines, words)
                if at is not None:
                    return Line(path, block.first + at)
                headers.append(Line(path, block.first))
    return headers[0] if headers else None


def _split_blocks(text: str) -> Iterator[_Block]:
    lines = text.splitlines()
    starts = [(number, found[1]) for number, line in enumerate(lines) if (found := _HEADER.match(line))]
    ends = [number for number, _ in starts[1:]] + [len(lines)]
    for (start, kind), end in zip(starts, ends, strict=True):
        own = tuple(lines[start:end])
        ident = next((found[1] for line in own if (found := _ID.match(line))), "")
        yield _Block(kind, ident, start + 1, own)


def _find_words(lines: Sequence[str], words: str) -> int | None:
    spellings = (words, json.dumps(words, ensure_ascii=False)[1:-1], json.dumps(words)[1:-1], words[:_ENOUGH])
    for spelling in spellings:
        for number, line in enumerate(lines):
            if spelling in line:
                return number
    return None
