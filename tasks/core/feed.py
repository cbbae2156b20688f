"""A feed's bytes into its entries.

    bytes -> text -> sniff -> refuse bombs -> mend -> feedparser (RSS, RDF, Atom) or JSON -> clean entries, unique keys

feedparser is handed a stream of bytes and nothing else: given text, bytes or an address it would open files and URLs.
It neither sanitises nor resolves here (that is done by ours, three times faster), and whatever it raises is a value.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import feedparser

from tasks.core.address import canonical_url
from tasks.core.entries import RawEntry, Shelf, make_entry, settle_keys
from tasks.core.failures import make_failure
from tasks.core.feed_bytes import decode_feed
from tasks.core.feed_dates import read_feed_date
from tasks.core.feed_json import read_json_feed
from tasks.core.feed_repair import (
    MAX_ENTRIES,
    FeedXml,
    drop_illegal,
    is_entity_bomb,
    is_tag_bomb,
    sniff_feed,
    split_feed,
)
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
    `charset_guess:cp1251`, `too_many_entries:9000`, `unreadable_entries:1`, `bad_link:2`.
    """
    if not body.strip(b"\x00 \t\r\n"):
        return make_failure("empty_body", "the answer is empty")
    text, remarks = decode_feed(body, content_type)
    form = sniff_feed(text)
    if form == "json":
        return _parse_json(text, remarks, feed, polled_at)
    if form != "xml":
        return make_failure(form, _CAUSES[form])
    if is_entity_bomb(text) or is_tag_bomb(text):
        return make_failure("xml_bomb", "the XML declares entities, or nests its elements, as no feed does")
    text, illegal = drop_illegal(text)
    if illegal:
        remarks = (*remarks, f"illegal_characters:{illegal}")
    document = split_feed(text, lambda entry: _newness(entry, feed.zone))
    return _parse_xml(document, (*remarks, *document.remarks), feed, polled_at)


def _parse_json(text: str, remarks: tuple[str, ...], feed: Feed, polled_at: datetime) -> FeedBody | Failure:
    read = read_json_feed(text)
    if isinstance(read, Failure):
        return read
    title, home, raws = read
    if len(raws) > MAX_ENTRIES:
        remarks = (*remarks, f"too_many_entries:{len(raws)}")
        raws = raws[:MAX_ENTRIES]
    return _collect(title, raws, Shelf(feed, home or feed.url, canonical_url(home), polled_at), remarks)


def _parse_xml(document: FeedXml, remarks: tuple[str, ...], feed: Feed, polled_at: datetime) -> FeedBody | Failure:
    parsed = _run_parser(document.whole())
    unreadable = 0
    if isinstance(parsed, Exception):
        raws, unreadable = _salvage(document)
        if not raws:
            return make_failure("feed_unreadable", f"the feed's XML cannot be read ({_name_error(parsed)})")
        channel: Any = {}
    else:
        raws, channel = [_raw_entry(entry) for entry in parsed.entries], parsed.feed
        if not raws and not channel and parsed.bozo:
            return make_failure(
                "feed_unreadable", f"the feed's XML cannot be read ({_name_error(parsed.bozo_exception)})"
            )
    if unreadable:
        remarks = (*remarks, f"unreadable_entries:{unreadable}")
    home = canonical_url(_field(channel, "link"), feed.url)
    return _collect(_field(channel, "title"), raws, Shelf(feed, home or feed.url, home, polled_at), remarks)


def _collect(title: str, raws: Sequence[RawEntry], shelf: Shelf, remarks: tuple[str, ...]) -> FeedBody:
    """Clean entries with settled keys; the remarks of entries are counted, one word each."""
    made = [make_entry(raw, shelf) for raw in raws]
    entries, repeated = settle_keys(entry for entry, _ in made)
    counts = Counter(remark for _, marks in made for remark in marks)
    return FeedBody(
        plain_line(title)[:300], entries, repeated, (*remarks, *(f"{mark}:{n}" for mark, n in sorted(counts.items())))
    )


def _run_parser(xml: str) -> Any:
    """feedparser's result, or the exception that it raised; fifteen kinds of them were counted on mutated feeds."""
    document = f'<?xml version="1.0" encoding="utf-8"?>\n{xml}'.encode("utf-8", "ignore")
    # Without a base address ids and links stay as written: a bare id must not be resolved into a page.
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        return feedparser.parse(  # noqa: TID251 - the one call, and on a stream
            io.BytesIO(document), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # noqa: BLE001 - a foreign parser on hostile bytes: any error is this feed's failure
        return error


def _salvage(document: FeedXml) -> tuple[list[RawEntry], int]:
    """Entries of a document on which the parser fails as a whole: halved until the bad ones stand alone."""

    def read(entries: Sequence[str]) -> tuple[list[RawEntry], int]:
        if not entries:
            return [], 0
        parsed = _run_parser(document.head + "".join(entries) + document.tail)
        if not isinstance(parsed, Exception):
            return [_raw_entry(entry) for entry in parsed.entries], 0
        if len(entries) == 1:
            return [], 1
        half = len(entries) // 2
        (front, bad), (back, worse) = read(entries[:half]), read(entries[half:])
        return front + back, bad + worse

    return read(document.entries)


def _raw_entry(entry: Any) -> RawEntry:
    """The fields of a feedparser entry. An id that feedparser passes off as the link is no link unless it is a URL."""
    ident, link = _field(entry, "id"), _field(entry, "feedburner_origlink") or _field(entry, "link")
    contents = [part.get("value") or "" for part in entry.get("content") or [] if _is_text(part)]
    content = max(contents, key=len, default="")
    summary = _field(entry, "summary")
    is_copied = bool(content) and summary == content and "summary_detail" not in entry
    authors = [_field(author, "name") for author in entry.get("authors") or [] if author]
    return RawEntry(
        ident=ident,
        link="" if link == ident and not link.lower().startswith(("http://", "https://", "/")) else link,
        title=_field(entry, "title"),
        summary="" if is_copied else summary,
        content=content,
        author=", ".join(dict.fromkeys(name for name in authors if name)) or _field(entry, "author"),
        published=_field(entry, "published") or _field(entry, "created"),
        updated=_field(entry, "updated"),
    )


def _is_text(part: Any) -> bool:
    return "html" in part.get("type", "") or part.get("type", "text/plain").startswith("text/")


def _field(table: Any, key: str) -> str:
    value = dict.get(table, key)
    return value if isinstance(value, str) else ""


def _newness(entry: str, zone: str) -> float:
    """How new an entry's XML says that it is, in seconds; 0 where it says nothing."""
    match = _DATE.search(entry)
    moment = read_feed_date(match[1], zone) if match else None
    return moment.timestamp() if moment else 0.0


def _name_error(error: BaseException) -> str:
    return f"{type(error).__name__}: {str(error)[:120]}".strip(": ")
