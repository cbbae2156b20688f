"""A story that took back what an alert had told: which words of its new version stand in their place. Pure."""

from __future__ import annotations

import re

from tasks.core.model import Mention
from tasks.core.sentences import split_sentences

_WORD = re.compile(r"\w+")


def find_new_wording(former: str, text: str) -> Mention:
    """The sentence of a text that is most like the former one: the share of words that both have; else the first.

    Of a text without any sentence it is the empty span at its start.
    """
    wanted = _words(former)
    best, most = Mention("", 0, 0), -1.0
    for sentence in split_sentences(text):
        own = _words(sentence.text)
        share = len(wanted & own) / len(wanted | own) if wanted or own else 0.0
        if share > most:
            best, most = Mention(sentence.text, sentence.start, sentence.end), share
    return best


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))
