"""Phrases with a gap, `fire/v .. (at|on) {place}`: two halves with at most four words between them, no punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tasks.core.topics.patterns import GAP
from tasks.core.topics.spans import Spans

Span = tuple[int, int, int]  # start, end and whose it is

_LONGEST_GAP = 48  # characters
_GAP_WORDS = re.compile(r" (?:(?:[\w$%']|(?<=\d)[,.](?=\d))+ ){0,4}")  # `4,000` is one word


class PhraseParts:
    """Phrases taken apart at their gaps. Equal parts have one number, whatever phrases they belong to."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self.numbers: dict[str, int] = {}
        self._whole: dict[int, list[int]] = {}
        self._heads: dict[int, list[tuple[int, int]]] = {}
        self._tails: set[int] = set()
        for phrase, pattern in enumerate(phrases):
            head, gap, tail = pattern.partition(GAP)
            if gap:
                self._heads.setdefault(self._number(head), []).append((phrase, self._number(tail)))
                self._tails.add(self._number(tail))
            else:
                self._whole.setdefault(self._number(head), []).append(phrase)

    def find_useful(self, found: set[int]) -> set[int]:
        """The parts found, without halves of phrases whose other half is nowhere in the text."""
        useful = found & self._whole.keys()
        for head in found & self._heads.keys():
            tails = {tail for _, tail in self._heads[head] if tail in found}
            if tails:
                useful |= {head, *tails}
        return useful

    def join(self, plain: str, spans: Iterable[Span]) -> set[Span]:
        """Start, end and phrase: whole phrases, and heads with the nearest tail in reach, only words between."""
        joined: set[Span] = set()
        heads: list[Span] = []
        tails: dict[int, list[tuple[int, int]]] = {}
        for start, end, part in spans:
            for phrase in self._whole.get(part, ()):
                joined.add((start, end, phrase))
            if part in self._heads:
                heads.append((start, end, part))
            if part in self._tails:
                tails.setdefault(part, []).append((start, end))
        behind = {tail: Spans(places) for tail, places in tails.items()}
        for start, end, part in heads:
            for phrase, tail in self._heads[part]:
                places = behind[tail].near(end, end + _LONGEST_GAP + 1) if tail in behind else ()
                near = [to for at, to in places if _is_gap(plain, end, at)]
                if near:
                    joined.add((start, min(near), phrase))
        return joined

    def _number(self, part: str) -> int:
        return self.numbers.setdefault(part, len(self.numbers))


def _is_gap(plain: str, end: int, start: int) -> bool:
    """Whether at most four words and no punctuation stand between two offsets."""
    return 0 < start - end <= _LONGEST_GAP and _GAP_WORDS.fullmatch(plain, end, start) is not None
