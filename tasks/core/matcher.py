"""Finds all phrases in a text at once: overlapping matches, whole words only, spans of the stored text.

Two automata do the work. The first sees the folded text and finds plain phrases and names (countries, leaders ...);
the second sees the same text with each name folded to one character of its class, and finds the phrases with slots.
A word that is written wholly in capitals in a phrase must be in capitals in the text (WHO, IS, UN).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from tasks.core.topic_classes import SMALL_WORDS, ClassText
from tasks.core.topic_parts import PhraseParts, Span
from tasks.core.topic_patterns import NUMBER, expand_pattern
from tasks.core.topic_text import FoldedText, fold_text

_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")
_ANY_CAPITALS = re.compile(r"[A-Z]+")
_HAS_SLOT = re.compile("[\ue000-\ue00f]")
_NUMBER_WORDS = (
    "two three four five six seven eight nine ten eleven twelve dozen dozens hundred hundreds thousand thousands"
    " several scores"
)
_HIDDEN = -1  # the owner of a spelling that holds a name of something else; names have owners below it

Loud = tuple[tuple[int, int], ...]  # where a spelling is in capitals


@dataclass(frozen=True, slots=True)
class Name:
    """A spelling of something that slots accept: its class character, and what it stands for (such as RUS)."""

    spelling: str
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase in a text: its number in the list given, and where it stands in the folded text."""

    phrase: int
    at: int
    to: int


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name in a text; offsets as in `Match`."""

    name: Name
    at: int
    to: int


@dataclass(frozen=True, slots=True)
class Found:
    """All that one text holds, in the order of the text; `folded.source_span` leads back to the text as stored."""

    folded: FoldedText
    matches: tuple[Match, ...]
    names: tuple[NameMatch, ...]


class _Automaton:
    """Spellings with what each belongs to; finds whole words only, all overlaps included."""

    def __init__(self, spellings: Iterable[tuple[str, int]]) -> None:
        owners: dict[str, dict[tuple[int, Loud], None]] = {}
        for spelling, owner in spellings:
            plain = spelling.lower()
            # What hides a name must be written as it is: `Russia Today` hides Russia, `visits Russia today` does not.
            capitals = _ANY_CAPITALS if owner == _HIDDEN else _CAPITALS
            loud = () if plain == spelling else tuple(match.span() for match in capitals.finditer(spelling))
            owners.setdefault(plain, {})[(owner, loud)] = None
        self._owners = [tuple(each) for each in owners.values()]
        self._search = AhoCorasick(list(owners)) if owners else None

    def find(self, plain: str, cased: str) -> list[Span]:
        """Start, end and owner of every match; `cased` is the same text with its capitals."""
        found: list[Span] = []
        if self._search is None:
            return found
        padded = f"{plain} "  # so that the characters before the first and after the last are no letters
        for index, start, end in self._search.find_matches_as_indexes(plain, overlapping=True):
            if padded[start - 1].isalnum() or padded[end].isalnum():
                continue
            for owner, loud in self._owners[index]:
                if not loud or _is_loud(cased, start, loud):
                    found.append((start, end, owner))
        return found


class PhraseMatcher:
    """Phrases and names, compiled once; `find` may be called from several threads."""

    def __init__(self, phrases: Iterable[str], names: Iterable[Name] = (), not_names: Iterable[str] = ()) -> None:
        """`phrases` in the notation of topic_patterns; `not_names` are spellings that hold a name of something else."""
        self._names = (*names, *(Name(word, NUMBER, "") for word in _NUMBER_WORDS.split()))
        self._parts = PhraseParts(phrases)
        plain: list[tuple[str, int]] = []
        slotted: list[tuple[str, int]] = []
        words = set(SMALL_WORDS)
        for part, number in self._parts.numbers.items():
            forms = expand_pattern(part)
            if "{" not in part:
                plain += [(form, number) for form in forms]
                continue
            words.update(" ".join(forms).lower().split())
            for form in forms:
                (slotted if _HAS_SLOT.search(form) else plain).append((form, number))
        plain += [(fold_text(name.spelling).cased, _HIDDEN - 1 - index) for index, name in enumerate(self._names)]
        plain += [(fold_text(words).cased, _HIDDEN) for words in not_names]
        self._plain = _Automaton(plain)
        self._slotted = _Automaton(slotted)
        self._vocabulary = frozenset(words)

    def find(self, source: str) -> Found:
        """All phrases and names of the text."""
        folded = fold_text(source)
        raw = self._plain.find(folded.plain, folded.cased)
        spans = [span for span in raw if span[2] >= 0]
        names = self._choose_names(folded, [span for span in raw if span[2] < 0])
        classes = ClassText(folded.cased, [(each.at, each.to, each.name.kind) for each in names], self._vocabulary)
        slotted = self._slotted.find(classes.text.lower(), classes.text)
        useful = self._parts.find_useful({span[2] for span in (*spans, *slotted)})
        spans += [(*classes.span(start, end), part) for start, end, part in slotted if part in useful]
        joined = sorted(self._parts.join(folded.plain, [span for span in spans if span[2] in useful]))
        return Found(folded, tuple(Match(phrase, at, to) for at, to, phrase in joined), tuple(names))

    def _choose_names(self, folded: FoldedText, raw: Sequence[Span]) -> list[NameMatch]:
        """Names, the longest at each place, each written with a capital; numbers may be small."""
        names: list[NameMatch] = []
        done = 0
        for start, end, owner in sorted(raw, key=lambda span: (span[0], -span[1], -span[2])):
            if start < done:
                continue
            if owner == _HIDDEN:
                done = end
                continue
            name = self._names[_HIDDEN - 1 - owner]
            if folded.cased[start].isupper() or name.kind == NUMBER:
                done = end
                names.append(NameMatch(name, start, end))
        return names


def _is_loud(cased: str, start: int, loud: Loud) -> bool:
    """Whether the words that are capitals in a phrase are capitals in the text."""
    return all(cased[start + at : start + to].isupper() for at, to in loud)
