"""How well pages are read: recall, precision and day of publication against the gold of 258 real pages.

    python -m tests.bench.pages [EVERY]        EVERY = 1 (all pages) or n (each n-th)

The definition is that of the data's own README: multisets of words (`\\W+` split, lower case) of the text against those
of summary, headlines and paragraphs. The baseline is the library's own extraction, as the index of the pages has it.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, median
from typing import Any

from tasks.core.model import Failure
from tasks.core.page.read import PageText
from tasks.edge.pool import PagePool
from tests.bench.contest.gold import GoldPage, is_same_day, load_gold, score_words


@dataclass(frozen=True, slots=True)
class Measured:
    """One page against its gold; `day` is None where the gold has none."""

    page: str
    recall: float
    precision: float
    day: bool | None
    failure: str | None
    length: int
    baseline: Mapping[str, Any]


def measure_pages(every: int = 1) -> list[Measured]:
    """Each `every`-th page up to the last, read in the pool as a pass reads it."""
    pages = load_gold()[-1::-every]
    with PagePool() as pool:
        texts = pool.extract([(page.read_bytes(), "text/html", page.url) for page in pages])
        return [_measure(page, text) for page, text in zip(pages, texts, strict=True)]


def _measure(page: GoldPage, text: PageText | Failure) -> Measured:
    if isinstance(text, Failure):
        return Measured(page.page, 0.0, 0.0, None, text.kind, 0, page.baseline)
    precision, recall, _ = score_words(text.text, page.words)
    told = text.published_at.isoformat() if text.published_at else ""
    return Measured(
        page=page.page,
        recall=recall,
        precision=precision,
        day=is_same_day(page.day, told) if page.day else None,
        failure=None,
        length=len(text.text),
        baseline=page.baseline,
    )


def share(measured: Sequence[Measured], at_least: float) -> float:
    """The share of pages whose recall is at least so much."""
    return sum(page.recall >= at_least for page in measured) / len(measured)


def main() -> None:
    """Print the table and the worst pages."""
    measured = measure_pages(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
    dated = [page.day for page in measured if page.day is not None]
    ours, theirs = [page.recall for page in measured], [page.baseline["recall"] for page in measured]
    read = [page for page in measured if page.failure is None]
    lines = [
        f"pages {len(measured)}, without a text {len(measured) - len(read)}",
        f"recall    median {median(ours):.3f} (baseline {median(theirs):.3f})",
        f"recall    mean {mean(ours):.3f} (baseline {mean(theirs):.3f})",
        f"recall    >= 0.9 on {share(measured, 0.9):.1%} (baseline {mean(each >= 0.9 for each in theirs):.1%})",
        f"precision mean {mean(page.precision for page in read):.3f}"
        f" (baseline {mean(page.baseline['precision'] for page in read):.3f})",
        f"day       equal on {mean(dated):.1%} of {len(dated)}",
        "",
        *(
            f"{page.recall:.2f} ({page.baseline['recall']:.2f}) {page.page} {page.failure or ''}"
            for page in sorted(measured, key=lambda page: page.recall)[:15]
        ),
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
