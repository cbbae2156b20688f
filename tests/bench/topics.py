"""How well and how fast topics are found on data that nobody here wrote: `python -m tests.bench.topics`.

    labelled event sentences   recall per class, and false alarms on the categories that are clean of both
    coded event sentences      recall per class
    news pages                 pages of our subject, and pages on which word lists are known to fail
    the sample wire            stories invented for this project, with the topics they should have
    long stories               articles a second on one core, and the share that is tagged

`--show SET` prints the texts that a set gets wrong. Needs the outside data (see tests/data.py).
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time

from tasks.core.topics.tagger import TopicTagger
from tasks.edge.sample import load_sample, tell_text
from tests.data import DATA
from tests.rules_catalog import load_rules

SAMPLE = Path(__file__).parents[2] / "deploy" / "sample"
NOW = datetime(2025, 12, 11, 14, 30, tzinfo=UTC)
CATEGORIES = {
    "Armed conflicts and attacks": "conflict",
    "International relations": "diplomacy",
    "Sports": "neither",
    "Arts and culture": "neither",
    "Art and culture": "neither",
    "Art and Culture": "neither",
    "Health and environment": "neither",
    "Health and enviornment": "neither",
    "Science and technology": "neither",
    "Business and economy": "neither",
    "Business and economics": "neither",
}
CODED = {
    **dict.fromkeys(("ASSAULT", "FIGHT", "MOBILIZE"), "conflict"),
    **dict.fromkeys(("CONSULT", "AGREE", "SANCTION"), "diplomacy"),
}
SUBJECT_PAGES = (
    "ca/CBCNews_2024_08_08 ca/GlobalNews_2026_05_24 ca/NationalPost_2025_05_08 ind/TimesOfIndia_2024_09_02"
    " tw/TaipeiTimes_2024_10_15 uk/BBC_2026_04_25 uk/EveningStandard_2024_10_24 us/Reuters_2024_03_07"
    " us/TheGatewayPundit_2026_07_19 za/DailyMaverick_2025_05_22"
)
HARD_PAGES = "za/TimesLive_2025_05_22 us/WashingtonPost_2024_04_26 ls/LesothoTimes_2025_11_24 us/TheNation_2023_05_15"


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled text: `wanted` is a class, or `neither`, or empty where nobody labelled it."""

    group: str
    wanted: str
    title: str | None
    text: str


