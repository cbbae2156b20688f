"""One extractor in a process of its own, so that each has its own memory, caches and, for the peers, libraries.

    python -m tests.bench.contest.reader NAME        lines of JSON in: [[file, url], ...]; lines of JSON out

It runs in the project's environment or in that of the peers, so it imports nothing of the project but what a contestant
is. CPU is that of this process (all its threads), of the call from bytes to text, title and day; files are read before.
Nothing here may reach the network: a library that tries gets an error at once.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import logging
import os
import re
import resource
import socket
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

Told = dict[str, str]
Read = Callable[[bytes, str], Told]
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)


def decode(body: bytes) -> str:
    """The page's characters for libraries that take no bytes: what the page declares, else UTF-8."""
    found = _CHARSET.search(body[:4_096])
    try:
        return body.decode(found[1].decode("ascii") if found else "utf-8", "replace")
    except LookupError:
        return body.decode("utf-8", "replace")


def tell(text: Any, title: Any = "", day: Any = "") -> Told:
    """A result in plain words; "" for what is missing."""
    return {"text": text or "", "title": title or "", "day": day if isinstance(day, str) else day.isoformat()}


def load_trafilatura(*, with_metadata: bool) -> Read:
    """The library alone, as its users call it."""
    from trafilatura import bare_extraction

    def read(body: bytes, url: str) -> Told:
        found = bare_extraction(body, url=url, include_comments=False, with_metadata=with_metadata)
        return tell(found.text, found.title, found.date or "") if found else tell("")

    return read


def load_ours() -> Read:
    """Our stage: what a worker does with a page."""
    from tasks.core.page.read import PageText, load_extractor, read_page

    load_extractor()

    def read(body: bytes, url: str) -> Told:
        found = read_page(body, "text/html", url)
        if not isinstance(found, PageText):
            return {**tell(""), "failure": found.kind}
        return {**tell(found.text, found.title, found.published_at or ""), "quality": found.quality}

    return read


def load_newspaper() -> Read:
    """newspaper4k, given the page's text so that it fetches nothing."""
    from newspaper import Article

    def read(body: bytes, url: str) -> Told:
        article = Article(url, fetch_images=False)
        article.download(input_html=decode(body))
        article.parse()
        return tell(article.text, article.title, article.publish_date or "")

    return read


def load_news_please() -> Read:
    """news-please as a library."""
    from newsplease import NewsPlease

    def read(body: bytes, url: str) -> Told:
        article = NewsPlease.from_html(decode(body), url=url, fetch_images=False)
        return tell(article.maintext, article.title, article.date_publish or "")

    return read


def load_readability() -> Read:
    """readability-lxml: its summary is markup, of which the text counts. It knows no dates."""
    from lxml import html
    from readability import Document

    def read(body: bytes, url: str) -> Told:
        document = Document(decode(body), url=url)
        return tell(html.fromstring(document.summary()).text_content().strip(), document.short_title())

    return read


def load_mcmetadata() -> Read:
    """Media Cloud's extractor. Never run here so far: no index that we reach has it."""
    from mcmetadata import extract

    def read(body: bytes, url: str) -> Told:
        found = extract(url, html_text=decode(body))
        return tell(found["text_content"], found["article_title"], found["publication_date"] or "")

    return read


READERS: dict[str, Callable[[], Read]] = {
    "trafilatura": lambda: load_trafilatura(with_metadata=False),
    "trafilatura+meta": lambda: load_trafilatura(with_metadata=True),
    "ours": load_ours,
    "readability-lxml": load_readability,
    "newspaper4k": load_newspaper,
    "news-please": load_news_please,
    "mcmetadata": load_mcmetadata,
}


def read_pages(read: Read, pages: list[tuple[str, str]]) -> dict[str, Any]:
    """All pages, one after the other, with what they cost.

    The first comes once more before them: a process that waited for its turn finds its memory cold, and some systems
    take it away meanwhile.
    """
    rows, cpu, wall = [], 0.0, 0.0
    with contextlib.suppress(Exception):
        read(gzip.decompress(Path(pages[0][0]).read_bytes()), pages[0][1])
    for file, url in pages:
        body = gzip.decompress(Path(file).read_bytes())
        begun, began = time.process_time(), time.perf_counter()
        try:
            told = read(body, url)
        except Exception as error:  # noqa: BLE001 - a contestant's error is its result
            told = {**tell(""), "failure": type(error).__name__}
        took = time.process_time() - begun
        wall += time.perf_counter() - began
        cpu += took
        rows.append({**told, "cpu_s": took})
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {"rows": rows, "cpu_s": cpu, "wall_s": wall, "rss": peak}


def bar_network() -> None:
    """No contestant fetches anything while it is timed."""

    def refuse(*_: Any) -> None:
        raise OSError("the network is barred in this bench")

    socket.socket.connect = refuse  # type: ignore[method-assign,assignment]
    socket.getaddrinfo = refuse  # type: ignore[assignment]


def main() -> None:
    """Answer each line until the input ends; the first line out says whether the library is there."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a library prints is no answer
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    bar_network()
    try:
        read = READERS[sys.argv[1]]()
        said = {"is_there": True}
    except ImportError as error:
        said = {"is_there": False, "why": str(error)}
    print(json.dumps(said), file=answers, flush=True)
    if said["is_there"]:
        for line in sys.stdin:
            print(json.dumps(read_pages(read, json.loads(line))), file=answers, flush=True)


if __name__ == "__main__":
    main()
