"""How fast topics are found, and whether the automaton misses anything. Figures for a person: no test asserts a time."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Callable, Iterator
from random import Random
from time import process_time

from tasks.core.topics.folded_text import FoldedText, fold_text
from tasks.core.topics.matcher import Automaton
from tasks.core.topics.patterns import GAP, expand_pattern
from tasks.edge.sample import load_sample, tell_text
from tests.data import DATA
from tests.quality.figures import Figure, Whose
from tests.quality.judge import open_tagger
from tests.quality.own import NOW, SAMPLE
from tests.rules_catalog import load_rules

STORIES = "data/wire/reuters_2017q4.csv.gz"
PHRASES = 1000
_STORY = 2000  # characters
_ROUNDS = 5


def measure_speed() -> Iterator[Figure]:
    """The automaton with 1,000 phrases, its recall against a naive search, and the whole topic stage."""
    texts, data, whose = read_long_texts()
    folded = fold_text("\n\n".join(texts))
    phrases = choose_phrases()
    automaton = Automaton((phrase, number) for number, phrase in enumerate(phrases))
    size = len(folded.plain.encode()) / 1e6
    seconds = _time(lambda: automaton.find(folded.plain, folded.cased))
    name = "automaton, 1,000 phrases with boundaries"
    yield Figure(name, size / seconds, len(texts), data, whose, at_least=30, unit=" MB/s", is_share=False)
    number, recall = compare_with_naive(automaton, phrases, folded)
    yield Figure("  its recall against a naive search", recall, number, data, whose, at_least=1.0)
    stories = [text[:_STORY] for text in texts if len(text) >= _STORY][:300]
    tagger = open_tagger()
    seconds = _time(lambda: [tagger.tag(None, story) for story in stories])
    name = "topic stage, stories of 2 kB"
    yield Figure(name, len(stories) / seconds, len(stories), data, whose, at_least=3000, unit="/s", is_share=False)


def read_long_texts() -> tuple[list[str], str, Whose]:
    """Agency stories of one quarter; where they are missing, the sample wire's stories over and over."""
    if (DATA / STORIES).is_file():
        text = gzip.decompress((DATA / STORIES).read_bytes()).decode()
        return [row["text"] for row in csv.DictReader(io.StringIO(text))], "989 agency stories", "outside"
    sample = load_sample(SAMPLE)
    told = "\n\n".join(tell_text(sample, story, NOW) for story in sample.stories)
    return [told[at : at + 2 * _STORY] for at in range(0, len(told), _STORY)] * 10, "deploy/sample, repeated", "own"


def choose_phrases(number: int = PHRASES) -> list[str]:
    """So many spellings of plain phrases of the catalog, by chance but always the same ones."""
    patterns = [phrase.text for rule in load_rules().topics for phrase in rule.phrases]
    plain = (pattern for pattern in patterns if "{" not in pattern and GAP not in pattern)
    spellings = sorted({spelling for pattern in plain for spelling in expand_pattern(pattern)})
    return Random(1).sample(spellings, number)


def compare_with_naive(automaton: Automaton, phrases: list[str], folded: FoldedText) -> tuple[int, float]:
    """How many matches a search phrase by phrase finds, and the share of them that the automaton finds as well."""
    found = set(automaton.find(folded.plain, folded.cased))
    naive = {span for number, phrase in enumerate(phrases) for span in _find_naively(phrase, number, folded)}
    return len(naive), len(naive & found) / len(naive)


def _find_naively(phrase: str, number: int, folded: FoldedText) -> Iterator[tuple[int, int, int]]:
    text, plain = folded.plain, phrase.lower()
    loud = [(at, at + len(word)) for word, at in _words(phrase) if len(word) > 1 and word.isalpha() and word.isupper()]
    start = text.find(plain)
    while start >= 0:
        end = start + len(plain)
        is_whole = not (start and text[start - 1].isalnum()) and not text[end : end + 1].isalnum()
        if is_whole and all(folded.cased[start + at : start + to].isupper() for at, to in loud):
            yield start, end, number
        start = text.find(plain, start + 1)


def _words(phrase: str) -> Iterator[tuple[str, int]]:
    at = 0
    for word in phrase.split(" "):
        yield word, at
        at += len(word) + 1


def _time(run: Callable[[], object]) -> float:
    """CPU seconds of the best of several rounds; the first warms up."""
    run()
    best = float("inf")
    for _ in range(_ROUNDS):
        begin = process_time()
        run()
        best = min(best, process_time() - begin)
    return best
