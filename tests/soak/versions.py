"""200 scripted edits give 200 versions, 2,000 noisy refetches give none: through whole passes over a real lake.

    python -m tests.soak.versions [STORIES [EDITS [NOISY]]]     default 100 stories, 2 edits and 20 noisy fetches of each

Each story has a page; before each pass its feed entry is reworded, so that it is fetched again.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tasks.edge.passes import PassRun
from tests.fakes import FakeWire, feed, item, ok
from tests.passes import Lab, begin_empty, work_off
from tests.soak.noise import EDITS, make_noisy

REVISITS = 20  # of one feed entry; polling follows no entry more than 24 times
MINUTES = 180  # between two passes, so that no story passes its versions a day


@dataclass(frozen=True, slots=True)
class Counted:
    """What came of the edits and of the noise."""

    edits: int
    versions: int
    refetches: int
    noise_versions: int


def write_story(number: int) -> list[str]:
    """The first text of a story."""
    return [
        f"The envoys of district {number} met for {number + 3} hours in the harbour town on Tuesday, and a spokesman of "
        f"the ministry told reporters that round {number} had brought the two sides closer.",
        f"A second delegation of {number + 7} members arrived before dawn. It was received by the governor, who said that "
        "the ships would be released as soon as the paper was signed by both sides.",
        f"The talks go on in hall {number}, where the fishing crews had waited for {number + 11} days for a decision.",
    ]


def write_page(title: str, paragraphs: Sequence[str], seed: int) -> bytes:
    """A page; the markup around the story has clocks, nonces and counters of its own."""
    told = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    head = f"<head><title>{title}</title><meta name='csrf' content='{seed * 7919}'><script>var t={seed}</script></head>"
    aside = (
        f"<aside><ul><li>Story {seed}</li><li>Story {seed + 1}</li></ul></aside><footer>Page made in {seed} ms</footer>"
    )
    return f"<html>{head}<body><article><h1>{title}</h1>{told}</article>{aside}</body></html>".encode()


def count_versions(begun: PassRun, stories: int, edits: int, noisy: int) -> Counted:
    """Edit every story so many times with noise around it, then fetch it again so many times with other noise."""
    kinds, made, noise = list(EDITS.values()), 0, 0
    with FakeWire() as wire:
        for block, (changes, looks) in enumerate(_blocks(edits, noisy)):
            lab = Lab(begun, f"versions {block}")
            texts = [write_story(number + block * stories) for number in range(stories)]
            run = lab.watch({"feed": wire.say("/rss", feed(""))}, wire.host)
            for step in range(changes + looks + 1):
                if 0 < step <= changes:
                    texts = [kinds[(step + n) % len(kinds)](text, step) for n, text in enumerate(texts)]
                told = "".join(_tell(wire, block, n, text, step) for n, text in enumerate(texts))
                wire.say("/rss", feed(told))
                asyncio.run(work_off(lab.later(run, step * MINUTES)))
            steps = [float(row["run_id"].removeprefix(lab.prefix)) / MINUTES for row in lab.rows("article_versions")]
            made += sum(0 < step <= changes for step in steps)
            noise += sum(step > changes for step in steps)
    return Counted(stories * edits, made, stories * noisy, noise)


def _blocks(edits: int, noisy: int) -> list[tuple[int, int]]:
    """Edits and noisy fetches in blocks that an entry may be followed for."""
    blocks = [(edits, min(noisy, REVISITS - edits))]
    left = noisy - blocks[0][1]
    return blocks + [(0, min(REVISITS, left - at)) for at in range(0, left, REVISITS)]


def _tell(wire: FakeWire, block: int, number: int, text: list[str], step: int) -> str:
    seed = block * 1_000_000 + number * 1_000 + step
    title = f"Envoys meet in district {number}"
    link = wire.say(f"/{block}/{number}", ok(write_page(title, make_noisy(text, seed), seed)))
    return item(block * 10_000 + number, title, link=link).replace("opened on", f"(wording {step}) opened on")


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as folder, begin_empty(Path(folder)) as begun:
        done = count_versions(begun, *(*given, *(100, 2, 20)[len(given) :]))
    print(  # noqa: T201 - its figures
        f"{done.edits} edits gave {done.versions} versions; {done.refetches:,} noisy refetches gave {done.noise_versions}"
    )
    sys.exit(done.versions != done.edits or done.noise_versions != 0)
