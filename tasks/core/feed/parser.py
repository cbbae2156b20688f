"""feedparser, asked in the one way that is safe, and with two of its steps bounded.

It is handed a stream of bytes and nothing else: given text, bytes or an address it would open files and URLs. It
neither sanitises nor resolves here (that is done by ours, three times faster), and whatever it raises is a value.
"""

from __future__ import annotations

import io
from typing import Any

import feedparser
from feedparser.mixin import _FeedParserMixin
from feedparser.util import FeedParserDict

from tasks.core.feed.entries import RawEntry

MAX_AUTHOR = 1_000  # characters; the search for an e-mail address takes quadratic time: 156 s for 200,000 letters

_sync_author = _FeedParserMixin._sync_author_detail


def run_parser(xml: str) -> Any:
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


def is_sound(parsed: Any, entries: int) -> bool:
    """Did the strict parser read the document, and as many entries as it holds?"""
    return not isinstance(parsed, Exception) and not parsed.bozo and len(parsed.entries) == entries


def read_raw(entry: Any) -> RawEntry:
    """The fields of a feedparser entry. An id that feedparser passes off as the link is no link unless it is a URL."""
    ident, link = read_field(entry, "id"), read_field(entry, "feedburner_origlink") or read_field(entry, "link")
    contents = [part.get("value") or "" for part in entry.get("content") or [] if _is_text(part)]
    content = max(contents, key=len, default="")
    summary = read_field(entry, "summary")
    is_copied = bool(content) and summary == content and "summary_detail" not in entry
    authors = [read_field(author, "name") for author in entry.get("authors") or [] if author]
    return RawEntry(
        ident=ident,
        link="" if link == ident and not link.lower().startswith(("http://", "https://", "/")) else link,
        title=read_field(entry, "title"),
        summary="" if is_copied else summary,
        content=content,
        author=", ".join(dict.fromkeys(name for name in authors if name)) or read_field(entry, "author"),
        published=read_field(entry, "published") or read_field(entry, "created"),
        updated=read_field(entry, "updated"),
    )


def _is_text(part: Any) -> bool:
    return "html" in part.get("type", "") or part.get("type", "text/plain").startswith("text/")


def read_field(table: Any, key: str) -> str:
    """A text of the parser's; its own look-up takes one key for another."""
    value = dict.get(table, key)
    return value if isinstance(value, str) else ""


def _sync_short_author(parser: Any, key: str = "author") -> None:
    context = parser._get_context()
    author = dict.get(context, key)
    if isinstance(author, str) and len(author) > MAX_AUTHOR:
        context[key] = author[:MAX_AUTHOR]
    _sync_author(parser, key)


def _keep_last_tag(parser: Any, term: str, scheme: str, label: str) -> None:
    """The parser compares each tag with all before it, and nobody here reads any; its last one it wants to see."""
    tags = parser._get_context().setdefault("tags", [])
    if term or scheme or label:
        tags[:] = [FeedParserDict(term=term, scheme=scheme, label=label)]


_FeedParserMixin._sync_author_detail = _sync_short_author
_FeedParserMixin._add_tag = _keep_last_tag
