"""What a person searches for, as an expression that SQLite's FTS5 takes and that means nothing else. Pure.

    summit "peace deal" ceasef* NOT cancelled (Kyiv OR Kiev)  ->  every term quoted, every operator written out

Words side by side must all stand; AND, OR and NOT are operators in capitals only, NOT binds first, then AND, then OR.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.core.errors import BadInput

MOST_TERMS = 64
MOST_CHARACTERS = 1000

_TOKEN = re.compile(r'"([^"]*)"(\*?)|([()])|([^\s()"]+)')
_OPERATORS = frozenset({"AND", "OR", "NOT"})
_OPEN, _CLOSE = "(", ")"


def parse_words(given: str) -> str:
    """The expression for MATCH. Raises BadInput in one sentence where it would say nothing, or too much."""
    clean = given.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")
    if len(clean) > MOST_CHARACTERS:
        raise BadInput(f"A search of {len(clean):,} characters is too long; {MOST_CHARACTERS:,} are the most.")
    if clean.count('"') % 2:
        raise BadInput("A quotation mark has no other half; close the phrase, or leave the mark out.")
    tokens = [token for match in _TOKEN.finditer(clean) if (token := _read_token(match))]
    terms = sum(token.startswith('"') for token in tokens)
    if not terms:
        raise BadInput("There is no letter and no digit to search for; give words, a phrase in quotes, or a pref*.")
    if terms > MOST_TERMS:
        raise BadInput(f"A search of {terms} words is too long; {MOST_TERMS} are the most.")
    return _Parser(tokens).parse()


def _read_token(match: re.Match[str]) -> str:
    """A bracket or operator as it is, a term in quotes; nothing where a term has no letter and no digit."""
    phrase, star, bracket, word = match.groups()
    if bracket or word in _OPERATORS:
        return bracket or word
    if phrase is None:
        star = "*" if word.endswith("*") else ""
        phrase = word
    if not any(character.isalnum() for character in phrase):
        return ""
    return '"' + phrase.strip("*") + '"' + (" *" if star else "")


class _Parser:
    """Recursive descent over the tokens; the number of terms bounds how deep it goes."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self._tokens = tokens
        self._at = 0

    def parse(self) -> str:
        if self._tokens.count(_OPEN) > MOST_TERMS:
            raise BadInput("There are too many brackets in the search; take some out.")
        found = self._either()
        if self._peek():
            raise BadInput("A bracket is closed in the search that was never opened; leave it out, or open it.")
        return found

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self, token: str) -> bool:
        is_there = self._peek() == token
        self._at += is_there
        return is_there

    def _either(self) -> str:
        parts = [self._all()]
        while self._take("OR"):
            parts.append(self._all())
        return _join(" OR ", parts)

    def _all(self) -> str:
        parts = [self._without()]
        while self._take("AND") or self._peek() not in {"", "OR", _CLOSE}:
            parts.append(self._without())
        return _join(" AND ", parts)

    def _without(self) -> str:
        found = self._one()
        while self._take("NOT"):
            found = f"({found} NOT {self._one()})"
        return found

    def _one(self) -> str:
        if self._take(_OPEN):
            found = self._either()
            if not self._take(_CLOSE):
                raise BadInput("A bracket is open at the end of the search; close it, or leave it out.")
            return found
        token = self._peek()
        if not token.startswith('"'):
            what = f"before {token!r}" if token else "at its end"
            raise BadInput(f"The search lacks a word {what}; AND, OR and NOT in capitals stand between words.")
        self._at += 1
        return token


def _join(operator: str, parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({operator.join(parts)})"
