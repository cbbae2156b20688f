"""What is to be said of a topic and a story: its verdict, the phrases that nearly counted, what other subjects took."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tasks.core.model import Confidence, Evidence

MissKind = Literal["company", "mask", "name", "counted"]
Change = Literal["no other subject", "a party", "two parties", "a state at war", "a strong phrase"]


@dataclass(frozen=True, slots=True)
class Miss:
    """A phrase whose words are there and that counts nothing. `proof.weight` is what it would have weighed.

    company: the sentence `lacks` contexts, as written in the catalog (`@country`). mask, name: longer words `by` took
    it, by a rule of the catalog or as a person's name. counted: its words count already, for another rule or twice.
    """

    topic: str
    proof: Evidence
    kind: MissKind
    lacks: tuple[str, ...] = ()
    by: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """A phrase of a subject that is not ours. `proof.weight` is what it takes from every class."""

    domain: str
    proof: Evidence


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The score that a class would have had with these things changed, of which every one was needed."""

    changes: tuple[Change, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """A topic and a story. `confidence` is None where nothing is kept of it, low where it is no tag.

    `score` is what it came to, `taken` what other subjects took from it, `waits_for` the class without which it cannot
    stand, `what_ifs` what would have let a class stand.
    """

    topic: str
    score: float
    threshold: float
    confidence: Confidence | None
    evidence: tuple[Evidence, ...]
    misses: tuple[Miss, ...]
    taken: float = 0.0
    waits_for: str | None = None
    what_ifs: tuple[WhatIf, ...] = ()

    @property
    def is_standing(self) -> bool:
        """True for a tag."""
        return self.confidence in ("high", "medium")


@dataclass(frozen=True, slots=True)
class Explanation:
    """A verdict for each topic in the order of the catalog, and what other subjects took."""

    verdicts: tuple[Verdict, ...]
    taken: tuple[Taken, ...]

    def find(self, topic: str) -> Verdict | None:
        """The verdict on a topic; None where the rules of this language have none of that name."""
        return next((verdict for verdict in self.verdicts if verdict.topic == topic), None)
