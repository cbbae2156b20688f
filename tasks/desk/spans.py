"""Spans of a text marked within it: `Talks [[opened in Oslo]] on Monday.`"""

from __future__ import annotations

from collections.abc import Iterable

Span = tuple[int, int]
OPEN, CLOSE = "[[", "]]"


def merge_spans(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that touch or overlap as one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def mark_spans(text: str, spans: Iterable[Span]) -> str:
    """The text with `[[` and `]]` around each span; the spans are merged already."""
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], OPEN, text[start:end], CLOSE]
        at = end
    return "".join(parts) + text[at:]
