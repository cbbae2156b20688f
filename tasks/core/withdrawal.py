"""Has a wire taken its story back? A notice in place of the text, told from a story about some withdrawal. Pure."""

from __future__ import annotations

import re

_NOTICE_LENGTH = 1_500  # characters; a notice with its reasons is shorter, a story about troops is mostly longer
_SHRUNK = 0.6  # and it is shorter than this share of the story in whose place it stands
_STORY = (
    r"(?:story|stories|article|report|item|dispatch|piece|page|post|column|news|headline|alert|content|copy|version)"
)
_GONE = (
    r"(?:withdrawn|retracted|removed|deleted|killed|taken down|unpublished|pulled|rescinded|no longer available|"
    r"not available any ?more|withdraw(?:s|ing)?|retract(?:s|ing)?)"
)
_NOTICE = re.compile(
    rf"\b(?:this|the|our|an?|above|earlier|previous(?:ly published)?|following)\s+(?:\w+\s+){{0,3}}{_STORY}\b"
    r"[^.!?\n]{0,60}"
    rf"\b(?:has|have|had|is|was|were|are)\s+(?:been\s+|being\s+|since\s+|now\s+)*{_GONE}"
    rf"|\b(?:withdraw|retract|kill|remov|delet)(?:s|ing|ed|es|e)?\s+(?:this|the|its|our|an?)\s+(?:\w+\s+){{0,3}}{_STORY}\b"
    rf"|\b(?:please\s+)?(?:disregard|do not use|kill|ignore)\s+(?:this|the|our|all)\s+(?:\w+\s+){{0,3}}{_STORY}\b"
    rf"|\b{_STORY}\s+(?:withdrawn|retracted|removed|killed|no longer available)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"^\W*(?:(?:mandatory|bulletin)\s+)?(?:withdrawn|withdrawal|retracted|retraction|kill|removed|story withdrawn|"
    r"advisory[\s:-]+(?:story\s+)?withdrawn)\b\s*[:\-–—)\]]",
    re.IGNORECASE,
)


def find_withdrawal(title: str, text: str, length_before: int) -> str | None:
    """The sentence by which the story is taken back, or None. `length_before` is that of the stored text."""
    if _TITLE.search(title):
        return title
    if len(text) > _NOTICE_LENGTH or len(text) > _SHRUNK * length_before:
        return None
    found = _NOTICE.search(text)
    return _sentence_around(text, found.start(), found.end()) if found else None


def _sentence_around(text: str, start: int, end: int) -> str:
    first = max(text.rfind(mark, 0, start) for mark in (". ", "! ", "? ", "\n")) + 1
    ends = [at for at in (text.find(mark, end) for mark in (".", "!", "?", "\n")) if at >= 0]
    return text[first : min(ends) + 1 if ends else len(text)].strip()[:300]
