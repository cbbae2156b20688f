"""Figures on data that others labelled: event sentences, coded events, news pages."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tasks.core.language import detect_language
from tests.data import DATA
from tests.quality.cases import (
    CLEAN,
    CODED_EVENTS,
    EVENTS,
    NEITHER,
    PAGES,
    Case,
    read_coded_events,
    read_events,
    read_pages,
    split_by_day,
)
from tests.quality.figures import Figure
from tests.quality.judge import Judged, find_topics, is_right, judge, share

PAGE_LABELS = tomllib.loads((Path(__file__).parent / "pages.toml").read_text(encoding="utf-8"))

_RECALL = {"conflict": 0.85, "diplomacy": 0.75}
_ALARMS = {"conflict": 0.02, "diplomacy": 0.03}
_CODED = {
    "conflict": ("ASSAULT", "FIGHT", "MOBILIZE", "COERCE"),
    "diplomacy": ("CONSULT", "AGREE"),
}


def measure_events() -> Iterator[Figure]:
    """Recall per class and false alarms per category, on the half that is tuned on and on the other one."""
    if not (DATA / EVENTS).is_file():
        yield _missing("event sentences", EVENTS)
        return
    for half, cases in zip(("1st half, tuned on", "2nd half, reported"), split_by_day(read_events()), strict=True):
        yield from _measure_half(half, judge(cases), is_reported=half.startswith("2nd"))


def measure_coded_events() -> Iterator[Figure]:
    """Recall of the classes on PLOVER's categories, one by one and together."""
    if not (DATA / CODED_EVENTS).is_file():
        yield _missing("coded events", CODED_EVENTS)
        return
    judged = judge(read_coded_events())
    for root, groups in _CODED.items():
        yield _recall(
            f"{root}: recall on {' + '.join(groups)}", judged, groups, "PLOVER gold, its misses were read", 0.85
        )
    for group in dict.fromkeys(case.group for case, _ in judged):
        name = "COERCE by force" if group == "COERCE" else group
        yield _recall(f"  {name}", judged, (group,), "PLOVER gold, its misses were read")


def measure_pages() -> Iterator[Figure]:
    """False alarms and recall on English pages, and tags on pages in languages that have no rules."""
    if not (DATA / PAGES).is_file():
        yield _missing("news pages", PAGES)
        return
    english, others = sort_pages(read_pages())
    known = {*PAGE_LABELS["ours"], *PAGE_LABELS["partly"]}
    ours = [(case, found) for case, found in english if case.name in PAGE_LABELS["ours"]]
    rest = [(case, found) for case, found in english if case.name not in known]
    data = "pages_fundus, its errors were read"
    alarms = float(sum(bool(found) for _, found in rest))
    yield Figure(
        "English pages on other subjects that are tagged", alarms, len(rest), data, "outside", at_most=2, is_share=False
    )
    yield Figure("English pages of our subject: recall", share(ours, _is_tagged), len(ours), data, "outside")
    tagged = float(sum(bool(found) for _, found in others))
    yield Figure(
        "pages in languages without rules that are tagged",
        tagged,
        len(others),
        data,
        "outside",
        at_most=0,
        is_share=False,
    )
    german = [found for case, found in others if case.group == "de"]
    yield Figure(
        '  German pages ("war" is "was")',
        float(sum(map(bool, german))),
        len(german),
        data,
        "outside",
        at_most=0,
        is_share=False,
    )


def sort_pages(cases: Iterable[Case]) -> tuple[list[Judged], list[Judged]]:
    """English pages, and those in languages that have no rules; each read in the language that its text is in."""
    english: list[Judged] = []
    others: list[Judged] = []
    for case in cases:
        lang = detect_language(f"{case.title}\n{case.text}") or ""
        if lang == "en":
            english.append((case, find_topics(case)))
        elif lang != "ru":
            others.append((case, find_topics(case, lang)))
    return english, others


def _measure_half(half: str, judged: list[Judged], *, is_reported: bool) -> Iterator[Figure]:
    data = f"current events 2020-23, {half}"
    for root, goal in _RECALL.items():
        cases = [each for each in judged if each[0].wanted == root]
        yield Figure(
            f"{root}: recall", share(cases, is_right), len(cases), data, "outside", goal if is_reported else None
        )
    clean = [each for each in judged if each[0].wanted == NEITHER]
    for root, goal in _ALARMS.items():
        value, most = _alarms(clean, root), goal if is_reported else None
        yield Figure(f"{root}: false alarms, five categories", value, len(clean), data, "outside", at_most=most)
        for group in CLEAN:
            cases = [each for each in clean if each[0].group == group]
            yield Figure(f"  {group}", _alarms(cases, root), len(cases), data, "outside")


def _alarms(judged: Sequence[Judged], root: str) -> float:
    return share(judged, lambda _, found: root in found)


def _is_tagged(_: Case, found: frozenset[str]) -> bool:
    return bool(found)


def _recall(name: str, judged: list[Judged], groups: Iterable[str], data: str, goal: float | None = None) -> Figure:
    cases = [each for each in judged if each[0].group in groups]
    return Figure(name, share(cases, is_right), len(cases), data, "outside", at_least=goal)


def _missing(name: str, path: str) -> Figure:
    return Figure(name, None, 0, path, "outside", needs=f"{path} under DATELINE_TEST_DATA ({DATA})")
