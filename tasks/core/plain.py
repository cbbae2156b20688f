"""Markup to plain text: what a feed says, without tags, entities, invisible characters or scripts.

Feeds escape twice, leave tags in titles and hide characters. Only known HTML elements are taken for markup, so that
"x < y" and "<unknown> gunmen" stay words. Every pattern runs in linear time on hostile input.
"""

from __future__ import annotations

import html
import re
from html.entities import html5

from tasks.core.text import clean_line, join_paragraphs

_BLOCKS = (
    "address article aside blockquote body br center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr "
    "html li main nav ol p pre section table tbody td tfoot th thead tr ul"
)
_INLINE = (
    "a abbr acronym amp-img audio b base basefont bdi bdo big button cite code col colgroup data datalist del details "
    "dfn dialog em embed font frame frameset hgroup i img input ins kbd label legend link map mark menu meta meter "
    "optgroup option output param picture progress q rp rt ruby s samp search select slot small source span strike "
    "strong sub summary sup time title track tt u var video wbr"
)
# Elements whose content is no text of the story.
_DROPPED = "script style noscript iframe object svg math template head figure textarea applet canvas"
_BARE = (
    "allowfullscreen async autoplay checked compact controls defer disabled hidden ismap loop muted nofollow noshade "
    "nowrap open readonly required reversed selected"
)
_BARE_ATTRIBUTES = frozenset(_BARE.split())
_BLOCK_NAMES = frozenset(_BLOCKS.split())
_NAMES = _BLOCK_NAMES | frozenset(_INLINE.split()) | frozenset(_DROPPED.split())

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<!\[CDATA\[|\]\]>|<!doctype[^>]*>|<\?[a-z][^>]*>", re.DOTALL | re.IGNORECASE)
_DROP = re.compile(rf"<({'|'.join(_DROPPED.split())})\b[^<>]*(?<!/)>.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
# A tag: its name, then attributes whose quoted values may hold anything; possessive, so that nothing is tried twice.
_TAG = re.compile(
    r"</?([a-z][a-z0-9:_-]{0,40})(?:\s|/)*+(?:[^<>\"']|\"[^\"<]{0,2000}+\"|'[^'<]{0,2000}+')*+>", re.IGNORECASE
)
_LOOSE_TAG = re.compile(r"</?([a-z][a-z0-9:_-]{0,40})(?=[\s/>])[^<>]{0,2000}>", re.IGNORECASE)
_HALF_TAG = re.compile(r"<(?:a|img|p|br|div|span|iframe)\b[^<>]*\Z|<!--[^>]*\Z", re.IGNORECASE)
_ENTITY = re.compile(r"&(#[0-9]{1,9}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});")
# Bidi controls, invisible operators, annotation marks, tag characters: they only disguise what a headline says.
_HIDDEN = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2061-\u2069\ufff9-\ufffc\U000e0000-\U000e007f]")
_OVERRIDE = re.compile("[\u202d\u202e]")  # the other marks of direction stand in honest Arabic and Hebrew titles
# Zero-width (non-)joiners spell words in Persian and Indic scripts and join emoji; among other letters they only hide.
_JOINER = re.compile("(?<![\u0590-\u10ff\u1780-\u18af\u2600-\u27bf\U0001f000-\U0001faff\ufe0f])[\u200c\u200d]")
_ROUNDS = 3  # how often text is unescaped: once as it should be, twice for feeds that escape twice, once for luck


def plain_line(markup: str) -> str:
    """The text of a title, name or deck on one line."""
    return unhide(clean_line(_fold(_strip(_fold(markup), " "))))


def plain_paragraphs(markup: str) -> str:
    """The text of a feed's full content: paragraphs with one blank line between them."""
    if _has_markup(markup):
        parts = _strip(_fold(markup), "\n\n").split("\n\n")
    else:
        parts = [_strip(line, " ") for line in markup.splitlines()]
    return join_paragraphs(unhide(clean_line(_fold(part))) for part in parts)


def _fold(text: str) -> str:
    """White space folded. Patterns over blanks take quadratic time on a long run of them; this does not."""
    return " ".join(text.split())


def unhide(text: str) -> str:
    """The text without characters that cannot be seen and are no part of a word."""
    return _JOINER.sub("", _HIDDEN.sub("", text))


def hides(text: str) -> bool:
    """Does the text turn letters around, so that it shows as something else than it is?"""
    return _OVERRIDE.search(text) is not None


def unescape(text: str) -> str:
    """Entities that end in a semicolon resolved; illegal character references vanish. `&notice` stays as it is."""
    return _ENTITY.sub(_resolve, text) if "&" in text else text


def _resolve(match: re.Match[str]) -> str:
    if not match[1].startswith("#") and f"{match[1]};" not in html5:
        return match[0]  # else the library would read `&notice;` as `&not` and "ice;"
    resolved = html.unescape(match[0])
    return "" if resolved == "\ufffd" else resolved


def _has_markup(text: str) -> bool:
    return any(match[1].lower() in _BLOCK_NAMES for match in _TAG.finditer(unescape(text[:20_000])))


def _strip(text: str, block: str) -> str:
    """Tags out (block elements become `block`) and entities resolved, until nothing changes."""
    for _ in range(_ROUNDS):
        stripped = _strip_tags(text, block)
        resolved = unescape(stripped)
        if resolved == stripped:
            return resolved
        text = resolved
    return _strip_tags(text, block)


def _strip_tags(text: str, block: str) -> str:
    if "<" not in text and "]]>" not in text:
        return text

    def replace(match: re.Match[str]) -> str:
        if not _is_tag(match):
            return match[0]
        return block if match[1].lower() in _BLOCK_NAMES else ""

    text = _DROP.sub(block, _COMMENT.sub("", text))
    text = _LOOSE_TAG.sub(replace, _TAG.sub(replace, text))
    return _HALF_TAG.sub("", text)


def _is_tag(match: re.Match[str]) -> bool:
    """A known element whose rest looks like attributes: `<time datetime="...">`, not `<time unknown>`."""
    name = match[1].lower()
    rest = match[0][match.end(1) - match.start() : -1].strip(" /\t\n")
    is_known = name in _NAMES or ":" in name or "-" in name
    return is_known and ("=" in rest or all(word in _BARE_ATTRIBUTES for word in rest.lower().split()))
