"""How well pages are read: recall, precision and day of publication against the gold of 258 real pages.

    python -m tests.bench.pages [EVERY]        EVERY = 1 (all pages) or n (each n-th)

The definition is that of the data's own README: multisets of words (`\\W+` split, lower case) of the text against those
of summary, headlines and paragraphs. The baseline is the library's own extraction, as the index of the pages has it.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import mean, median
from typing import Any

from tasks.core.model import Failure
from tasks.core.page import PageText
from tasks.edge.pool import PagePool
from tests.data import DATA

PAGES = DATA / "data" / "pages_fundus"
# The gold itself is wrong here (day and month swapped), as the data's README says.
WRONG_GOLD_DAYS = ("tr/AnadoluAjansi_2025_04_05", "de/KlasseGegenKlasse_2026_01_07")


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
    rows = [json.loads(line) for line in (PAGES / "INDEX.jsonl").read_text(encoding="utf-8").splitlines()][-1::-every]
    pages = [(gzip.decompress((PAGES / row["page"]).read_bytes()), "text/html", row["url"]) for row in rows]
    with PagePool() as pool:
        return [_measure(row, text) for row, text in zip(rows, pool.extract(pages), strict=True)]


def _measure(row: Mapping[str, Any], text: PageText | Failure) -> Measured:
    gold = json.loads((PAGES / row["gold"]).read_text(encoding="utf-8"))[row["version"]]
    wanted = _count_words(_gold_text(gold))
    if isinstance(text, Failure):
        return Measured(row["page"], 0.0, 0.0, None, text.kind, 0, row["baseline"])
    found = _count_words(text.text)
    shared = (wanted & found).total()
    is_sure = gold.get("publishing_date") and not row["page"].startswith(WRONG_GOLD_DAYS)
    return Measured(
        page=row["page"],
        recall=shared / max(wanted.total(), 1),
        precision=shared / max(found.total(), 1),
        day=_is_same_day(gold["publishing_date"], text) if is_sure else None,
        failure=None,
        length=len(text.text),
        baseline=row["baseline"],
    )


def _gold_text(gold: Mapping[str, Any]) -> str:
    body = gold["body"]
    parts = [*body["summary"]]
    for section in body["sections"]:
        parts += [*section["headline"], *section["paragraphs"]]
    return " ".join(parts)


def _count_words(text: str) -> Counter[str]:
    # Some gold texts write umlauts as two characters, which would be two words.
    return Counter(word for word in re.split(r"\W+", unicodedata.normalize("NFC", text).lower()) if word)


def _is_same_day(stated: str, text: PageText) -> bool:
    """The day as the gold writes it, in its zone where it has one."""
    gold = datetime.fromisoformat(stated)
    return text.published_at is not None and text.published_at.astimezone(gold.tzinfo or UTC).date() == gold.date()


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
