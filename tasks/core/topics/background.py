"""Where the background of a story begins: the section at its end that tells again what was known before."""

from __future__ import annotations

from collections.abc import Iterable

from tasks.core.topics.folded_text import FoldedText
from tasks.core.topics.matcher import Match

BACKGROUND = "background"  # the suppressor whose phrases open the section; they take nothing themselves
_CLOSES = ":.;\n"  # what may follow a heading; a dash is folded to a semicolon
_MARKS = 8  # characters: so many marks and spaces may stand around a heading


def find_background(folded: FoldedText, headings: Iterable[Match]) -> int | None:
    """The folded offset of the first heading that stands at the head of a paragraph, alone or before its own mark.

    `Background` on a line of its own and `Background: the two ...` are one, `Background checks are ...` is none.
    """
    text = folded.plain
    heads = (match.at for match in headings if _is_head(text, match.at) and _is_closed(text, match.to))
    return min(heads, default=None)


def _is_head(text: str, at: int) -> bool:
    return text[max(0, at - _MARKS) : at].rstrip(' "([*-')[-1:] in ("", "\n")


def _is_closed(text: str, to: int) -> bool:
    return text[to : to + _MARKS].lstrip(' ")]*')[:1] in ("", *_CLOSES)
