"""A feed worker of a later day, for tests: it reads a format that today's does not know, and dies of a word."""

from __future__ import annotations

import os
from datetime import datetime

from tasks.core.feed.parse import parse_feed
from tasks.core.model import Failure, Feed, FeedBody
from tasks.edge.feed_worker import make_work
from tasks.edge.serving_jobs import serve_jobs


def parse(body: bytes, content_type: str | None, feed: Feed, polled_at: datetime) -> FeedBody | Failure:
    if b"ABORT" in body:
        os.abort()
    known = body.replace(b"newsfeed", b"rss").replace(b"newslist", b"channel").replace(b"heading", b"title")
    return parse_feed(known, content_type, feed, polled_at)


if __name__ == "__main__":
    serve_jobs(lambda: make_work(parse), "parse", "reading the feed")
