"""The tables that the bench prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any

from tests.bench.contest.gold import GoldPage, is_same_day, normalise_title, score_words
from tests.bench.contest.turns import Round, Tally, least_cpu

BASE, META = "trafilatura", "trafilatura+meta"
LOW_RECALL = 0.5
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Quality:
    """How well one contestant read: means over all pages, a lost page counts 0."""

    precision: float
    recall: float
    f1: float
    lost: tuple[str, ...]
    wrong_titles: tuple[tuple[str, str, str], ...]
    wrong_days: tuple[tuple[str, str, str], ...]
    titles: float
    days: float
    low: tuple[str, ...]


def judge(pages: Sequence[GoldPage], rows: Sequence[Mapping[str, Any]]) -> Quality:
    """Hold all results against the gold."""
    scores = [score_words(row["text"], page.words) for page, row in zip(pages, rows, strict=True)]
    pairs = list(zip(pages, rows, strict=True))
    titles = [
        (p.page, p.title, r["title"]) for p, r in pairs if normalise_title(p.title) != normalise_title(r["title"])
    ]
    dated = [(p, r) for p, r in pairs if p.day]
    days = [(p.page, p.day or "", r["day"]) for p, r in dated if not is_same_day(p.day or "", r["day"])]
    low = [
        f"{p.page} {score[1]:.2f}"
        for (p, r), score in zip(pairs, scores, strict=True)
        if r.get("quality") == "ok" and score[1] < LOW_RECALL
    ]
    return Quality(
        *(mean(each) for each in zip(*scores, strict=True)),
        lost=tuple(f"{p.page} ({r.get('failure') or 'empty'})" for p, r in pairs if not r["text"]),
        wrong_titles=tuple(titles),
        wrong_days=tuple(days),
        titles=1 - len(titles) / len(pairs),
        days=1 - len(days) / len(dated),
        low=tuple(low),
    )


def table_lines(rounds: Sequence[Round], quality: Mapping[str, Quality], pages: int) -> Iterator[str]:
    """One line a contestant. Ratios are to trafilatura on the same pages in the same rounds."""
    yield f"{'contestant':<26}{'CPU ms':>8}{'ratio':>7}{'pages/s':>9}{'MB':>6}{'prec.':>7}{'recall':>8}{'F1':>7}{'lost':>6}{'title':>7}{'day':>6}"
    for name, judged in quality.items():
        taken = [each for each in rounds if name in each]
        cpu, base = least_cpu(taken, name), least_cpu(taken, BASE)
        last = taken[-1][name]
        wall = min(each[name].wall_s for each in taken)
        yield (
            f"{_LABELS.get(name, name):<26}{cpu / pages * 1000:8.1f}{cpu / base:7.2f}{pages / wall:9.1f}{_memory(last):>6}"
            f"{judged.precision:7.3f}{judged.recall:8.3f}{judged.f1:7.3f}{len(judged.lost):6}{judged.titles:7.1%}"
            f"{'   -' if name in _DATELESS else format(judged.days, '.1%'):>7}"
        )


_LABELS = {"ours": "our stage (read_page)", "pipeline": "our pipeline, to rows"}
_DATELESS = {BASE, "readability-lxml"}


def _memory(tally: Tally) -> str:
    return f"{(tally.rss + tally.more.get('worker_rss', 0)) / 1e6:.0f}"


def goal(what: str, reached: float, wanted: float, *, at_most: bool = True, form: str = ".2f") -> str:
    """One line: a figure, its goal, and whether it is reached."""
    is_met = reached <= wanted if at_most else reached >= wanted
    return f"  {what:<66}{reached:>9{form}}  goal {'<=' if at_most else '>='} {wanted:{form}}  {'ok' if is_met else 'MISSED'}"


def pipeline_lines(rounds: Sequence[Round], pages: int) -> Iterator[str]:
    """What the pipeline's CPU is made of, and what is left out of it."""
    parts = {
        name: min(each["pipeline"].more["parts"][name] for each in rounds)
        for name in rounds[0]["pipeline"].more["parts"]
    }
    each = ", ".join(f"{name} {seconds / pages * 1000:.1f}" for name, seconds in parts.items() if name != "archive")
    yield f"  our pipeline, ms of CPU a page by stage: {each}; left out: archive {parts['archive'] / pages * 1000:.1f}"


def fault_lines(pages: Sequence[GoldPage], quality: Quality, title_notes: Mapping[str, str]) -> Iterator[str]:
    """Which pages of ours fail, and why, in short."""
    yield f"pages lost by us: {', '.join(quality.lost) or 'none'}"
    yield f"ok with recall under {LOW_RECALL}: {', '.join(quality.low) or 'none'}"
    yield f"days that differ ({len(quality.wrong_days)}):"
    yield from (
        f"  {page}: gold {gold}, ours {ours or 'none stated by the page'}" for page, gold, ours in quality.wrong_days
    )
    yield f"titles that differ ({len(quality.wrong_titles)}):"
    for page, gold, ours in quality.wrong_titles:
        yield f"  {page} [{title_notes.get(page, '')}]: {gold[:_SHOWN]} | {ours[:_SHOWN] or '-'}"
