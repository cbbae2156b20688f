"""What is mended in a feed's text before the parser sees it, and what is refused.

One illegal character reference makes the parser lose all entries, a missing end costs the last one its half, a
hundred thousand entries take half a minute: each is dealt with here, in linear time, and leaves a remark.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

MAX_ENTRIES = 2000  # a parser takes 24 s for 100,000; no wire lists that many stories
MAX_DEPTH = 200  # elements within each other in one entry; real feeds stay under 12, unescaped HTML under 60
MAX_TAGS = 40_000  # tags in one entry; the longest real ones have some hundreds, and a million take 15 s to parse
MAX_ATTRIBUTES = 500  # of one tag: 20,000 take 8 s, since each is compared with all before it

_ROOT = re.compile(r"<(?P<name>(?:[A-Za-z_][\w.-]*:)?(?:rss|feed|rdf|channel))(?=[\s>/])", re.IGNORECASE)
_OTHER_ROOT = re.compile(r"<(?P<name>[A-Za-z_][\w:.-]*)(?=[\s>/])")
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|script|title)\b", re.IGNORECASE)
_SILENT = re.compile(r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)
_HIDDEN = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)
_ENTITY = re.compile(r"<!\s*ENTITY\b[^>]*>?", re.IGNORECASE)
# The only entities that feeds declare in earnest: short names for a character or two, and the sets of such names that
# RSS 1.0 took from XHTML (never fetched: the parser drops them).
_HARMLESS_ENTITY = re.compile(
    r"<!ENTITY\s+[\w.-]{1,40}\s+(?:\"(?:[^\"&%<]|&#\w{1,8};){0,32}\"|'(?:[^'&%<]|&#\w{1,8};){0,32}')\s*>"
    r"|<!ENTITY\s+%\s+[\w.-]{1,40}\s+PUBLIC\s+\"-//W3C//ENTITIES [^\"<>]{1,60}\"\s+\"[^\"<>]{1,100}\"\s*>"
)
_REFERENCE = re.compile(r"&#(?:([0-9]{1,20})|[xX]([0-9a-fA-F]{1,20}));?")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_TAG = re.compile(r"<(/?)([A-Za-z_][\w:.-]*)[^<>]*?(/?)>")
_VOID = frozenset({"br", "img", "hr", "input", "meta", "wbr", "source", "embed", "col", "area"})
_ENTRY_START = re.compile(r"<(?P<name>(?:[A-Za-z_][\w.-]*:)?(?:item|entry))(?=[\s>/])", re.IGNORECASE)
_ENTRY_END = re.compile(r"</(?:[A-Za-z_][\w.-]*:)?(?:item|entry)\s*>", re.IGNORECASE)
# The end of an entry where another begins or the feed ends: no section that a wire means holds one.
_ENTRY_BOUNDARY = re.compile(
    r"</(?:[\w.-]+:)?(?:item|entry)\s*>(?=\s*(?:<(?:[\w.-]+:)?(?:item|entry)[\s>/]|</(?:channel|feed|rss|[\w.-]+:rdf)))",
    re.IGNORECASE,
)
_MOST_CLOSED = 100  # each is a search to the end of the feed
_SNIFF_CHARS = 8_000


@dataclass(frozen=True, slots=True)
class FeedXml:
    """A feed's XML from its root on. `head` comes before the entries, `tail` after them; all without declarations."""

    root: str
    head: str
    entries: tuple[str, ...]
    tail: str
    remarks: tuple[str, ...]

    def whole(self) -> str:
        """The document that the parser gets."""
        return self.head + "".join(self.entries) + self.tail


