"""What a reading costs: `python -m tests.bench.reading [STORIES]`.

    speed     stories of 2 kB a second on one core, and the share of each part of the reading
    memory    of this process after each tenth of STORIES (20,000) readings, no two texts alike
    growth    CPU for hostile texts of one, two and four times a length: 2.0 is linear

The stories are our golden ones, and the English pages of the outside data cut to 2 kB where that is there.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import cycle, islice

from tasks.core.dateline.read import read_dateline
from tasks.core.language import detect_language
from tasks.core.model import Story
from tasks.core.page.read import PageText, load_extractor, read_page
from tasks.core.quotes.find import find_quotes
from tasks.core.reading import Reader, open_reader
from tests.bench.contest.gold import PAGES, load_gold
from tests.catalog import builtin_catalog
from tests.golden.stories import list_cases, open_story
from tests.hostile_texts import HOSTILE_TEXTS
from tests.quality.figures import say

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
STORIES, LENGTH = 20_000, 2_000
ROUNDS = 3
GOAL_A_SECOND = 1_000
HOSTILE_LENGTH = 50_000
LINEAR = 2.6  # of twice the text; what is quadratic takes four times as long


def main() -> None:
    """Print the three tables."""
    reader = open_reader(builtin_catalog())
    own = [_cut(open_story(case).text) for case in list_cases() if case.parent.name != "russian"]
    sets = {"golden stories": own} | ({"real pages": load_pages()} if PAGES.is_dir() else {})
    for name, texts in sets.items():
        tell_speed(reader, name, texts)
    tell_memory(reader, own, int(sys.argv[1]) if len(sys.argv) > 1 else STORIES)
    tell_growth(reader)


def load_pages() -> list[str]:
    """The English texts of the real pages, cut to 2 kB at the end of a paragraph."""
    load_extractor()
    pages = (read_page(page.read_bytes(), "text/html", page.url) for page in load_gold())
    return [_cut(page.text) for page in pages if isinstance(page, PageText) and detect_language(page.text) == "en"]


def _cut(text: str) -> str:
    end = text.rfind("\n", 0, LENGTH)
    return text[: end if end > LENGTH // 2 else LENGTH]


def measure(work: Callable[[str], object], texts: Sequence[str]) -> float:
    """CPU in ms a text, the least of some rounds."""
    rounds = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for text in texts:
            work(text)
        rounds.append(time.process_time() - begun)
    return min(rounds) / len(texts) * 1e3


def tell_speed(reader: Reader, name: str, texts: Sequence[str]) -> None:
    """Whole readings, then each part by itself: a part asks for sentences and names anew, which readings share."""
    actors = {text: reader.people.find_actors(text, 0, NOW.date()) for text in texts}
    parts: dict[str, Callable[[str], object]] = {
        "language": detect_language,
        "dateline": lambda text: read_dateline(text, None, NOW, reader.places),
        "topics": lambda text: reader.topics.tag(None, text),
        "people": lambda text: reader.people.find_actors(text, 0, NOW.date()),
        "quotes": lambda text: find_quotes(text, 0, actors[text], reader.names),
        "citations": lambda text: reader.citations.find(text, 0),
        "meetings": lambda text: reader.meetings.find_meetings(None, text, None, NOW, actors[text]),
    }
    whole = measure(lambda text: reader.read_story(_story(text)), texts)
    length = sum(map(len, texts)) / len(texts)
    say(f"\n{name}: {len(texts)} texts of {length:,.0f} characters; goal {GOAL_A_SECOND:,} of 2,000 a second a core")
    say(f"  {1e3 / whole * length / LENGTH:,.0f} of 2,000 characters a second; {whole:.2f} ms each; by part, in ms:")
    say("  " + ", ".join(f"{part} {measure(work, texts):.2f}" for part, work in parts.items()))


def tell_memory(reader: Reader, texts: Sequence[str], stories: int) -> None:
    """The most memory so far, after each tenth."""
    peaks = []
    for number, text in enumerate(islice(_vary(texts), stories), start=1):
        reader.read_story(_story(text))
        if number % (stories // 10) == 0:
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    say(f"\nmemory in MB after each tenth of {stories:,} stories: {', '.join(f'{peak:.0f}' for peak in peaks)}")


def _vary(texts: Sequence[str]) -> Iterator[str]:
    for number, text in enumerate(cycle(texts)):
        yield f"{text}\n\nThe report was number {number} of the day, the ministry said."


def tell_growth(reader: Reader) -> None:
    """CPU of texts that grow. Those of no language count as English."""
    say(f"\nCPU in ms for {HOSTILE_LENGTH:,} characters and twice and four times as many")
    slow = []
    for name, make in HOSTILE_TEXTS.items():
        took = [_time(reader, make(HOSTILE_LENGTH * times)) for times in (1, 2, 4)]
        growth = [after / before for before, after in zip(took, took[1:], strict=False)]
        slow += [name] if min(growth) > LINEAR else []
        say(f"  {name:32}" + "".join(f"{ms:9.0f}" for ms in took) + "".join(f"{each:7.2f}" for each in growth))
    say(f"  not linear: {', '.join(slow) or 'none'}")


def _time(reader: Reader, text: str) -> float:
    begun = time.process_time()
    reader.read_story(_story(text))
    return (time.process_time() - begun) * 1e3


def _story(text: str) -> Story:
    return Story(text, None, NOW, "en", None)


if __name__ == "__main__":
    main()
