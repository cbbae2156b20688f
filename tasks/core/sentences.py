"""Paragraphs and sentences of a text, with exact offsets.

A line is a paragraph, unless the whole text is hard-wrapped: then a blank line parts paragraphs. A short line without
final punctuation (a subhead) is a heading: it is given as a sentence of its own with `is_heading` and is never part of
another. Sentences are trimmed of the space around them; nothing else of the text is altered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text: `text == source[start:end]`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or heading of the text; `paragraph` counts from 0."""

    text: str
    start: int
    end: int
    is_heading: bool
    paragraph: int


# A heading is shorter than this, in characters and words: longer lines without a full stop are damaged prose.
_HEADING_CHARS = 90
_HEADING_WORDS = 13
# Hard-wrapped copy (ANPA, IPTC 7901, mail) has lines of at most 100 characters, most of which end inside a sentence.
_WRAP_WIDTH = 100
_WRAP_LINES = 5

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_BLOCK = re.compile(r"\S(?:.|\n(?![ \t]*(?:\n|\Z)))*")
_FINAL = re.compile(r"[.!?…:;,][\"”’'»)\]]*$")
_END = re.compile(
    r"[.!?…](?:(?<=…)|(?<!…)[.!?]*)"  # the mark; the set at its head is what the search skips by
    r"([\"”’'»)\]]*)"  # what closes with it
    r"\s+"
    r"(?=[\"“‘'«(\[—–•-]*\s*[A-Z0-9À-ÖØ-ÞА-Я]|[\"“«](?:\.{2,3}|…|[@#])\s?\w)"
)
_WORD_BEFORE = re.compile(r"[\w.’'&-]+$")
_ABBREVIATIONS = frozenset(
    """mr mrs ms mx dr prof gen col lt sgt capt maj adm cmdr brig gov sen rep reps sens pres rev hon fr st ste mt ft jr sr
    messrs mme mlle vs v viz cf approx est dept univ assn bros e.g i.e fig art sec vol pp ed eds op cit al ret insp supt det
    cpl pvt amb sec asst dir mgr hrh h.e ph.d m.d n.b lt.gen maj.gen
    ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa tenn tex vt
    va wash wis wyo""".split()
)
_DIGIT_ABBREVIATIONS = frozenset(
    """no nos art sec par paras ch jan feb mar apr jun jul aug sep sept oct nov dec p pp c ca""".split()
)
# Abbreviations that end a sentence as often as not: the next word decides.
_EITHER = frozenset(
    """u.s u.n u.k e.u d.c u.a.e u.s.a u.s.s.r a.m p.m inc corp ltd co plc llc jr sr etc bn n.y l.a g.m.t""".split()
)
_STARTERS = frozenset(
    """the a an he she it they we i you in on at but and however meanwhile this that these those there his her its their
    our after before since when while as if although though for from to by with no not also both one two such some many
    most more what who earlier later last next now then yet still so under according asked""".split()
)
_SPEECH_AFTER = re.compile(
    r"[\"“”]?(?:[A-Z][\w.’'-]*\s+|the\s+|a\s+|\w+\s+minister\s+){1,4}"
    r"(?:said|says|asked|asks|told|added|wrote|exclaimed|replied|responded|shouted|joked|wondered|tweeted|posted)\b"
)


