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

from tasks.core.topics.classes import SMALL_WORDS, ClassText
from tasks.core.topics.folded_text import FoldedText, fold_text, fold_words
from tasks.core.topics.parts import PhraseParts, Span
from tasks.core.topics.patterns import ANY_NAME, NUMBER, SIGNS, expand_pattern, list_runs, list_words
from tasks.core.topics.stems import Stem, fold_stems

_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")
_ANY_CAPITALS = re.compile(r"[A-Z]+")
_SIGNS_TO_ANY = {ord(sign): ANY_NAME for sign in SIGNS}
_NUMBER_WORDS = (
    "two three four five six seven eight nine ten eleven twelve dozen dozens hundred hundreds thousand thousands"
    " several scores"
    " два две двое три трое четыре пять шесть семь восемь девять десять десятки сотни тысячи несколько"
)
FEW_TEXTS = 6  # titles and bodies of three stories; a dozen tables of single texts cost what the whole costs (measured)
_LONG_TEXT = 20_000  # characters: so many words allow so many spellings that the whole is as soon there
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


class Automaton:
    """Spellings with what each belongs to; finds whole words only, all overlaps included."""

    def __init__(self, spellings: Iterable[tuple[str, int]]) -> None:
        spelled: dict[str, _Spelling] = {}
        for spelling, owner in spellings:
            plain = spelling.lower()
            loud: Loud = ()
            if plain != spelling:
                # What hides a name must be written as it is: `Russia Today` hides Russia, `visits Russia today` not.
                capitals = _ANY_CAPITALS if owner == _HIDDEN else _CAPITALS
                loud = tuple(match.span() for match in capitals.finditer(spelling))
            classes: tuple[str, ...] = ()
            if not plain.isascii():
                classes = tuple(SIGNS[sign] for sign in spelling if sign in SIGNS)
                plain = plain.translate(_SIGNS_TO_ANY) if classes else plain
            known = spelled.get(plain)
            if known is None:
                at = tuple(at for at, char in enumerate(plain) if char == ANY_NAME) if classes else ()
                known = spelled[plain] = _Spelling(at)
            known.owners[owner, loud, classes] = None
        self._spelled = list(spelled.values())
        self._search = AhoCorasick(list(spelled)) if spelled else None

    def find(self, plain: str, cased: str) -> list[Span]:
        """Start, end and owner of every match; `cased` is the same text with its capitals and the classes of names."""
        found: list[Span] = []
        if self._search is None:
            return found
        padded = f"{plain} "  # so that the characters before the first and after the last are no letters
        for index, start, end in self._search.find_matches_as_indexes(plain, overlapping=True):
            if padded[start - 1].isalnum() or padded[end].isalnum():
                continue
            spelling = self._spelled[index]
            kinds = "".join([cased[start + at] for at in spelling.at]) if spelling.at else ""
            taken = spelling.taken.get(kinds)
            for owner, loud in spelling.take(kinds) if taken is None else taken:
                if not loud or _is_loud(cased, start, loud):
                    found.append((start, end, owner))
        return found


class _Spelling:
    """One spelling as the search sees it, with all phrases and names that are spelled so.

    `at` is where its slots are, `taken` which owners take names of which classes there, as far as it was asked.
    """

    __slots__ = ("at", "owners", "taken")

    def __init__(self, at: tuple[int, ...]) -> None:
        self.at = at
        self.owners: dict[tuple[int, Loud, tuple[str, ...]], None] = {}
        self.taken: dict[str, tuple[tuple[int, Loud], ...]] = {}

    def take(self, kinds: str) -> tuple[tuple[int, Loud], ...]:
        """The owners whose slots take these classes, one a slot, and where each must be in capitals."""
        taken = tuple(
            (owner, loud)
            for owner, loud, classes in self.owners
            if all(kind in each for kind, each in zip(kinds, classes, strict=True))
        )
        self.taken[kinds] = taken
        return taken


@dataclass(frozen=True, slots=True)
class _Tables:
    """The two automata, over all spellings or over those that the words of one text allow."""

    plain: Automaton
    slotted: Automaton


