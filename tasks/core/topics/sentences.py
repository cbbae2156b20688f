"""What stands together in one sentence: whether a phrase has the contexts and the names that it needs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from tasks.core.topics.folded_text import FoldedText, sentence_starts
from tasks.core.topics.matcher import Match, NameMatch
from tasks.core.topics.patterns import ORGANISATION, WARRING_INSIDE

Need = int | str  # the number of a context's phrase, or a built-in context


class Sentences:
    """The sentences of a text with the contexts and names in each."""

    def __init__(self, folded: FoldedText, contexts: Iterable[Match], names: Iterable[NameMatch]) -> None:
        self._starts = sentence_starts(folded)
        self._contexts: dict[tuple[int, int], list[Match]] = {}
        self._names: dict[int, list[NameMatch]] = {}
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
                names: Sequence[NameMatch] = self._names.get(number, ())
                if need == WARRING_INSIDE:
                    names = [name for name in names if match.at <= name.at < match.to]
                if not _is_met(need, names, at_war):
                    return False
            elif all(_overlap(match, other) for other in self._contexts.get((number, need), ())):
                return False
        return True

    def _number(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1


def _is_met(need: str, names: Sequence[NameMatch], at_war: frozenset[str]) -> bool:
    states = {each.name.value for each in names if each.name.kind != ORGANISATION}
    match need:
        case "country":
            return bool(states)
        case "countries":
            return len(states) >= 2
        case "parties":
            return len({each.name.value for each in names}) >= 2
        case _:
            return bool(states & at_war)


def _overlap(one: Match, other: Match) -> bool:
    return one.at < other.to and other.at < one.to
