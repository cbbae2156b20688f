"""A process that reads pages, one after the other (tasks.edge.pool starts it; nobody else does).

python -m tasks.edge.page_worker CPU_SECONDS MEMORY_BYTES
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from tasks.core.model import Failure
from tasks.core.page import PageText, read_page
from tasks.edge.serving_jobs import Work, serve_jobs


def to_json(result: PageText | Failure) -> dict[str, Any]:
    """A result as JSON values."""
    values = asdict(result)
    if isinstance(result, PageText) and result.published_at is not None:
        values["published_at"] = result.published_at.isoformat()
    return values


def from_json(values: dict[str, Any]) -> PageText | Failure:
    """The result that `to_json` wrote."""
    if "kind" in values:
        return Failure(**values)
    moment = values["published_at"]
    dated = {"published_at": datetime.fromisoformat(moment) if moment else None, "authors": tuple(values["authors"])}
    return PageText(**{**values, **dated})


def load_work() -> Work:
    """The reading of a page, with its slow imports made."""
    from tasks.core import page_body, page_meta  # noqa: F401 - imported by read_page at its first page otherwise

    def read(head: Any, body: bytes) -> dict[str, Any]:
        content_type, url = head
        return to_json(read_page(body, content_type, url))

    return read


if __name__ == "__main__":
    serve_jobs(load_work, "extract", "reading the page")
