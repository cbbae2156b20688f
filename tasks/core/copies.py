"""Whose text repeats whose, and which of the two was there first. Pure.

    text -> sketch: two marks for each sentence outside quotation marks
    two sketches that share marks -> how many sentences, and whether a lead is among them -> is one a copy? which?

A mark is one of the two smallest hashes of a sentence's four-word shingles (two pairs of words each). An edited word
leaves most sentences one of them; and what a speaker said at a press conference, which all may quote, has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import xor
from typing import Literal
from zlib import crc32

MARKS = 2
MOST_SENTENCES = 2000  # of a text; what comes after them has no marks
SENTENCE_WORDS = 6  # shorter ones ("he added") do not say whose they are
OWN_SENTENCES = 3  # a text with fewer outside quotation marks is a statement or an interview: there quotations count
# How much must recur. Two sentences are a brief, or chance. A section of background recurs in other news, but then
# neither text has the other's lead.
COPY_SENTENCES = 3
BRIEF_SENTENCES = 2  # but where they are all that either text has, it is one brief on two wires
COPY_SHARE = 0.5
COPY_SHARE_WITHOUT_LEAD = 0.8
# The lead is the first sentence, and of a longer text also the second.
LONG_TEXT = 8
# A text that carries a story among twice as much of its own reports itself, although it carries all of it.
LEAST_OF_COPY = 0.35
# Copies travel within hours; three days cover a weekend.
COPY_DAYS = 3
# Feeds round their times to the minute; times of an update and of our first sight do not tell an order.
SAME_TIME = timedelta(minutes=1)
TRUSTED_TIMES = frozenset({"feed", "page", "import"})

Basis = Literal["credit", "published", "seen"]

_QUOTES = "“”„«»"
_SPACES = "\u00a0‘’‚–—―"
_ENDS = "!?…。！？"
_KEPT = frozenset(b'abcdefghijklmnopqrstuvwxyz0123456789."\n')
_PLAIN = bytes(code if code > 127 or code in _KEPT else 32 for code in range(256))
_DENSE = 15  # characters a space: more than in any writing that parts words, where not, each character counts as one


def sketch_text(text: str) -> tuple[int, ...]:
    """The marks of a text: `MARKS` 32-bit hashes a sentence, in the order of the sentences."""
    plain = _plain_bytes(text)
    sentences = list(_split(plain, quoted=False))
    if len(sentences) < OWN_SENTENCES:
        sentences = list(_split(plain, quoted=True))
    marks: list[int] = []
    for words in sentences[:MOST_SENTENCES]:
        pairs = list(map(crc32, words[1:], map(crc32, words)))
        marks += sorted(map(xor, pairs, pairs[2:]))[:MARKS]
    return tuple(marks)


def _plain_bytes(text: str) -> bytes:
    """The text as UTF-8 in lower case: letters, digits, full stops at ends, straight marks of quotation, lines."""
    text = text.lower().replace("! ", ". ").replace("? ", ". ")
    if not text.isascii():
        if (text.count(" ") + 1) * _DENSE < len(text):
            text = " ".join(text)
        for mark in _QUOTES:
            text = text.replace(mark, '"')
        for space in _SPACES:
            text = text.replace(space, " ")
        for end in _ENDS:
            text = text.replace(end, ". ")
    return text.encode("utf-8", "replace").translate(_PLAIN)


def _split(plain: bytes, *, quoted: bool) -> Iterator[list[bytes]]:
    """The words of each sentence that is long enough, with or without what stands between marks of quotation."""
    for paragraph in plain.split(b"\n"):
        told = paragraph if b'"' not in paragraph else b" ".join(paragraph.split(b'"')[:: 1 if quoted else 2])
        for sentence in told.split(b". "):
            words = sentence.rstrip(b". ").split()
            if len(words) >= SENTENCE_WORDS:
                yield words


@dataclass(frozen=True, slots=True)
class Sketched:
    """An article as copies are told by it. `origin` is whose reporting it is.

    `version` is 0 until it is stored. `sketch` is left out where only its size counts.
    """

    article_id: str
    version: int
    day: date
    wire_id: str
    origin: str
    published_at: datetime | None
    published_source: str
    first_seen_at: datetime
    sentences: int
    sketch: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Shared:
    """What a new text shares with another article: how many sentences of either, and which come first, from 0."""

    other: Sketched
    sentences: int
    other_sentences: int
    first: int
    other_first: int


@dataclass(frozen=True, slots=True)
class Copied:
    """A pair of which `copy` repeats the text of `original`; `basis` says how it is known which is which.

    `similarity` is the share of the shorter text that both have, the others the shares of each text, all 0 to 1.
    """

    copy: Sketched
    original: Sketched
    basis: Basis
    similarity: float
    share_of_copy: float
    share_of_original: float


def judge_pair(new: Sketched, shared: Shared) -> Copied | None:
    """The pair as copy and original, where enough of the shorter text recurs in the other one; else None."""
    other = shared.other
    of_new = min(shared.sentences / new.sentences, 1.0)
    of_other = min(shared.other_sentences / other.sentences, 1.0)
    least = BRIEF_SENTENCES if of_new == of_other == 1.0 else COPY_SENTENCES
    if shared.sentences < least or abs((new.day - other.day).days) > COPY_DAYS:
        return None
    similarity = of_new if new.sentences <= other.sentences else of_other
    has_lead = _is_lead(shared.first, new) or _is_lead(shared.other_first, other)
    if similarity < (COPY_SHARE if has_lead else COPY_SHARE_WITHOUT_LEAD):
        return None
    basis, is_new_first = order_pair(new, other)
    copy, original = (other, new) if is_new_first else (new, other)
    of_copy, of_original = (of_other, of_new) if is_new_first else (of_new, of_other)
    if of_copy < LEAST_OF_COPY:
        return None
    return Copied(copy, original, basis, round(similarity, 3), round(of_copy, 3), round(of_original, 3))


def _is_lead(sentence: int, article: Sketched) -> bool:
    return sentence == 0 or (sentence == 1 and article.sentences >= LONG_TEXT)


def order_pair(new: Sketched, other: Sketched) -> tuple[Basis, bool]:
    """How it is known which of two came first, and whether it is the new one.

    Who credits the other's wire repeats it, whenever we came to see it; else the time of publication decides, where
    both have one that can be trusted, else our first sight: the lake's wins over one of the same moment.
    """
    credits_other, credits_new = new.origin == other.wire_id, other.origin == new.wire_id
    if credits_other != credits_new:
        return "credit", credits_new
    ours, theirs = trust_time(new), trust_time(other)
    if ours and theirs and abs(ours - theirs) >= SAME_TIME:
        return "published", ours < theirs
    return "seen", new.first_seen_at < other.first_seen_at


def trust_time(article: Sketched) -> datetime | None:
    """When an article was published, where that tells an order; None for a day alone, a time of an update, a guess."""
    told = article.published_at
    is_day = told is None or (told.hour, told.minute, told.second) == (0, 0, 0)
    return None if is_day or article.published_source not in TRUSTED_TIMES else told
