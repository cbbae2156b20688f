"""The loop that one would write in an evening: feedparser, requests, trafilatura, a few words by re, SQLite.

    python -m tests.bench.contest.naive        lines of JSON in: {"feeds": [url, ...]}; lines of JSON out

One page after the other, in one thread. No robots.txt, no limits, no archive, no versions, no readings: what it stores
is the text and whether a word of conflict or diplomacy is in it. CPU is that of its process, imports left out.
"""

from __future__ import annotations

import json
import os
import re
import resource
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import feedparser
import requests
import trafilatura

WORDS = {
    "conflict": "war|attack(?:s|ed)?|troops|missiles?|shelling|ceasefire|killed|strikes?|drones?|army|invasion|siege",
    "diplomacy": "talks|summit|treaty|envoys?|minister|ambassador|sanctions|agreement|negotiat(?:e|ions|ors)|embassy",
}
PATTERNS = {topic: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for topic, words in WORDS.items()}


def watch(feeds: list[str], database: Path) -> int:
    """One round over all feeds; how many stories were stored."""
    connection = sqlite3.connect(database)
    connection.execute("create table articles (url text primary key, title, day, text, topics)")
    stored = 0
    for feed in feeds:
        for entry in feedparser.parse(requests.get(feed, timeout=20).content).entries:  # noqa: TID251 - the peer's way
            stored += take_story(connection, entry.link)
    connection.close()
    return stored


def take_story(connection: sqlite3.Connection, url: str) -> bool:
    """Fetch, extract, tag and store one story; False where it has no text."""
    body = requests.get(url, timeout=20).content
    found = trafilatura.bare_extraction(body, url=url, include_comments=False, with_metadata=True)
    if found is None or not found.text:
        return False
    topics = [topic for topic, pattern in PATTERNS.items() if pattern.search(found.text)]
    row = (url, found.title, found.date, found.text, ",".join(topics))
    connection.execute("insert or ignore into articles values (?, ?, ?, ?, ?)", row)
    connection.commit()
    return True


def main() -> None:
    """Answer each line until the input ends."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    trafilatura.bare_extraction("<html><body><p>Talks ended.</p></body></html>", with_metadata=True)

    def answer(said: dict[str, Any]) -> None:
        print(json.dumps(said), file=answers, flush=True)

    answer({"start_s": time.process_time()})
    for line in sys.stdin:
        with tempfile.TemporaryDirectory() as folder:
            begun, began = time.process_time(), time.perf_counter()
            stored = watch(json.loads(line)["feeds"], Path(folder) / "press.sqlite")
            took = {"cpu_s": time.process_time() - begun, "wall_s": time.perf_counter() - began}
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        answer({"stored": stored, "rss": peak, **took})


if __name__ == "__main__":
    main()
