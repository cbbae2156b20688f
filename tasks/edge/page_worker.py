"""A process that reads pages, one after the other (tasks.edge.pool starts it; nobody else does).

python -m tasks.edge.page_worker CPU_SECONDS MEMORY_BYTES
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from tasks.core.model import Failure, PageRule, Sources
from tasks.core.page.read import PageText, Wanted, load_extractor, read_page
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
    return PageText(**{**values, **dated, "sources": Sources(**values["sources"])})


def wanted_json(wanted: Wanted) -> dict[str, Any]:
    """What a page is read for, as JSON values; the example of a rule stays at home."""
    rule = {name: getattr(wanted.rule, name) for name in ("body", "lead", "remove")} if wanted.rule else None
    return {"rule": rule, "search": wanted.search}


def read_wanted(values: dict[str, Any]) -> Wanted:
    """What `wanted_json` wrote."""
    rule = values["rule"]
    made = PageRule(rule["body"], rule["lead"], tuple(rule["remove"]), "", ()) if rule else None
    return Wanted(made, tuple(values["search"]))


def load_work() -> Work:
    """The reading of a page, with its slow imports made."""
    load_extractor()

    def read(head: Any, body: bytes) -> dict[str, Any]:
        content_type, url, wanted = head
        return to_json(read_page(body, content_type, url, read_wanted(wanted)))

    return read


if __name__ == "__main__":
    serve_jobs(load_work, "extract", "reading the page")
