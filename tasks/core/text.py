"""Text as it is stored: cleaned once, the same on every run, so that offsets and hashes keep their meaning.

Every `start`/`end` of a reading counts the characters of what `clean_text` returns. A page's text is a sequence of
paragraphs with one blank line between them; a heading stands alone in its paragraph, and the items of one list are
lines of one paragraph that begin with "- ".
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from tasks.core.noise import drop_noise

# Removed: control characters but tab and newline, lone surrogates (they cannot be stored as UTF-8), non-characters,
# and what only steers line breaks (soft hyphen, zero-width space, word joiner, byte order mark). Zero-width (non-)
# joiners stay, because Persian and Indic words are spelt with them; bidi marks stay, because they are the wire's own.
_REMOVED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\u00ad\u200b\u2060\ufeff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_TRAILING = re.compile(r" +(?=\n|\Z)")
_MANY_LINES = re.compile(r"\n{3,}")

# Spelt otherwise by other houses; by `replace` because `translate` asks a table for each character (0.3 ms a story).
_ALIKE = (("\u2018\u2019", "'"), ("\u201c\u201d", '"'), ("\u2010\u2011\u2013\u2014", "-"))


def clean_text(text: str) -> str:
    """Return `text` in the form in which it is stored; applying it twice changes nothing.

    Characters that cannot be stored or seen are removed, every line end is a newline, every blank is a space, blanks
    at line ends go, and three or more newlines become two. Blanks inside a line are kept, one for one.
    """
    text = _BLANKS.sub(" ", _LINE_ENDS.sub("\n", text))
    text = unicodedata.normalize("NFC", _REMOVED.sub("", text))
    return _MANY_LINES.sub("\n\n", _TRAILING.sub("", text)).strip()


def clean_line(text: str) -> str:
    """Return `text` cleaned and on one line, with single blanks: a title, a name, a sentence of a page."""
    return " ".join(clean_text(text).split())


def join_paragraphs(paragraphs: Iterable[str]) -> str:
    """Return clean text of these paragraphs, one blank line between them; empty ones are left out."""
    return "\n\n".join(cleaned for paragraph in paragraphs if (cleaned := clean_text(paragraph)))


def content_hash(title: str, text: str) -> str:
    """Return the 32 hex digits by which versions of one story are told apart.

    White space, the style of quotes and dashes, and what a page changes by itself (`tasks.core.noise`) do not count;
    every other character does, so that a corrected figure is a new version.
    """
    lines = (" ".join(line.split()) for line in _make_alike(clean_text(text)).split("\n"))
    counted = drop_noise(line for line in lines if line)
    headline = _make_alike(clean_line(title))
    return hashlib.sha256("\n".join([headline, " ".join(counted)]).encode()).hexdigest()[:32]


def _make_alike(text: str) -> str:
    """Return `text` with one kind of quotes and dashes."""
    for chars, plain in _ALIKE:
        for char in chars:
            if char in text:
                text = text.replace(char, plain)
    return text