class PhraseMatcher:
    """Phrases and names; `find` may be called from several threads.

    To lay out every spelling takes most of a second, those that the words of one text allow some hundredths. So the
    first texts get tables of their own, and who comes with more gets the whole.
    """

    def __init__(
        self,
        phrases: Iterable[str],
        names: Iterable[Name] = (),
        not_names: Iterable[str] = (),
        few: int = FEW_TEXTS,
        stem: Stem | None = None,
    ) -> None:
        """`phrases` in the notation of topic_patterns; `not_names` are spellings that hold a name of something else.

        The first `few` texts get tables of their own, unless a `stem` cuts all words, of the rules and of the texts.
        """
        self._stem = stem
        self._names = (*names, *(Name(word, NUMBER, "") for word in _NUMBER_WORDS.split()))
        self._parts = PhraseParts(phrases)
        slotted = (part for part in self._parts.numbers if "{" in part)
        words = SMALL_WORDS.union(*map(list_words, slotted))
        self._vocabulary = frozenset(map(stem, words)) if stem else words
        own = ((self._fold_words(name.spelling), _HIDDEN - 1 - index) for index, name in enumerate(self._names))
        hidden = ((self._fold_words(words), _HIDDEN) for words in not_names)
        self._spelled = tuple((spelling, owner, list_runs(spelling.lower())) for spelling, owner in (*own, *hidden))
        self._left = 0 if stem else few
        self._whole: _Tables | None = None

    def find(self, source: str) -> Found:
        """All phrases and names of the text."""
        folded = fold_stems(source, self._stem) if self._stem else fold_text(source)
        tables = self._open_tables(folded.plain)
        raw = tables.plain.find(folded.plain, folded.cased)
        spans = [span for span in raw if span[2] >= 0]
        names = self._choose_names(folded, [span for span in raw if span[2] < 0])
        classes = ClassText(folded.cased, [(each.at, each.to, each.name.kind) for each in names], self._vocabulary)
        slotted = tables.slotted.find(classes.plain, classes.text)
        useful = self._parts.find_useful({span[2] for span in (*spans, *slotted)})
        spans += [(*classes.span(start, end), part) for start, end, part in slotted if part in useful]
        joined = sorted(self._parts.join(folded.plain, [span for span in spans if span[2] in useful]))
        return Found(folded, tuple(Match(phrase, at, to) for at, to, phrase in joined), tuple(names))

    def _fold_words(self, words: str) -> str:
        folded = fold_words(words)
        return self._stem(folded) if self._stem else folded

    def _open_tables(self, plain: str) -> _Tables:
        if self._whole is None and self._left > 0 and len(plain) <= _LONG_TEXT:
            self._left -= 1
            return self._lay_out(frozenset(list_runs(plain)))
        self._whole = self._whole or self._lay_out(None)
        return self._whole

    def _lay_out(self, known: frozenset[str] | None) -> _Tables:
        plain: list[tuple[str, int]] = []
        slotted: list[tuple[str, int]] = []
        for part, number in self._parts.numbers.items():
            forms = expand_pattern(part, known)
            if self._stem:
                forms = tuple(dict.fromkeys(map(self._stem, forms)))
            if "{" not in part:
                plain += [(form, number) for form in forms]
                continue
            for form in forms:
                (plain if SIGNS.keys().isdisjoint(form) else slotted).append((form, number))
        plain += [(words, owner) for words, owner, runs in self._spelled if known is None or known.issuperset(runs)]
        return _Tables(Automaton(plain), Automaton(slotted))

    def _choose_names(self, folded: FoldedText, raw: Sequence[Span]) -> list[NameMatch]:
        """Names, the longest at each place, each with a capital unless it is small by itself, as numbers are."""
        names: list[NameMatch] = []
        done = 0
        for start, end, owner in sorted(raw, key=lambda span: (span[0], -span[1], -span[2])):
            if start < done:
                continue
            if owner == _HIDDEN:
                done = end
                continue
            name = self._names[_HIDDEN - 1 - owner]
            if folded.cased[start].isupper() or name.spelling[0].islower():
                done = end
                names.append(NameMatch(name, start, end))
        return names


def _is_loud(cased: str, start: int, loud: Loud) -> bool:
    """Whether the words that are capitals in a phrase are capitals in the text."""
    return all(cased[start + at : start + to].isupper() for at, to in loud)