def read_event_sentences() -> Iterator[Case]:
    """One-sentence news items with one category each."""
    with gzip.open(DATA / "data/labels/wcep_2020-04_2023-02.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if wanted := CATEGORIES.get(row["category"]):
                yield Case(f"events: {row['category']}", wanted, None, row["text"])


def read_coded_sentences() -> Iterator[Case]:
    """Event sentences coded by hand, mostly of the 1990s and 2000s."""
    rows = json.loads((DATA / "data/labels/PLOVER_GSR_CAMEO.txt").read_text(encoding="utf-8"))
    for row in rows:
        if wanted := CODED.get(row.get("event", "")):
            yield Case(f"coded: {row['event']}", wanted, None, row["text"])


def read_pages() -> Iterator[Case]:
    """Pages of our subject, the known hard negatives, and all other English pages (not labelled)."""
    folder = DATA / "data/pages_fundus"
    for line in (folder / "INDEX.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if not (row["html_lang"] or "").startswith("en"):
            continue
        gold = json.loads((folder / row["gold"]).read_text(encoding="utf-8"))[row["version"]]
        body = gold["body"]
        paragraphs = [*body["summary"]]
        for section in body["sections"]:
            paragraphs += [*section["headline"], *section["paragraphs"]]
        name = row["page"].removesuffix(".html.gz")
        group, wanted = "pages: other", ""
        if name in SUBJECT_PAGES.split():
            group, wanted = "pages: our subject", "either"
        elif name in HARD_PAGES.split():
            group, wanted = "pages: hard negatives", "neither"
        yield Case(group, wanted, row["title"], "\n\n".join(paragraphs))


def read_long_stories() -> Iterator[Case]:
    """Agency stories of one quarter, mostly domestic politics; not labelled."""
    text = gzip.decompress((DATA / "data/wire/reuters_2017q4.csv.gz").read_bytes()).decode()
    for row in csv.DictReader(io.StringIO(text)):
        yield Case("long stories", "", row["title"], row["text"])


def measure_sample_wire(tagger: TopicTagger, show: str) -> None:
    """Print how many of the invented stories have all topics that they should, and no root that they should not."""
    right = number = 0
    sample = load_sample(SAMPLE)
    for story in sample.stories:
        if story.topics is None or story.fault:
            continue
        text = tell_text(sample, story, NOW)
        found = {tag.topic for tag in tagger.tag(story.title, text) if tag.confidence != "low"}
        missing = set(story.topics) - found
        extra = {topic for topic in found if "." not in topic} - {*story.topics, *story.may}
        number += 1
        right += not missing and not extra
        if show.startswith("sample") and (missing or extra):
            say(f"   {story.slug}: missing {sorted(missing)}, extra {sorted(extra)}")
    say(f"{'sample wire':42} {number:6} right {right / number:6.3f}")


def find_classes(tagger: TopicTagger, case: Case) -> set[str]:
    """The root topics that stand."""
    tags = tagger.tag(case.title, case.text)
    return {tag.topic for tag in tags if tag.confidence != "low" and "." not in tag.topic}


def is_right(case: Case, found: set[str]) -> bool:
    """Whether a case with a label came out as labelled; a second class beside the right one is no error."""
    if case.wanted == "neither":
        return not found
    return bool(found) if case.wanted == "either" else case.wanted in found


def measure(tagger: TopicTagger, cases: Iterable[Case], show: str) -> None:
    """Print a line per group, and the wrong cases of the groups whose name begins with `show`."""
    groups: dict[str, list[tuple[Case, set[str]]]] = {}
    for case in cases:
        groups.setdefault(case.group, []).append((case, find_classes(tagger, case)))
    for group, found in groups.items():
        number = len(found)
        shares = [sum(root in roots for _, roots in found) / number for root in ("conflict", "diplomacy")]
        right = sum(is_right(case, roots) for case, roots in found) / number if found[0][0].wanted else None
        told = "     -" if right is None else f"{right:6.3f}"
        say(f"{group:42} {number:6} right {told}   conflict {shares[0]:.3f}   diplomacy {shares[1]:.3f}")
        if show and group.startswith(show):
            for case, roots in found:
                if not case.wanted or not is_right(case, roots):
                    say(f"   {sorted(roots)} {case.title or ''} | {case.text[:400]}")


def measure_speed(tagger: TopicTagger, cases: list[Case]) -> None:
    """Print articles a second and the mean time for one, over long stories: the best of several rounds, CPU time."""
    cases = cases[:200]
    best = float("inf")
    for _ in range(7):
        begin = process_time()
        for case in cases:
            tagger.tag(case.title, case.text)
        best = min(best, process_time() - begin)
    size = sum(len(case.text) for case in cases) / len(cases)
    each = best / len(cases)
    say(f"speed: {1 / each:.0f} articles/s, {each * 1000:.2f} ms each ({size:.0f} characters)")


def say(line: str) -> None:
    """Print one line."""
    sys.stdout.write(f"{line}\n")


def main() -> None:
    """Measure every set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", default="", help="print what this set gets wrong, such as 'events: Sports'")
    show = parser.parse_args().show
    if not Path(DATA, "data").is_dir():
        sys.exit(f"The outside data is not at {DATA}; set DATELINE_TEST_DATA to its folder.")
    begin = perf_counter()
    tagger = TopicTagger(load_rules())
    say(f"compiled in {perf_counter() - begin:.1f} s")
    long_stories = list(read_long_stories())
    for cases in (read_event_sentences(), read_coded_sentences(), read_pages(), long_stories):
        measure(tagger, cases, show)
    measure_sample_wire(tagger, show)
    measure_speed(tagger, long_stories)


if __name__ == "__main__":
    main()
