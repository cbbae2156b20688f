"""Text as phrases see it: folded to one spelling, with an exact way back to the stored text.

What is folded: accents (`Goïta` is `Goita`), curly quotes, hyphens (`peace-talks` is `peace talks`), dotted
abbreviations (`U.N.` is `UN`), possessives (`Russia's envoy` is `Russia envoy`), runs of spaces and soft line breaks.
A dash, a paragraph break and all sentence punctuation stay in the way, so that no phrase runs across them; a dash
between two words without spaces (`Iran–Iraq`) is a hyphen.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

# One character for one character: these need no entry in the map back.
_QUOTES = {
    "\u2019": "'",
    "\u2018": "'",
    "\u02bc": "'",
    "\u00b4": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u201e": '"',
    "\u00ab": '"',
    "\u00bb": '"',
}
_SINGLE = {**_QUOTES, "\u00a0": " ", "\u2010": "-", "\u2011": "-", "\u2013": "-", "\u2014": ";", "\u0130": "I"}

# Begins with one set of characters, by which the search skips all others: three times as fast as alternatives alone.
# The set is [A-Z'\s] and all beyond ASCII, said as what it is not: said the other way, re takes 9 ms to compile it.
# What stands behind one of [A-Z' ] is asked next, since a word goes on behind most of them.
_UNEVEN = re.compile(
    r"[^\x00-\x08\x0e-\x1b!-&(-@\[-\x7f](?:(?=[.\s\-sS])|(?<=[^A-Z' ]))(?:"
    r"(?P<abbreviation>(?<=[A-Z])(?<!\w.)\.(?:[A-Z]\.)+)"
    r"|(?P<possessive>(?<=\w')[sS]\b|(?<=s')(?=\s))"
    r"|(?P<dash>(?<=\s)\s*-+\s+)"
    r"|(?P<space>(?<=\s)\s+|(?<=[\t\r\n\f\v]))"
    r"|(?P<letter>(?<=[^\x00-\x7f])))"
)

# A sentence ends at . ! ? with white space after it, or at a line break. Not after an initial or a title.
_STOP = re.compile(r"[.!?\n](?:(?<=\n)|[\"')\]]*\s+(?=[\"'(\[]?[A-ZА-Я0-9]))")
_NO_STOP = re.compile(
    r"(?:^|[\s\"'(])(?:[A-ZА-Я]|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Maj|Capt|Gov|Sen|Rep|St|No|vs|Jr|Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.$"
)


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A source text folded: `cased` keeps capitals, `plain` is the same in lower case and of equal length.

    `cuts` are the offsets of the folded text from which on the source runs ahead by `shifts` characters. `ends` has
    the last characters of words that were cut short, and where each word ends in the source.
    """

    source: str
    cased: str
    plain: str
    cuts: tuple[int, ...]
    shifts: tuple[int, ...]
    ends: Mapping[int, int] = field(default_factory=dict)

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Where the folded characters [start, end) stand in the source; the span is not empty."""
        return self._back(start), self.ends.get(end - 1) or self._back(end - 1) + 1

    def _back(self, offset: int) -> int:
        return offset + self.shifts[bisect_right(self.cuts, offset) - 1]


def fold_text(source: str) -> FoldedText:
    """Fold a text; the work is done in bulk and only the uneven places are touched one by one."""
    text = source
    for char, plain in _SINGLE.items():
        if char in text:
            text = text.replace(char, plain)
    pieces: list[str] = []
    cuts, shifts = [0], [0]
    done = length = 0
    for match in _UNEVEN.finditer(text):
        start, end = match.span()
        instead = _replace(match, text)
        length += start - done + len(instead)
        pieces += (text[done:start], instead)
        if len(instead) > 1 and end - start == 1:  # all of `1/2` stands for its one character
            inside = range(length - len(instead) + 1, length - 1)
            cuts += inside
            shifts += [start - offset for offset in inside]
        if len(instead) != end - start:
            # The last character of what stands instead is the last of what it stands for: `US` covers all of `U.S.`.
            cuts.append(length - 1 if instead else length)
            shifts.append(end - length)
        done = end
    pieces.append(text[done:])
    cased = "".join(pieces).replace("-", " ")
    return FoldedText(source, cased, cased.lower(), tuple(cuts), tuple(shifts))


def fold_words(source: str) -> str:
    """The folded text of a few words, with their capitals; `fold_text` without the way back."""
    # Most words of the catalog are plain letters, which folding leaves as they are.
    if source.isascii() and "  " not in source and source.replace(" ", "").isalpha():
        return source
    return fold_text(source).cased


def sentence_starts(folded: FoldedText) -> list[int]:
    """Offsets of the folded text at which its sentences begin, the first being 0."""
    text = folded.cased
    return [0, *(match.end() for match in _STOP.finditer(text) if not _is_abbreviation(text, match.start()))]


def _is_abbreviation(text: str, at: int) -> bool:
    """Whether what stands at an offset is the full stop of a title, a month or an initial."""
    return text[at] == "." and _NO_STOP.search(text, max(0, at - 8), at + 1) is not None


def _replace(match: re.Match[str], text: str) -> str:
    found = match.group()
    match match.lastgroup:
        case "abbreviation":
            return found.replace(".", "")
        case "possessive":
            return ""
        case "dash":
            return " ; "
        case "space":
            return _join_lines(found, text, match.end())
        case _:
            return _fold_letter(found)


def _join_lines(space: str, text: str, after: int) -> str:
    """One space, or a line break where a paragraph ends: a line goes on only if the next begins in lower case."""
    breaks = space.count("\n")
    goes_on = breaks == 1 and after < len(text) and text[after].islower()
    return "\n" if breaks and not goes_on else " "


@lru_cache(maxsize=4096)
def _fold_letter(char: str) -> str:
    """The letter without its accents; marks and invisible characters vanish. `й` is a letter of its own, no `и`."""
    if char in "йЙ":
        return char
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"  # half a character, which JSON may hold and no search can
    kept = "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))
    if not kept or unicodedata.category(char) == "Cf":
        return ""
    if kept.isspace():
        return " "
    return kept if len(kept.lower()) == len(kept) else kept[0]
