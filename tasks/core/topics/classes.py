"""A text with each name and number folded to one private character of its class, and the way back.

`Russian Foreign Minister Sergey Lavrov` becomes three words that a phrase with slots can spell: a nationality,
`Foreign Minister`, a leader. Capitalised words that no phrase knows are names of something, whatever it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from tasks.core.topics.patterns import ANY_NAME, LEADER, NAME, NUMBER

Kind = tuple[int, int, str]  # start, end and class of a name

_WORD_OR_NUMBER = re.compile(r"[A-ZА-Я\d](?:(?<=[A-ZА-Я])[\w']+|(?<=\d)(?:[\d,.]*\d)?)")
_PERSONS = LEADER + NAME
# Capitalised or not, these never name anybody; they are kept readable for slot phrases.
_SMALL = (
    "a an and are as at be between but by for from had has have he her his i in into is it its last met new no not of"
    " off on one or over said says she that the their then there these they this to today two up was we were when"
    " where which who will with without would after before during against amid more than monday tuesday wednesday"
    " thursday friday saturday sunday january february march april may june july august september october november"
    " december"
    " а без бы был была были было в во для до его ее если же за здесь и из или их к как когда ко между мы на над не но"
    " о об однако он она они от первый перед по под после при ранее с сегодня со также так там то того три у уже что"
    " эта эти это этот январ феврал март апрел июн июл август сентябр октябр ноябр декабр понедельник вторник среду"
    " четверг пятницу"
)
SMALL_WORDS = frozenset(_SMALL.split())


class ClassText:
    """The folded text with names and numbers as single characters.

    `text` keeps its capitals; `plain` is in lower case, with one and the same character for names of any class.
    """

    def __init__(self, cased: str, names: Sequence[Kind], vocabulary: frozenset[str]) -> None:
        """`names` in the order of the text; words of the `vocabulary` (in lower case) stay readable."""
        pieces: list[str] = []
        plain: list[str] = []
        self._at = [0]
        self._shift = [0]
        done = length = 0
        for start, end, kind in _join_runs(cased, sorted([*names, *_free_words(cased, names, vocabulary)])):
            length += start - done + 1
            between = cased[done:start]
            pieces += (between, kind)
            plain += (between, ANY_NAME)
            self._at.append(length)
            self._shift.append(end - length)
            done = end
        self.text = "".join((*pieces, cased[done:]))
        self.plain = "".join((*plain, cased[done:])).lower()
        self._ends = {at - 1: at + shift for at, shift in zip(self._at[1:], self._shift[1:], strict=True)}

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets of the folded text for offsets of the class text; a class character covers all of its name."""
        return self._back(start), self._ends.get(end - 1) or self._back(end - 1) + 1

    def _back(self, offset: int) -> int:
        return offset + self._shift[bisect_right(self._at, offset) - 1]


def _free_words(cased: str, names: Sequence[Kind], vocabulary: frozenset[str]) -> list[Kind]:
    """Numbers, and capitalised words that neither the catalog nor a phrase knows, outside the names."""
    free: list[Kind] = []
    index = 0
    for match in _WORD_OR_NUMBER.finditer(cased):
        start, end = match.span()
        while index < len(names) and names[index][1] <= start:
            index += 1
        if index < len(names) and names[index][0] < end:
            continue
        word = match.group()
        if word[0].isdigit():
            free.append((start, end, NUMBER))
        elif word.lower() not in vocabulary:
            free.append((start, end, NAME))
    return free


def _join_runs(cased: str, spans: Sequence[Kind]) -> list[Kind]:
    """Neighbouring capitalised words are one name (`Sergey Lavrov`), a leader's where one of them is a leader's."""
    joined: list[Kind] = []
    for start, end, kind in spans:
        if joined and kind in _PERSONS and start - joined[-1][1] == 1 and cased[start - 1] == " ":
            before, _, last = joined[-1]
            if last in _PERSONS:
                joined[-1] = (before, end, LEADER if LEADER in (kind, last) else NAME)
                continue
        joined.append((start, end, kind))
    return joined
