"""What stands together in one sentence: whether a phrase has the contexts and the names that it needs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from tasks.core.topics.folded_text import FoldedText, sentence_starts
from tasks.core.topics.matcher import Match, NameMatch
from tasks.core.topics.patterns import ORGANISATION, WARRING_INSIDE

Company = tuple[frozenset[str], frozenset[str]]  # the states that are named; these and the organisations
Need = int | str  # the number of a context's phrase, or a built-in context


class Sentences:
    """The sentences of a text with the contexts and names in each."""

    def __init__(self, folded: FoldedText, contexts: Iterable[Match], names: Iterable[NameMatch]) -> None:
        self._starts = sentence_starts(folded)
        self._contexts: dict[tuple[int, int], list[Match]] = {}
        self._names: dict[int, list[NameMatch]] = {}
        self._companies: dict[int, Company] = {}
        for match in contexts:
            self._contexts.setdefault((self._number(match.at), match.phrase), []).append(match)
        for name in names:
            if name.name.value:
                self._names.setdefault(self._number(name.at), []).append(name)

    def hold(self, match: Match, needs: Iterable[Need], at_war: frozenset[str]) -> bool:
        """Whether the sentence of a match holds all that its phrase needs, in words outside the match."""
        number = self._number(match.at)
        for need in needs:
            if isinstance(need, str):
                company = self._inside(number, match) if need == WARRING_INSIDE else self._whole(number)
                if not _is_met(need, company, at_war):
                    return False
            elif all(_overlap(match, other) for other in self._contexts.get((number, need), ())):
                return False
        return True

    def _whole(self, number: int) -> Company:
        """Whom a sentence names; told once, since a table may be one sentence of thousands of names."""
        if number not in self._companies:
            self._companies[number] = _list_company(self._names.get(number, ()))
        return self._companies[number]

    def _inside(self, number: int, match: Match) -> Company:
        names = self._names.get(number, [])
        low, high = bisect_left(names, match.at, key=_at), bisect_left(names, match.to, key=_at)
        return _list_company(names[low:high])

    def _number(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1


def _at(name: NameMatch) -> int:
    return name.at


def _list_company(names: Sequence[NameMatch]) -> Company:
    states = frozenset(each.name.value for each in names if each.name.kind != ORGANISATION)
    return states, frozenset(each.name.value for each in names)


def _is_met(need: str, company: Company, at_war: frozenset[str]) -> bool:
    states, parties = company
    match need:
        case "country":
            return bool(states)
        case "countries":
            return len(states) >= 2
        case "parties":
            return len(parties) >= 2
        case _:
            return bool(states & at_war)


def _overlap(one: Match, other: Match) -> bool:
    return one.at < other.to and other.at < one.to
