"""Invented wire copy, and what outlets make of it: for the tests and the bench of copies.

The words are made of syllables and follow Zipf's law, as those of news do; function words of English stand at the head
of the list, and stock phrases of wires recur, so that texts with nothing to do with each other share some shingles.
Everything follows from the seed.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate

VOCABULARY = 30_000
CITIES = ("Norvik", "Port Ellen", "Sarnhavn", "Kestrel Bay", "Lower Vane", "Tarnholm", "Ostrava Point", "Miredale")
FUNCTION_WORDS = (
    "the of to and in a that on for is was with by he as at from it his has will are be have an said its not were "
    "which this their after who had but they or more been about also would than one two new when out up over between "
    "there all into other first some could against during them under before since only most where while because now "
    "through no if what can any our we you she her last told year years people government country state president"
).split()
STOCK = 300  # phrases that any wire uses
_ONSETS = "b br c cr d dr f g gr h k l m n p pl pr r s st str t tr v w".split()
_NUCLEI = "a e i o u ai ea io ou".split()
_CODAS = ["", "", "n", "r", "s", "t", "l", "nd", "rt", "st", "m", "ng"]


class Press:
    """A source of invented stories."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        made: dict[str, None] = dict.fromkeys(FUNCTION_WORDS)
        while len(made) < VOCABULARY:
            made["".join(self._syllable() for _ in range(self.random.choice((1, 2, 2, 3))))] = None
        self.words = list(made)
        self._stock = [self.random.choices(self.words[:3000], k=self.random.randint(4, 8)) for _ in range(STOCK)]
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))

    def write_sentence(self, quoted: float = 0.15) -> str:
        """A sentence of 9 to 30 words; the share `quoted` of them are a speaker's words."""
        size = self.random.randint(9, 30)
        words = self.random.choices(self.words, cum_weights=self._weights, k=size)
        if self.random.random() < 0.1:
            at = self.random.randrange(size)
            words[at:at] = self.random.choice(self._stock)
        told = " ".join(words)
        told = told[0].upper() + told[1:]
        return f'"{told}," {self._name()} said.' if self.random.random() < quoted else f"{told}."

    def write_sentences(self, length: int, quoted: float = 0.15) -> list[str]:
        """Sentences of about so many characters in all."""
        sentences, size = [], 0
        while size < length:
            sentences.append(self.write_sentence(quoted))
            size += len(sentences[-1]) + 1
        return sentences

    def write_story(self, length: int = 2000) -> str:
        """A story under a dateline, in paragraphs of one to three sentences."""
        return f"{self.write_dateline()} {lay_out(self.write_sentences(length - 30))}"

    def write_dateline(self, mark: str = "") -> str:
        """`NORVIK, December 11 (Lumen) --`."""
        month = self.random.choice(("May", "June", "December"))
        return f"{self.random.choice(CITIES).upper()}, {month} {self.random.randint(1, 28)}{mark} --"

    def _syllable(self) -> str:
        return self.random.choice(_ONSETS) + self.random.choice(_NUCLEI) + self.random.choice(_CODAS)

    def _name(self) -> str:
        return f"{self._syllable()}{self._syllable()}".capitalize()


def lay_out(sentences: Sequence[str]) -> str:
    """Sentences in paragraphs of two."""
    return "\n".join(" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2))


def change_dateline(press: Press, text: str) -> str:
    """Under another dateline, with another agency's mark."""
    return f"{press.write_dateline(' (Lumen)')} {text.partition(' -- ')[2]}"


def cut(press: Press, text: str, share: float = 0.6) -> str:
    """Only the beginning, to a word."""
    return text[: int(len(text) * share)].rpartition(" ")[0]


def edit_words(press: Press, text: str, share: float = 0.05) -> str:
    """That share of the words is replaced."""
    words = text.split(" ")
    for at in press.random.sample(range(len(words)), round(len(words) * share)):
        words[at] = press.random.choice(press.words)
    return " ".join(words)


def edit_many_words(press: Press, text: str) -> str:
    """Three words of twenty are replaced."""
    return edit_words(press, text, 0.15)


def reorder(press: Press, text: str) -> str:
    """The paragraphs in another order."""
    paragraphs = text.split("\n")
    press.random.shuffle(paragraphs)
    return "\n".join(paragraphs)


def embed(press: Press, text: str, more: float = 0.5) -> str:
    """Inside a text that is longer by half: some before, some after."""
    own = press.write_sentences(int(len(text) * more))
    at = press.random.randint(0, len(own))
    return f"{press.write_dateline()} {lay_out([*own[:at], text.partition(' -- ')[2], *own[at:]])}"


def cut_and_embed(press: Press, text: str) -> str:
    """The first 60 % inside a text of an outlet's own, which makes up a third of the whole."""
    return embed(press, cut(press, text))


def keep_two_sentences(press: Press, text: str) -> str:
    """A brief of the first two sentences: too little to tell a copy."""
    return text.partition("\n")[0]


def share_background(press: Press, text: str) -> str:
    """Another story, which ends on the same three sentences of background."""
    ending = " ".join(text.replace("\n", " ").split(". ")[-3:])
    return f"{press.write_story(1500)}\n{ending}"


EDITS: Mapping[str, Callable[[Press, str], str]] = {
    "changed dateline": change_dateline,
    "cut to 60 %": cut,
    "5 % of words edited": edit_words,
    "embedded in 50 % more": embed,
    "15 % of words edited": edit_many_words,
    "paragraphs reordered": reorder,
    "cut to 60 % and embedded": cut_and_embed,
}
# What is no copy, although it shares text.
STRANGERS: Mapping[str, Callable[[Press, str], str]] = {
    "first two sentences only": keep_two_sentences,
    "three sentences of background": share_background,
}
