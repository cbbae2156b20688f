"""What the tagger makes of labelled cases, and how much of it is right."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from tasks.core.topics.tagger import TopicTagger
from tests.quality.cases import NEITHER, Case
from tests.rules_catalog import load_rules

Judged = tuple[Case, frozenset[str]]  # a case and the topics that stand


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a topic stood rightly, wrongly, and not although it should."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """Of those found, the share that is right; None where none was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """Of those there, the share that was found; None where there are none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)


@cache
def open_tagger(lang: str = "en") -> TopicTagger:
    """The tagger of one language with the built-in rules."""
    return TopicTagger(load_rules(), lang)


@cache
def list_topics(lang: str = "en") -> tuple[str, ...]:
    """The ids of the topics that have rules in a language, in the order of the catalog."""
    return tuple(rule.topic for rule in load_rules().topics if rule.lang == lang)


def find_topics(case: Case, lang: str = "en") -> frozenset[str]:
    """The topics that stand; what is of low confidence does not."""
    tags = open_tagger(lang).tag(case.title, case.text, lang=lang)
    return frozenset(tag.topic for tag in tags if tag.confidence != "low")


def judge(cases: Iterable[Case]) -> list[Judged]:
    """Each case with the topics that stand."""
    return [(case, find_topics(case)) for case in cases]


def is_right(case: Case, found: frozenset[str]) -> bool:
    """Whether a case with one label came out as labelled; a second class beside the right one is no error."""
    return not found if case.wanted == NEITHER else case.wanted in found


def share(judged: Iterable[Judged], is_hit: Callable[[Case, frozenset[str]], bool]) -> float:
    """The share of cases that are hits; the cases must not be none."""
    hits = [is_hit(case, found) for case, found in judged]
    return sum(hits) / len(hits)


def tally(topic: str, wanted: Iterable[str], may: Iterable[str], found: frozenset[str]) -> Tally:
    """One case with all its labels counted for one topic; what it may have as well counts for nothing."""
    if topic in wanted:
        return Tally(right=topic in found, missed=topic not in found)
    return Tally(wrong=topic in found and topic not in may)