def sniff_feed(text: str) -> str:
    """What a body is, by its beginning: `xml`, `json`, `html_not_feed`, `unsupported_format` or `not_a_feed`."""
    start = _SILENT.sub("", text[: 4 * _SNIFF_CHARS].lstrip("\ufeff \t\r\n\x00"))[:_SNIFF_CHARS].lstrip()
    if start.startswith(("{", "[")):
        return "json"
    page, root = _HTML.search(start), _ROOT.search(start)
    if root is not None and (page is None or root.start() < page.start() or start.startswith("<br")):
        return "xml"
    if page is not None:
        return "html_not_feed"
    other = _OTHER_ROOT.search(start)
    return "unsupported_format" if other is not None and "<?xml" in text[:_SNIFF_CHARS] else "not_a_feed"


def is_entity_bomb(text: str) -> bool:
    """Does the document declare any entity that is more than a short name for a character?"""
    if not re.search(r"<!\s*ENTITY", text, re.IGNORECASE):
        return False
    bare = _HIDDEN.sub("", text)
    return any(not _HARMLESS_ENTITY.fullmatch(match[0]) for match in _ENTITY.finditer(bare))


def is_tag_bomb(text: str) -> bool:
    """Are elements nested, strung together or laden as in no feed? Markup inside CDATA does not count."""
    depth = tags = 0
    for match in _TAG.finditer(_HIDDEN.sub("", text)):
        name = match[2].lower()
        tags += 1
        if match[1]:
            depth = max(0, depth - 1)
        elif name in {"item", "entry"}:
            depth = tags = 0  # what an earlier entry left open is not held against this one
        elif not match[3] and name not in _VOID:
            depth += 1
        if depth > MAX_DEPTH or tags > MAX_TAGS or match[0].count("=") > MAX_ATTRIBUTES:
            return True
    return False


def drop_illegal(text: str) -> tuple[str, int]:
    """The text without the characters and character references that XML forbids, and how many there were."""
    count = 0

    def judge(match: re.Match[str]) -> str:
        nonlocal count
        if _is_legal(int(match[1]) if match[1] else int(match[2], 16)):
            return match[0]
        count += 1
        return ""

    text = _REFERENCE.sub(judge, text)
    text, plain = _ILLEGAL.subn("", text)
    return text, count + plain


def _is_legal(code: int) -> bool:
    return code in {9, 10, 13} or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF


def close_sections(text: str) -> tuple[str, int]:
    """Comments and CDATA that one entry opens and never closes, closed at its end, and how many there were.

    Left open they hide the entries after them, up to the next end of such a section.
    """
    parts: list[str] = []
    place = closed = 0
    is_inside = False
    while closed < _MOST_CLOSED and (section := _HIDDEN.search(text, place)) is not None:
        before = text[place : section.start()]
        starts = [match.start() for match in _ENTRY_START.finditer(before)]
        ends = [match.start() for match in _ENTRY_END.finditer(before)]
        if starts or ends:
            is_inside = max(starts, default=-1) > max(ends, default=-1)
        end = _ENTRY_BOUNDARY.search(text, section.start(), section.end()) if is_inside else None
        place, begun = section.end(), place
        if end is not None:
            place = end.start()
            closed += 1
        parts.append(text[begun:place])
        if end is not None:
            parts.append("]]>" if section[0].startswith("<![") else "-->")
    return ("".join([*parts, text[place:]]), closed) if closed else (text, 0)


def split_feed(text: str, newness: Callable[[str], float]) -> FeedXml:
    """The mended document in parts: junk around the root cut, a half last entry dropped, only the newest entries kept.

    `newness` ranks the XML of one entry (higher is newer); it is asked only where there are too many entries.
    """
    remarks: list[str] = []
    text = _cut_junk(_XML_DECLARATION.sub("", text, count=1), remarks)
    masked = _mask(text)  # so that tags inside CDATA and comments are not taken for the feed's own
    root = _ROOT.search(masked, 0, 4 * _SNIFF_CHARS)
    name = root["name"] if root else "rss"
    body, masked, tail = _cut_at_end(text, masked, name, remarks)
    spans = _entry_spans(masked)
    if not spans:
        body, tail = _cut_uneven(body, masked, tail, name, remarks)
        return FeedXml(name, body, (), tail, tuple(remarks))
    entries = [body[start:end] for start, end in spans]
    if len(entries) > MAX_ENTRIES:
        remarks.append(f"too_many_entries:{len(entries)}")
        entries = _keep_newest(entries, newness)
    return FeedXml(name, body[: spans[0][0]], tuple(entries), body[spans[-1][1] :] + tail, tuple(remarks))


