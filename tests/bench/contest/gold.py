"""The real pages with what people wrote down of them, and how a result is held against that.

Words: multisets (`\\W+` split, lower case, NFC) of the text against those of summary, headlines and paragraphs, which is
the definition of the data's own README. Precision, recall and F1 are those of each page; a table shows their means.
Titles: equal after `normalise_title`. Days: the day as the gold writes it, in its own zone where it names one.
"""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from typing import Any

from tests.data import DATA

PAGES = DATA / "data" / "pages_fundus"
# The gold itself is wrong here (day and month swapped), as the data's README says.
WRONG_GOLD_DAYS = ("tr/AnadoluAjansi_2025_04_05", "de/KlasseGegenKlasse_2026_01_07")
# What stands behind the last of these marks at the end of a title is the site's or the section's name, if it is short.
_SITE_MARK = re.compile(r"\s+[|\u2013\u2014\u00b7\u2022-]\s+|\s*[|｜]\s*")
_SITE_WORDS = 4


@dataclass(frozen=True, slots=True)
class GoldPage:
    """One page: its file below `PAGES`, where it was fetched, and its gold. `day` is None where the gold has none."""

    page: str
    url: str
    words: Counter[str]
    title: str
    day: str | None
    baseline: Mapping[str, Any]

    def read_bytes(self) -> bytes:
        """The page as it came over the line."""
        return gzip.decompress((PAGES / self.page).read_bytes())


def load_gold(most: int = 0) -> list[GoldPage]:
    """All pages, or about `most` of them, spread evenly over the list. Raises FileNotFoundError without the data."""
    rows = [json.loads(line) for line in (PAGES / "INDEX.jsonl").read_text(encoding="utf-8").splitlines()]
    step = len(rows) / most if 0 < most < len(rows) else 1
    return [_read_gold(rows[int(n * step)]) for n in range(int(len(rows) / step + 0.5))]


def _read_gold(row: Mapping[str, Any]) -> GoldPage:
    gold = json.loads((PAGES / row["gold"]).read_text(encoding="utf-8"))[row["version"]]
    is_sure = not row["page"].startswith(WRONG_GOLD_DAYS)
    day = gold.get("publishing_date") if is_sure else None
    words = count_words(gold_text(gold))
    return GoldPage(row["page"], row["url"], words, gold["title"] or "", day or None, row["baseline"])


def gold_text(gold: Mapping[str, Any]) -> str:
    """Summary, headlines and paragraphs in one."""
    body = gold["body"]
    parts = [*body["summary"]]
    for section in body["sections"]:
        parts += [*section["headline"], *section["paragraphs"]]
    return " ".join(parts)


def count_words(text: str) -> Counter[str]:
    """The words of a text with their counts."""
    # Some gold texts write umlauts as two characters, which would be two words.
    return Counter(word for word in re.split(r"\W+", unicodedata.normalize("NFC", text).lower()) if word)


def score_words(text: str, wanted: Counter[str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of a text's words; all 0 for an empty text."""
    found = count_words(text)
    shared = (wanted & found).total()
    precision, recall = shared / max(found.total(), 1), shared / max(wanted.total(), 1)
    return precision, recall, 2 * precision * recall / (precision + recall) if shared else 0.0


def is_same_day(stated: str, told: str) -> bool:
    """The day that the gold states, against a day (2026-02-17) or a moment in ISO 8601; "" is no day."""
    gold = datetime.fromisoformat(stated)
    try:
        moment = datetime.fromisoformat(told)
    except ValueError:
        return False
    if moment.tzinfo is not None:
        moment = moment.astimezone(gold.tzinfo or UTC)
    return moment.date() == gold.date()


def normalise_title(title: str) -> str:
    """A title without what does not make it another title.

    1. HTML entities are resolved; characters are folded to their plain forms (NFKC) and to lower case.
    2. What cannot be seen (soft hyphens, zero-width characters) goes.
    3. A site's name at the end goes: at most four words behind a bar, or behind a dash or dot between blanks.
    4. Only letters and digits count: quotes, dashes and blanks of all kinds part words and are equal.
    """
    plain = unicodedata.normalize("NFKC", unescape(title)).casefold()
    plain = "".join(char for char in plain if unicodedata.category(char) != "Cf")
    *head, last = _SITE_MARK.split(plain)
    if head and "".join(head).strip() and len(last.split()) <= _SITE_WORDS:
        plain = plain[: plain.rindex(last)] if last else plain
    return " ".join(re.findall(r"\w+", plain))
