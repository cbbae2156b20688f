"""A sentence as a scene: every person, state, organisation, place and day becomes one character.

Patterns over a scene stay short: `LEADER and LEADER met in PLACE on DAY`. Each such character stands for an entity
with its offsets in the text, its countries and its level. Roles, demonyms and names that belong together ("Russian
President Vladimir Putin", "the leaders of Russia and the US", "his Turkish counterpart") are joined into one entity.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tasks.core.meetings.entities import ANY, Entity
from tasks.core.meetings.joins import JOINS, Join

_ENTITY = re.compile(ANY)


class Scene:
    """One sentence in code: `code` is the text with a character for each entity, `entities` stand in its order."""

    __slots__ = ("_at", "code", "end", "entities", "pair", "person", "start", "text")

    def __init__(
        self,
        text: str,
        start: int,
        end: int,
        entities: Iterable[Entity],
        person: Entity | None = None,
        pair: Sequence[Entity] = (),
    ) -> None:
        """`person` is whom "he" or "she" at the head of the sentence means: of whom the sentence before tells;
        `pair` are the two of different countries of whom it tells, whom "their talks" may mean."""
        self.person = person
        self.pair = pair
        self.text = text
        self.start = start
        self.end = end
        self.entities = sorted(entities, key=lambda entity: entity.start)
        pieces: list[str] = []
        done = start
        for entity in self.entities:
            pieces += (text[done : entity.start], entity.kind)
            done = entity.end
        pieces.append(text[done:end])
        self.code = "".join(pieces)
        self._index()
        for pattern, join in JOINS:
            self._reduce(pattern, join)

    def between(self, low: int, high: int) -> list[Entity]:
        """The entities whose character stands at low <= index < high."""
        return self.entities[bisect_left(self._at, low) : bisect_left(self._at, high)]

    def at(self, index: int) -> Entity:
        """The entity whose character stands at this index."""
        return self.entities[bisect_left(self._at, index)]

    def positions(self, kinds: str) -> list[int]:
        """The indexes of all characters of these kinds."""
        return [index for index in self._at if self.code[index] in kinds]

    def source(self, index: int) -> int:
        """The offset in the text of an index of the code."""
        before = bisect_left(self._at, index)
        if before == 0:
            return self.start + index
        return self.entities[before - 1].end + index - self._at[before - 1] - 1

    def words(self, low: int, high: int) -> str:
        """The text behind a stretch of the code."""
        return self.text[self.source(max(low, 0)) : self.source(min(high, len(self.code)))]

    def _index(self) -> None:
        self._at = [match.start() for match in _ENTITY.finditer(self.code)]

    def _reduce(self, pattern: re.Pattern[str], join: Join) -> None:
        """Join entities wherever the pattern matches, until it matches no more."""
        position = 0
        while match := pattern.search(self.code, position):
            members = self.between(match.start(), match.end())
            earlier = self.between(0, match.start())
            whole = join(members, [self.text[each.start : each.end] for each in members], match, earlier)
            if whole is None:
                position = match.start() + 1
                continue
            whole = replace(whole, start=self.source(match.start()), end=self.source(match.end()))
            first = bisect_left(self._at, match.start())
            self.entities[first : first + len(members)] = [whole]
            self.code = self.code[: match.start()] + whole.kind + self.code[match.end() :]
            self._index()
            position = match.start() + 1
