"""The labelled texts that topics are measured on. None of the outside ones is ours, none is copied into the project."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass

from tests.data import DATA

EVENTS = "data/labels/wcep_2020-04_2023-02.jsonl.gz"
CODED_EVENTS = "data/labels/PLOVER_GSR_CAMEO.txt"
PAGES = "data/pages_fundus/INDEX.jsonl"

NEITHER = "neither"
CLEAN = ("Sports", "Arts", "Science", "Health", "Business")  # categories in which both classes are false alarms
_WANTED = {"Armed conflicts and attacks": "conflict", "International relations": "diplomacy"}
_CODED = {
    **dict.fromkeys(("ASSAULT", "FIGHT", "MOBILIZE", "COERCE"), "conflict"),
    **dict.fromkeys(("CONSULT", "AGREE", "SANCTION"), "diplomacy"),
}
# COERCE is conflict where force is used; repression without it (arrests, bans, censorship) is not.
_BY_FORCE = frozenset({"destroy", "firearms", "martial-law"})


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled text: `wanted` is a class, or `neither`, or empty where nobody labelled it; `day` is ISO or empty."""

    group: str
    wanted: str
    title: str | None
    text: str
    day: str = ""
    name: str = ""


def read_events() -> list[Case]:
    """One-sentence news items of 2020 to 2023 with one category each, in the order of their days."""
    cases: list[Case] = []
    with gzip.open(DATA / EVENTS, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            group = _group(row["category"])
            if group:
                cases.append(Case(group, _WANTED.get(group, NEITHER), None, row["text"], row["date"]))
    return sorted(cases, key=lambda case: case.day)


def split_by_day(cases: list[Case]) -> tuple[list[Case], list[Case]]:
    """The first half, which rules may be tuned on, and the second, which is reported; no day stands in both."""
    middle = cases[len(cases) // 2].day
    return [case for case in cases if case.day < middle], [case for case in cases if case.day >= middle]


def read_coded_events() -> Iterator[Case]:
    """Event sentences coded by hand for PLOVER, mostly of the 1990s and 2000s; the group is the event's category."""
    for row in json.loads((DATA / CODED_EVENTS).read_text(encoding="utf-8")):
        event = row.get("event", "")
        if event in _CODED and (event != "COERCE" or row.get("mode") in _BY_FORCE):
            yield Case(event, _CODED[event], None, row["text"], name=row["id"])


def read_pages() -> Iterator[Case]:
    """Real news pages, each with the text that a person marked as its story; the group is the page's language."""
    folder = (DATA / PAGES).parent
    for line in (DATA / PAGES).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        body = json.loads((folder / row["gold"]).read_text(encoding="utf-8"))[row["version"]]["body"]
        paragraphs = [*body["summary"]]
        for section in body["sections"]:
            paragraphs += [*section["headline"], *section["paragraphs"]]
        lang = (row["html_lang"] or "")[:2].lower()
        yield Case(lang, "", row["title"], "\n\n".join(paragraphs), name=row["page"].removesuffix(".html.gz"))


def _group(category: str) -> str:
    """Spellings of one category folded; empty for those whose items may well be of our classes."""
    if category in _WANTED:
        return category
    word = category.partition(" ")[0]
    return next((each for each in CLEAN if word in (each, each.rstrip("s"))), "")
