"""JSON Feed 1.0 and 1.1: the same raw entries out of another format."""

from __future__ import annotations

import html
import json
from typing import Any

from tasks.core.failures import make_failure
from tasks.core.feed.entries import RawEntry
from tasks.core.model import Failure


def read_json_feed(text: str) -> tuple[str, str, list[RawEntry]] | Failure:
    """Title, home page and entries of a JSON feed; not_a_feed where it is other JSON."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        return make_failure("not_a_feed", f"the answer begins like JSON, but is not: {str(error)[:120]}")
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        return make_failure("not_a_feed", "the answer is JSON, but has no list of items")
    if "jsonfeed.org" not in str(document.get("version", "")):
        return make_failure("unsupported_format", "the answer is JSON, but its version names no JSON Feed")
    entries = [_read_item(item) for item in document["items"] if isinstance(item, dict)]
    return _text(document, "title"), _text(document, "home_page_url"), entries


def _read_item(item: dict[str, Any]) -> RawEntry:
    plain = _text(item, "content_text")
    return RawEntry(
        ident=_text(item, "id"),
        link=_text(item, "url") or _text(item, "external_url"),
        title=html.escape(_text(item, "title"), quote=False),
        summary=html.escape(_text(item, "summary"), quote=False),
        content=_text(item, "content_html") or html.escape(plain, quote=False),
        author=_authors(item),
        published=_text(item, "date_published"),
        updated=_text(item, "date_modified"),
    )


def _authors(item: dict[str, Any]) -> str:
    listed = item.get("authors") or [item.get("author")]
    names = [_text(author, "name") for author in listed if isinstance(author, dict)] if isinstance(listed, list) else []
    return ", ".join(name for name in names if name)


def _text(table: dict[str, Any], key: str) -> str:
    value = table.get(key)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
