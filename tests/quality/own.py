"""Figures on what this project's own authors wrote; they prove little beside the outside ones, and catch regressions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from tasks.edge.sample import load_sample, tell_text
from tests.quality.cases import Case
from tests.quality.figures import Figure
from tests.quality.judge import Tally, find_topics, list_topics, tally
from tests.quality.own_cases import OwnCase, read_known_misses, read_own_cases

SAMPLE = Path(__file__).parents[2] / "deploy" / "sample"
NOW = datetime(2025, 12, 11, 14, 30, tzinfo=UTC)


def measure_cases() -> Iterator[Figure]:
    """The share of whole cases that are right, by language."""
    cases = read_own_cases()
    for lang in sorted({case.lang for case in cases}):
        found = [case.is_right(_find(case)) for case in cases if case.lang == lang]
        yield Figure(f"stories read rightly ({lang})", sum(found) / len(found), len(found), "golden/topics", "own")
    none = [bool(_find(case)) for case in cases if not case.topics]
    yield Figure("hard negatives tagged", sum(none) / len(none), len(none), "golden/topics", "own", at_most=0.07)


def measure_topics() -> Iterator[Figure]:
    """Precision and recall of each topic on our own English cases; of the classes also with the known misses.

    Without those a class is right by construction: a case that is not goes to the known misses.
    """
    cases, misses = ([case for case in each if case.lang == "en"] for each in (read_own_cases(), read_known_misses()))
    judged = [(case, _find(case)) for case in cases]
    for topic in list_topics():
        goals = (0.95, 0.95) if "." not in topic else (0.85, 0.85)
        yield from _rate(topic, judged, "golden/topics", goals)
    judged += [(case, _find(case)) for case in misses]
    for topic in list_topics():
        if "." not in topic:
            yield from _rate(topic, judged, "golden/topics and known_misses", (None, None))


def measure_sample_wire() -> Iterator[Figure]:
    """The share of the sample wire's stories that have all topics that they should, and no class that they should not."""
    sample = load_sample(SAMPLE)
    found = []
    for story in sample.stories:
        if story.topics is None or story.fault:
            continue
        topics = find_topics(Case("", "", story.title, tell_text(sample, story, NOW)), story.lang)
        classes = {topic for topic in topics if "." not in topic}
        found.append(set(story.topics) <= topics and classes <= {*story.topics, *story.may})
    yield Figure("stories of the sample wire read rightly", sum(found) / len(found), len(found), "deploy/sample", "own")


def measure_known_misses() -> Iterator[Figure]:
    """How many misreadings we know of, by kind."""
    misses = read_known_misses()
    yield Figure("known misreadings", float(len(misses)), len(misses), "golden/known_misses", "own", is_share=False)
    for kind, number in Counter(case.kind for case in misses).most_common():
        yield Figure(f"  {kind}", float(number), number, "golden/known_misses", "own", is_share=False)


def _rate(
    topic: str, judged: list[tuple[OwnCase, frozenset[str]]], data: str, goals: tuple[float | None, float | None]
) -> Iterator[Figure]:
    total = sum((tally(topic, case.topics, case.may, found) for case, found in judged), Tally())
    if total.precision is not None:
        number = total.right + total.wrong
        yield Figure(f"{topic}: precision", total.precision, number, data, "own", at_least=goals[0])
    if total.recall is not None:
        number = total.right + total.missed
        yield Figure(f"{topic}: recall", total.recall, number, data, "own", at_least=goals[1])


def _find(case: OwnCase) -> frozenset[str]:
    return find_topics(Case("", "", case.title, case.text), case.lang)
