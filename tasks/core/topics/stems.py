"""Words cut to their stems, for languages that inflect by endings: one spelling in the rules stands for all cases.

`переговоры`, `переговорах` and `переговорами` are all `переговор`. Rules and texts go through the same cut, so that it
need not be right in the eyes of a grammar, only the same. Spans always cover the whole word of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from tasks.core.topics.folded_text import FoldedText, fold_text

_LEAST_STEM = 3  # letters: `мира` is `мир`, `бои` stays
# Endings of nouns, adjectives and of verbs in the past; one is cut, the longest that leaves a stem.
_ENDINGS = (
    "иями ией ием иям иях ями ами ого его ому ему ыми ими ях ах ов ев ий ей ой ый ам ям ом ем им ым ых их ую юю ая яя"
    " ое ее ые ие ию ия ии ью ья ье а я о е и ы у ю ь й"
)
_WORD = re.compile(r"[А-Яа-яЁё]{4,}")
_ENDING = re.compile(rf"(?<=.{{{_LEAST_STEM}}})(?:{'|'.join(sorted(_ENDINGS.split(), key=len, reverse=True))})$")

Stem = Callable[[str], str]


def stem_russian(words: str) -> str:
    """Russian words without their endings; other words stay."""
    return _WORD.sub(lambda found: _cut(found.group()), words)


STEMS: dict[str, Stem] = {"ru": stem_russian}


def fold_stems(source: str, stem: Stem) -> FoldedText:
    """A folded text whose words are cut to stems, with the way back to the whole words of the source."""
    folded = fold_text(source)
    pieces: list[str] = []
    starts, removed = [0], [0]
    ends: dict[int, int] = {}
    done = length = 0
    for match in _WORD.finditer(folded.cased):
        start, end = match.span()
        kept = len(stem(match.group()))
        if kept == end - start:
            continue
        length += start + kept - done
        pieces.append(folded.cased[done : start + kept])
        ends[length - 1] = folded.source_span(start, end)[1]
        starts.append(length)
        removed.append(removed[-1] + end - start - kept)
        done = end
    pieces.append(folded.cased[done:])
    cased = "".join(pieces)
    cuts = sorted({*starts, *_carry(folded.cuts, starts, removed)})
    shifts = tuple(_shift(at, folded, starts, removed) for at in cuts)
    return replace(folded, cased=cased, plain=cased.lower(), cuts=tuple(cuts), shifts=shifts, ends=ends)


def _cut(word: str) -> str:
    return word[: len(_ENDING.sub("", word.lower()))]


def _carry(cuts: Sequence[int], starts: Sequence[int], removed: Sequence[int]) -> Iterator[int]:
    """Offsets of the folded text as offsets of the stems; one within an ending is where the next word begins."""
    begins = [start + gone for start, gone in zip(starts, removed, strict=True)]
    for cut in cuts:
        index = bisect_right(begins, cut) - 1
        at = cut - removed[index]
        yield min(at, starts[index + 1]) if index + 1 < len(starts) else at


def _shift(at: int, folded: FoldedText, starts: Sequence[int], removed: Sequence[int]) -> int:
    """How far the source runs ahead of the stems at an offset."""
    before = at + removed[bisect_right(starts, at) - 1]
    return folded.source_span(before, before + 1)[0] - at
