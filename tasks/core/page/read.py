"""From the bytes of a page to clean text with what the page says of itself; pure, and the same on every run.

`read_page` runs in worker processes (`tasks.edge.pool`), because markup of a few megabytes can cost minutes and
hundreds of megabytes inside the parser, which nothing but the end of the process stops. What extraction needs is
imported only when a page is read, so that a parent which only passes `PageText` on starts quickly.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from tasks.core.model import NO_SOURCES, Failure, PageRule, Sources
from tasks.core.page.charset import MAX_PAGE_BYTES, decode_page, name_other_kind

Field = Literal["title", "authors", "published"]

_EMPTINESS = {
    "depth": "its elements are nested more than 250 deep",
    "size": "one piece of its text is larger than 10 MB",
    "no text": "the page carries no text of a story in its markup",
}


@dataclass(frozen=True, slots=True)
class PageText:
    """What one page gave. `text` is never empty; `reason` says why `quality` is "partial".

    `lang` is what the page claims (a lower-case ISO 639 code, often wrong); `published_at` is UTC.
    """

    title: str
    text: str
    authors: tuple[str, ...]
    published_at: datetime | None
    lang: str | None
    canonical: str | None
    quality: Literal["ok", "partial"]
    reason: str | None
    section: str = ""
    sources: Sources = NO_SOURCES


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a page is read for: by the wire's own rule, and which of the fields that the feed lacks are worth a search.

    The search is a library's, over the whole page: half as dear as the text itself, and less sure than a statement.
    """

    rule: PageRule | None = None
    search: tuple[Field, ...] = ()


NOTHING_MORE = Wanted()


def read_page(body: bytes, content_type: str | None, url: str, wanted: Wanted = NOTHING_MORE) -> PageText | Failure:
    """Return the text of the page at `url`, or why there is none.

    Failures: `empty_body`, `too_big` (over 5 MB), `not_html` (the cause begins with what it is), `extract_empty` (the
    cause begins with "depth", "size" or "no text").
    """
    refusal = _refuse(body, content_type)
    if refusal is not None:
        return refusal
    from tasks.core.page import body as page_body  # trafilatura: 0.75 s
    from tasks.core.page import meta as page_meta
    from tasks.core.page import search as page_search
    from tasks.core.page.quality import name_fault

    source = decode_page(body, content_type)
    tree = page_body.parse_page(source)
    if tree is None:
        return _fail_empty(page_body.name_emptiness(source))
    meta = page_meta.read_meta(tree, url)
    missing = [field for field in wanted.search if getattr(meta.sources, field) == "none"]
    if missing:
        meta = page_search.search_fields(tree, url, meta, missing)
    text, by_text = page_body.extract_text(tree, url, meta.title, meta.article_body, wanted.rule)
    if not text:
        return _fail_empty(page_body.name_emptiness(source))
    reason = name_fault(text, is_closed=meta.is_closed, is_live=meta.is_live)
    return PageText(
        title=meta.title,
        text=text,
        authors=meta.authors,
        published_at=meta.published_at,
        lang=meta.lang,
        canonical=meta.canonical,
        quality="partial" if reason else "ok",
        reason=reason,
        section=meta.section,
        sources=replace(meta.sources, text=by_text),
    )


def load_extractor() -> None:
    """Import what reads a page, which takes 0.75 s, so that no page waits for it."""
    from tasks.core.page import body, meta, search  # noqa: F401 - for the import alone


def _refuse(body: bytes, content_type: str | None) -> Failure | None:
    """Return the failure that the bytes alone prove, or None for what may be a page."""
    if not body.strip():
        return Failure("empty_body", "the server sent an empty body")
    if len(body) > MAX_PAGE_BYTES:
        size = f"{len(body) / 1e6:.1f} MB, over the limit of {MAX_PAGE_BYTES / 1e6:.0f} MB"
        return Failure("too_big", f"the page has {size}", is_permanent=True)
    kind = name_other_kind(body, content_type)
    return Failure("not_html", f"{kind}: the address leads to no HTML page", is_permanent=True) if kind else None


def _fail_empty(why: str) -> Failure:
    """Return the failure of a page without text."""
    return Failure("extract_empty", f"{why}: {_EMPTINESS[why]}")