def _mask(text: str) -> str:
    return _HIDDEN.sub(lambda match: " " * len(match[0]), text)


def _cut_junk(text: str, remarks: list[str]) -> str:
    """Whatever a broken template printed before the document."""
    start = text.lstrip("\ufeff \t\r\n")
    declared = start.find("<?xml", 0, _SNIFF_CHARS)
    if declared > 0 and not start.startswith("<"):
        remarks.append("junk_before")
        return _XML_DECLARATION.sub("", start[declared:], count=1)
    root = _ROOT.search(start, 0, _SNIFF_CHARS)
    if root is not None and not start.startswith("<"):
        remarks.append("junk_before")
        return start[root.start() :]
    return start


def _cut_at_end(text: str, masked: str, name: str, remarks: list[str]) -> tuple[str, str, str]:
    """The text up to its root's end tag; where that is missing, without the half entry, and with end tags that fit."""
    ends = list(re.finditer(rf"</\s*{re.escape(name)}\s*>", masked, re.IGNORECASE))
    if ends:
        return text[: ends[-1].end()], masked[: ends[-1].end()], ""
    starts = list(_ENTRY_START.finditer(masked))
    closed = [match.end() for match in _ENTRY_END.finditer(masked)]
    keep = max([closed[-1] if closed else 0, starts[0].start() if starts else 0])
    if not starts:
        remarks.append("truncated")
        return text, masked, ""
    half = [start for start in starts if start.start() >= keep]
    remarks.append("truncated:last entry dropped" if half else "truncated")
    return text[:keep], masked[:keep], _end_tags(name)


def _end_tags(name: str) -> str:
    return "</channel></rss>" if name.lower().endswith("rss") else f"</{name}>"


def _cut_uneven(body: str, masked: str, tail: str, name: str, remarks: list[str]) -> tuple[str, str]:
    """Too many entries in a document whose entries cannot be told apart: its first ones."""
    starts = [match.start() for match in _ENTRY_START.finditer(masked)]
    if len(starts) <= MAX_ENTRIES:
        return body, tail
    remarks.append(f"too_many_entries:{len(starts)}")
    return body[: starts[MAX_ENTRIES]], _end_tags(name)


def _entry_spans(masked: str) -> list[tuple[int, int]]:
    """Where each entry begins and ends, with the blanks after it, so that the spans lie next to each other."""
    starts = [match.start() for match in _ENTRY_START.finditer(masked)]
    ends = [match.end() for match in _ENTRY_END.finditer(masked)]
    if not starts or len(starts) != len(ends):
        return []
    if any(not start < end for start, end in zip(starts, ends, strict=True)):
        return []
    if any(following < end for following, end in zip(starts[1:], ends, strict=False)):
        return []
    return list(zip(starts, ends, strict=True)) if _is_contiguous(masked, starts, ends) else []


def _is_contiguous(masked: str, starts: list[int], ends: list[int]) -> bool:
    """Nothing but blanks between entries: else the document is left in one piece."""
    return all(not masked[end:start].strip() for end, start in zip(ends, starts[1:], strict=False))


def _keep_newest(entries: list[str], newness: Callable[[str], float]) -> list[str]:
    """The newest entries, in feed order; of entries that are equally new (undated) the first ones."""
    ranked = sorted(range(len(entries)), key=lambda place: (-newness(entries[place]), place))
    return [entries[place] for place in sorted(ranked[:MAX_ENTRIES])]
