"""Quotation marks: where the words between them begin and end.

Straight, curly and pointed marks are paired within a paragraph. A quotation that runs over paragraphs opens each of
them and closes once; each paragraph is a quotation of its own, and all but the last are `is_open`. Marks of inches,
apostrophes and single marks inside double ones are none; single marks count only in a text without any double ones.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from tasks.core.sentences import split_paragraphs

# Begins with one set of characters, by which the search skips all others.
_DOUBLE = re.compile(r"[\"“”„«»`'](?:(?<![`'])|(?<=`)`|(?<=')')")
_SINGLE = re.compile(r"(?<![\w.,?!])['‘](?=\w)|(?<=[.,?!])['’](?!\w)")
_OPENING = frozenset("“„«")
_BEFORE_OPENING = frozenset(" \u00a0([—–-/‘'…")
_MAX_CLOSED_LATE = 3000  # characters: a longer "quotation" is a mark that was never closed


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between marks: `start`/`end` without the marks, `outer_start`/`outer_end` with them.

    `is_open`: no mark closes it in its paragraph. `is_continued`: it goes on from the paragraph before.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    is_open: bool
    is_continued: bool


def find_quotations(text: str, start: int) -> tuple[Quotation, ...]:
    """The quotations of the text from `start` on, in order."""
    pattern = _DOUBLE if _DOUBLE.search(text, start) else _SINGLE
    marks = list(pattern.finditer(text, start))
    places = [mark.start() for mark in marks]
    found: list[Quotation] = []
    is_open = False
    for paragraph in split_paragraphs(text) if marks else ():
        inside = marks[bisect_left(places, paragraph.start) : bisect_left(places, paragraph.end)]
        if not inside:
            continue
        for quotation in _pair(text, max(paragraph.start, start), paragraph.end, inside, is_open):
            found.append(quotation)
            is_open = quotation.is_open
    return tuple(found)


def _pair(text: str, low: int, high: int, marks: list[re.Match[str]], was_open: bool) -> Iterator[Quotation]:
    opened: re.Match[str] | None = None
    is_continued = False
    for mark in marks:
        if opened is None:
            if _opens(text, mark, low):
                opened, is_continued = mark, was_open and mark.start() == low
        elif _reopens(text, mark):
            yield _make(text, opened, mark.start(), mark.start(), True, is_continued)
            opened, is_continued = mark, True
        else:
            yield _make(text, opened, mark.start(), mark.end(), False, is_continued)
            opened, was_open = None, False
    if opened is not None and opened.re is _DOUBLE and high - opened.end() < _MAX_CLOSED_LATE:
        yield _make(text, opened, high, high, True, is_continued)


def _opens(text: str, mark: re.Match[str], low: int) -> bool:
    """Whether a mark opens: after a space or a bracket, before a word; an opening sign always does."""
    if (
        mark.end() >= len(text)
        or mark[0] == "»"
        or (mark[0] == "”" and text[mark.start() - 1 : mark.start()].isalnum())
    ):
        return False
    if mark[0] in _OPENING:
        return True
    at_edge = mark.start() == low or text[mark.start() - 1] in _BEFORE_OPENING
    after_stop = text[mark.start() - 1] in ".,:;!?" and text[mark.end()].isalpha()
    return (at_edge or after_stop) and (
        not text[mark.end()].isspace() or text[mark.end() + 1 : mark.end() + 2].isalpha()
    )


def _reopens(text: str, mark: re.Match[str]) -> bool:
    """Whether a mark inside an open quotation opens the next one: copy that lost its line ends, or a closing mark."""
    before, after = text[mark.start() - 1], text[mark.end() : mark.end() + 1]
    return (mark[0] in "“«" or mark[0] == '"') and before.isspace() and after.isalpha() and _ends(text, mark.start())


def _ends(text: str, offset: int) -> bool:
    return text[max(0, offset - 4) : offset].rstrip()[-1:] in (".", "!", "?", "…")


def _make(text: str, opened: re.Match[str], end: int, outer_end: int, is_open: bool, is_continued: bool) -> Quotation:
    start = opened.end()
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Quotation(start, end, opened.start(), max(outer_end, end), is_open, is_continued)