@lru_cache(maxsize=2)  # sentences and quotations of a story ask for the same ones, in turn
def split_paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs of the text, trimmed, in order; lines without any word are left out."""
    pattern = _BLOCK if is_hard_wrapped(text) else _LINE
    stretches = (_trim(text, *match.span()) for match in pattern.finditer(text))
    return tuple(Span(text[start:end], start, end) for start, end in filter(None, stretches))


@lru_cache(maxsize=2)  # the readers of a story ask for the same one, in turn
def split_sentences(text: str, start: int = 0) -> tuple[Sentence, ...]:
    """The sentences and headings of the text from `start` on, in order."""
    return tuple(_walk(text, start))


def is_hard_wrapped(text: str) -> bool:
    """Whether lines end where the column ended, not where a paragraph did."""
    if text.count("\n") < _WRAP_LINES:
        return False
    lines: list[str] = []
    for line in map(str.strip, text.splitlines()):
        if len(line) > _WRAP_WIDTH:
            return False
        lines += [line] if line else []
    if len(lines) < _WRAP_LINES:
        return False
    flowing = sum(1 for line, after in zip(lines, lines[1:], strict=False) if len(line) > 45 and after[:1].islower())
    return flowing * 4 >= len(lines)


def is_heading(line: str) -> bool:
    """Whether a line of its own is a subhead: short, begins like a title, has a letter and no final punctuation."""
    if len(line) > _HEADING_CHARS or _FINAL.search(line) or not line[:1].strip():
        return False
    first = line.lstrip("\"“‘'«([*#- ")[:1]
    return (first.isupper() or first.isdigit()) and len(line.split()) <= _HEADING_WORDS


def _walk(text: str, start: int) -> Iterator[Sentence]:
    number = 0
    for paragraph in split_paragraphs(text):
        if paragraph.end <= start:
            number += 1
            continue
        begin = max(paragraph.start, start)
        is_whole = begin == paragraph.start
        if is_whole and is_heading(paragraph.text):
            yield Sentence(paragraph.text, paragraph.start, paragraph.end, True, number)
        else:
            for low, high in _split_paragraph(text, begin, paragraph.end):
                yield Sentence(text[low:high], low, high, False, number)
        number += 1


def _split_paragraph(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    done = start
    for match in _END.finditer(text, start, end):
        if _ends_sentence(text, done, match) and (span := _trim(text, done, match.start() + _mark_length(match))):
            yield span
            done = match.end()
    if span := _trim(text, done, end):
        yield span


def _mark_length(match: re.Match[str]) -> int:
    return len(match.group().rstrip())


def _ends_sentence(text: str, done: int, match: re.Match[str]) -> bool:
    """Whether the mark ends a sentence: it is no abbreviation, not inside brackets, and no quotation goes on."""
    closing, after = match.group(1), match.end()
    if _is_in_brackets(text, done, match):
        return False
    mark = text[match.start()]
    if mark != ".":
        return not (closing and _SPEECH_AFTER.match(text, after))
    word = _WORD_BEFORE.search(text, max(done, match.start() - 24), match.start())
    if word is None or closing:
        return True
    return not _is_abbreviation(word.group(), text, after)


def _is_abbreviation(word: str, text: str, after: int) -> bool:
    plain = word.lower().lstrip("'’-")
    next_char = text[after] if after < len(text) else ""
    if plain in _EITHER:
        follower = re.match(r"[\"“‘'(\[]*([A-Za-z]+)", text[after : after + 24])
        return follower is None or follower[1].lower() not in _STARTERS
    if plain in _DIGIT_ABBREVIATIONS and next_char.isdigit():
        return True
    if plain in _ABBREVIATIONS:
        return True
    # An initial ("Donald J. Trump", "V. Putin"), or letters with dots between ("J.D. Vance").
    return (len(plain) == 1 and word.isupper() and word not in "I") or bool(re.fullmatch(r"(?:[A-Z]\.-?)+[A-Z]", word))


def _is_in_brackets(text: str, done: int, match: re.Match[str]) -> bool:
    """Whether a bracket opened in this sentence is still open after the mark and closes within 300 characters."""
    inside = text[done : match.end()]
    for opening, closing in ("()", "[]"):
        if (
            opening in inside
            and inside.count(opening) > inside.count(closing)
            and not inside.lstrip().startswith(opening)
        ):
            close = text.find(closing, match.end(), match.end() + 300)
            if close >= 0 and "\n" not in text[match.end() : close]:
                return True
    return False


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The stretch without the space around it, or None if no letter or digit is left."""
    stretch = text[start:end]
    piece = stretch.lstrip()
    start += len(stretch) - len(piece)
    piece = piece.rstrip()
    return (start, start + len(piece)) if any(map(str.isalnum, piece)) else None
