"""The alternatives of a pattern in one branch a first letter.

At each place of a text `re` tries the alternatives of a pattern in turn, and passes over those that begin with another
character than stands there. So 200 verbs side by side took a tenth of a whole reading. Where case does not count, or a
group begins, it sees no character: then each of a hundred phrases is tried at each word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

_PIECE = re.compile(r"\\.|\[(?:[^\]\\]|\\.)*\]|.", re.S)
_BEGINS = re.compile(r"[A-Za-z](?![?*+{])")
# What else `re` takes for these letters where case does not count.
_ODD_FORMS = {"i": "\u0130\u0131", "k": "\u212a", "s": "\u017f"}


def join_branches(patterns: Iterable[str]) -> str:
    """A pattern that matches what these match, tried in their order; each begins with a plain character."""
    groups = groupby(sorted(dict.fromkeys(patterns), key=_first), key=_first)
    return "|".join(f"{first}(?:{'|'.join(each[1:] for each in group)})" for first, group in groups)


def join_any_case(patterns: Iterable[str]) -> str:
    """A pattern that matches what these match in any case, tried in their order; some begin with a plain letter."""
    runs = groupby(patterns, key=lambda pattern: _BEGINS.match(pattern) is not None)
    return f"(?:{'|'.join(_join_letters(run) if is_plain else _join_others(run) for is_plain, run in runs)})"


def split_branches(pattern: str) -> list[str]:
    """The alternatives of a pattern, as they are parted by `|` outside its brackets."""
    parts, depth = [""], 0
    for piece in _PIECE.findall(pattern):
        depth += (piece == "(") - (piece == ")")
        if piece == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def _join_letters(patterns: Iterable[str]) -> str:
    groups = groupby(sorted(patterns, key=_first_small), key=_first_small)
    return "|".join(f"{_any_case(first)}(?i:{'|'.join(each[1:] for each in group)})" for first, group in groups)


def _join_others(patterns: Iterable[str]) -> str:
    return f"(?i:{'|'.join(patterns)})"


def _first(pattern: str) -> str:
    return pattern[0]


def _first_small(pattern: str) -> str:
    return pattern[0].lower()


def _any_case(letter: str) -> str:
    return f"(?-i:[{letter}{letter.upper()}{_ODD_FORMS.get(letter, '')}])"
