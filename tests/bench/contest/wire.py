"""A wire on loopback in a process of its own: feeds, and the real pages behind them, some time away.

    python -m tests.bench.contest.wire LEAST_MS MOST_MS FEEDS [PAGES]

Says its address, then serves until its input ends. Each path has a delay of its own, the same for whoever asks. Bodies
are packed beforehand, so that the wire takes next to nothing from the two cores that it shares with its clients.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import random
import sys

from tests.bench.contest.gold import GoldPage, load_gold
from tests.fakes import RSS, Answer, FakeWire, Request, head, item, rss

_TYPE = "text/html"


def serve_late(body: bytes, content_type: str, delay_s: float) -> Answer:
    """200 with a body, packed where the client takes that, after a while."""
    packed = gzip.compress(body, 1)

    async def play(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(delay_s)
        named = {"Content-Type": content_type}
        sent = body
        if "gzip" in request.headers.get("accept-encoding", ""):
            sent, named["Content-Encoding"] = packed, "gzip"
        writer.write(head(200, {**named, "Content-Length": str(len(sent))}) + sent)

    return Answer(play)


def lay_out(wire: FakeWire, pages: list[GoldPage], feeds: int, delays: tuple[float, float]) -> list[str]:
    """Say everything; returns the addresses of the feeds."""
    chance = random.Random(1)
    listed: dict[int, list[str]] = {n: [] for n in range(feeds)}
    for number, page in enumerate(pages):
        url = wire.say(f"/story/{number}", serve_late(page.read_bytes(), _TYPE, chance.uniform(*delays)))
        listed[number % feeds].append(item(number, f"Story {number}", link=url))
    return [
        wire.say(f"/feed/{n}", serve_late(rss("".join(items)), RSS, chance.uniform(*delays)))
        for n, items in listed.items()
    ]


def main() -> None:
    """Serve until the input ends."""
    answers = os.fdopen(os.dup(1), "w")
    least, most, feeds, pages = (int(each) for each in sys.argv[1:5])
    with FakeWire() as wire:
        urls = lay_out(wire, load_gold(pages), feeds, (least / 1000, most / 1000))
        print(json.dumps({"feeds": urls, "allow": wire.host}), file=answers, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
