"""Who made a story is not in it: the credits at its end, and the line of its author."""

from __future__ import annotations

import re

_MADE = r"(?:reporting|writing|editing|translation|photography|graphics) by\b"
_CREDIT = re.compile(
    rf"\([\w ]{{0,40}}\b{_MADE}[^()\n]*\)|^[\w ]{{0,40}}\b{_MADE}[^\n]*"
    r"|^[^\n]*\bcontributed (?:reporting\b|to this (?:report|story|article)\b)[^\n]*"
    r"|^(?=[^\n]*\b(?:writer|journalist|reporter|correspondent)s?\b)[^\n]*\bcontributed\.?[ \t]*$"
    r"|^(?-i:By [A-Z][\w.'-]*(?: [A-Z][\w.'-]*){1,3}(?:(?:,| and ) ?[A-Z][^\n.]{0,60})?[ \t]*$)",
    re.M | re.I,
)
_GLANCE = ("ing by ", "contributed", "graphics by ", "translation by ", "photography by ", "\nBy ")


def find_credits(text: str) -> tuple[tuple[int, int], ...]:
    """The stretches of the text that name its makers."""
    is_there = text.startswith("By ") or any(words in text for words in _GLANCE)
    return tuple(match.span() for match in _CREDIT.finditer(text)) if is_there else ()
