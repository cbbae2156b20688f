"""A feed's bytes into its entries.

bytes -> text -> sniff -> refuse bombs -> mend -> feedparser (RSS, RDF, Atom) or JSON -> clean entries, unique keys
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from tasks.core.address.forms import canonical_url
from tasks.core.failures import make_failure
from tasks.core.feed.charset import decode_feed
from tasks.core.feed.dates import read_feed_date
from tasks.core.feed.entries import RawEntry, Shelf, make_entry, settle_keys
from tasks.core.feed.json_feed import read_json_feed
from tasks.core.feed.parser import is_sound, read_field, read_raw, run_parser
from tasks.core.feed.repair import (
    MAX_ENTRIES,
    FeedXml,
    close_sections,
    drop_illegal,
    is_entity_bomb,
    is_tag_bomb,
    sniff_feed,
    split_feed,
)
from tasks.core.feed.salvage import salvage_entries
from tasks.core.model import Failure, Feed, FeedBody
from tasks.core.plain import plain_line

_CAUSES = {
    "html_not_feed": "the answer is a web page, not a feed",
    "not_a_feed": "the answer is neither XML nor JSON of a feed",
    "unsupported_format": "the answer is XML, but neither RSS, RDF nor Atom",
}
_DATE = re.compile(
    r"<(?:[\w.-]+:)?(?:pubDate|published|updated|date|issued|modified)[^>]*>\s*(?:<!\[CDATA\[)?([^<\]]{4,80})", re.I
)


def parse_feed(body: bytes, content_type: str | None, feed: Feed, polled_at: datetime) -> FeedBody | Failure:
    """The entries of a feed body, or why it has none. Nothing is raised, whatever the bytes are.

    `remarks` of the body say what was mended, such as `illegal_characters:3`, `truncated:last entry dropped`,
    `charset_guess:cp1251:0.64` (how sure, 0 to 1), `too_many_entries:9000`, `unreadable_entries:1`, `bad_link:2`,
    `bad_date:1`, `hidden_marks:1` (a title that disguised what it says).
    """
    if not body.strip(b"\x00 \t\r\n"):
        return make_failure("empty_body", "the answer is empty")
    text, remarks = decode_feed(body, content_type)
    form = sniff_feed(text)
    if form == "json":
        return _parse_json(text, remarks, feed, polled_at)
    if form != "xml":
        return make_failure(form, _CAUSES[form])
    if is_entity_bomb(text):
        return make_failure("xml_bomb", "the XML declares entities as no feed does")
    text, illegal = drop_illegal(text)
    if illegal:
        remarks = (*remarks, f"illegal_characters:{illegal}")
    text, closed = close_sections(text)
    if closed:
        remarks = (*remarks, f"unclosed_sections:{closed}")
    document = split_feed(text, lambda entry: _newness(entry, feed.zone))
    calm = [entry for entry in document.entries if not is_tag_bomb(entry)]
    frame = document.head + document.tail
    if is_tag_bomb(frame) or (document.entries and not calm):
        return make_failure("xml_bomb", "the XML nests or repeats its elements as no feed does")
    bombs = len(document.entries) - len(calm)
    document = replace(document, entries=tuple(calm))
    return _parse_xml(document, (*remarks, *document.remarks), feed, polled_at, bombs)


def _parse_json(text: str, remarks: tuple[str, ...], feed: Feed, polled_at: datetime) -> FeedBody | Failure:
    read = read_json_feed(text)
    if isinstance(read, Failure):
        return read
    title, home, raws = read
    if len(raws) > MAX_ENTRIES:
        remarks = (*remarks, f"too_many_entries:{len(raws)}")
        raws = raws[:MAX_ENTRIES]
    return _collect(title, raws, Shelf(feed, home or feed.url, canonical_url(home), polled_at), remarks)


def _parse_xml(
    document: FeedXml, remarks: tuple[str, ...], feed: Feed, polled_at: datetime, unreadable: int = 0
) -> FeedBody | Failure:
    parsed = run_parser(document.whole())
    if document.entries and not is_sound(parsed, len(document.entries)):
        raws, lost = salvage_entries(document, parsed)
        unreadable += lost
        parsed = run_parser(document.head + document.tail)  # fields of a broken entry may pass for the feed's own
    else:
        raws = [] if isinstance(parsed, Exception) else [read_raw(entry) for entry in parsed.entries]
    channel: Any = {} if isinstance(parsed, Exception) else parsed.feed
    fault = parsed if isinstance(parsed, Exception) else parsed.bozo and parsed.bozo_exception
    if not raws and (unreadable or (fault and not channel)):
        cause = f"the feed's XML cannot be read ({_name_error(fault)})" if fault else "none of its entries can be read"
        return make_failure("feed_unreadable", cause)
    if unreadable:
        remarks = (*remarks, f"unreadable_entries:{unreadable}")
    home = canonical_url(read_field(channel, "link"), feed.url)
    return _collect(read_field(channel, "title"), raws, Shelf(feed, home or feed.url, home, polled_at), remarks)


def _collect(title: str, raws: Sequence[RawEntry], shelf: Shelf, remarks: tuple[str, ...]) -> FeedBody:
    """Clean entries with settled keys; the remarks of entries are counted, one word each."""
    made = [make_entry(raw, shelf) for raw in raws]
    entries, repeated = settle_keys(entry for entry, _ in made)
    counts = Counter(remark for _, marks in made for remark in marks)
    return FeedBody(
        plain_line(title)[:300], entries, repeated, (*remarks, *(f"{mark}:{n}" for mark, n in sorted(counts.items())))
    )


def _newness(entry: str, zone: str) -> float:
    """How new an entry's XML says that it is, in seconds; 0 where it says nothing."""
    match = _DATE.search(entry)
    moment = read_feed_date(match[1], zone) if match else None
    return moment.timestamp() if moment else 0.0


def _name_error(error: BaseException) -> str:
    return f"{type(error).__name__}: {str(error)[:120]}".strip(": ")
