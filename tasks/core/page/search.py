"""Fields that neither the feed nor the page's own statements give, looked for by the library over the whole page.

It costs about half of what the text costs, so it is done only for a field that is missing and wanted; what it finds is
marked "search".
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from trafilatura.metadata import extract_metadata

from tasks.core.page.meta import PageMeta, parse_date
from tasks.core.text import clean_line

_FOUND = "search"


def search_fields(tree: Any, url: str, meta: PageMeta, missing: Sequence[str]) -> PageMeta:
    """The same statements with those of `missing` ("title", "authors", "published") filled that the library finds."""
    found = extract_metadata(copy.deepcopy(tree), default_url=url)
    if "title" in missing and (title := clean_line(found.title or "")):
        meta = replace(meta, title=title, sources=replace(meta.sources, title=_FOUND))
    authors = tuple(name for part in (found.author or "").split(";") if (name := clean_line(part)))
    if "authors" in missing and authors:
        meta = replace(meta, authors=authors, sources=replace(meta.sources, authors=_FOUND))
    moment = parse_date(found.date or "")
    if "published" in missing and moment is not None:
        meta = replace(meta, published_at=moment, sources=replace(meta.sources, published=_FOUND))
    return meta
