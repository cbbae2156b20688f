"""A process that reads the bodies of feeds, one after the other (tasks.edge.feed_reader starts it; nobody else does).

python -m tasks.edge.feed_worker CPU_SECONDS MEMORY_BYTES
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from tasks.core.model import Entry, Failure, Feed, FeedBody
from tasks.edge.serving_jobs import Work, serve_jobs

Parse = Callable[[bytes, str | None, Feed, datetime], FeedBody | Failure]

_MOMENTS = ("published_at", "updated_at")


def write_job(content_type: str | None, feed: Feed, polled_at: datetime) -> dict[str, Any]:
    """A job's head as JSON values. The name of a token's variable is no business of the worker."""
    return {
        "content_type": content_type,
        "polled_at": polled_at.isoformat(),
        "feed": [feed.feed_id, feed.wire_id, feed.url, feed.lang, feed.zone, feed.every_s],
    }


def to_json(result: FeedBody | Failure) -> dict[str, Any]:
    """A result as JSON values."""
    values = asdict(result)
    for entry in values.get("entries", ()):
        entry.update({name: entry[name].isoformat() for name in _MOMENTS if entry[name] is not None})
    return values


def from_json(values: dict[str, Any]) -> FeedBody | Failure:
    """The result that `to_json` wrote."""
    if "kind" in values:
        return Failure(**values)
    entries = tuple(_read_entry(entry) for entry in values["entries"])
    return FeedBody(values["title"], entries, values["repeated"], tuple(values["remarks"]))


def _read_entry(values: dict[str, Any]) -> Entry:
    moments = {name: datetime.fromisoformat(values[name]) for name in _MOMENTS if values[name] is not None}
    return Entry(**{**values, **moments})


def make_work(parse: Parse) -> Work:
    """Jobs done by a parser."""

    def read(head: Any, body: bytes) -> dict[str, Any]:
        feed = Feed(*head["feed"])
        return to_json(parse(body, head["content_type"], feed, datetime.fromisoformat(head["polled_at"])))

    return read


def load_work() -> Work:
    """The reading of a feed, with its slow imports made."""
    from tasks.core.feed.parse import parse_feed

    return make_work(parse_feed)


if __name__ == "__main__":
    serve_jobs(load_work, "parse", "reading the feed")
