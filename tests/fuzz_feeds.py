"""Feeds as no wire should send them: real ones, mutated, thousands a call, the same ones for the same seed.

    python -m tests.fuzz_feeds [CASES] [SEED]      (make fuzz; 10,000 cases of seed 1 by default)

Of each case the reader is asked twice: for a mutated feed (anything may be wrong with it, and nothing may be raised),
and for a feed of which one entry is poisoned (the others must come out as they do without). The feeds are those of the
outside data where it stands, else of our sample wire; each case takes up to twelve entries that follow each other.
Goals: no exception, none over 2 s, 99 % of the untouched entries.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from itertools import repeat as always
from pathlib import Path

from tasks.core.feed.parse import parse_feed
from tasks.core.model import Failure, Feed, FeedBody
from tests.data import DATA

FEED = Feed("fuzz", "fuzz", "https://feed.example/rss", None, "UTC", 300)
NOW = datetime(2026, 2, 18, 2, 57, 6, tzinfo=UTC)
CASES, SEED = 10_000, 1
SLOWEST_S, SURVIVING = 2.0, 0.99
WINDOW = 12

_ENTRY = re.compile(rb"<(item|entry)(?=[\s>]).*?</\1\s*>", re.DOTALL | re.IGNORECASE)
TOKENS = (
    b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<?", b"?>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"&", b"&amp", b"&#0;",
    b"&#xD800;", b"&#1114112;", b"&#x80;", b"&nbsp;", b"&lt;script&gt;alert(1)&lt;/script&gt;", b"\x00", b"\x1b[2J", b"\xff\xfe",
    b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc0\x80", b"\xe2\x80\xae", b"\xf0\x9f\x98\x80", b"<", b">", b"\"", b"'", b"<b>", b"</b>",
    b"<item>", b"</item>", b"<entry>", b"</entry>", b"</channel>", b"</rss>", b"</feed>", b"<a href='http://[::1'>", b"http://[", b"//",
    b"<media:content url='x'", b"<georss:point>a b</georss:point>", b"<psc:chapter start='x'/>", b"<cc:license/>", b"<textInput/>",
    b"<guid>", b"<pubDate>0000-00-00</pubDate>", b"<dc:date>9999-99-99T99:99:99+99:99</dc:date>", b" xml:base='http://[/'",
    b" xmlns:a='b'", b"<content type='xhtml'><div>", b"<summary type='base64'>!!</summary>", b"<link/>", b"<itunes:duration>-1</itunes:duration>",
    b"<enclosure length='x' url='javascript:alert(1)'/>", b"<x " + b"a='b' " * 200 + b">", b"<d>" * 60, b"=" * 5000, b"\r\n" * 500,
)  # fmt: skip
CODECS = (
    b"utf-8",
    b"utf-16",
    b"windows-1251",
    b"gb2312",
    b"iso-8859-1",
    b"utf-7",
    b"ebcdic-cp-us",
    b"x-unknown",
    b"rot13",
    b"",
)
# What stays within one entry: a slip of a template, of an editor, or of an attacker who may write one story.
POISONS = (
    b"&#xD800;", b"&#0;", b"&#1114112;", b"\x00", b"\x1b[31m", b" & ", b"&nbsp;", b"&undeclared;", b"<b>", b"</b>", b"<br>", b"< ",
    b"<p", b"<![CDATA[x]]>", b"]]>", b"<!-- x -->", b"\xff", b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", b"<script>alert(1)</script>",
    b"<a href='http://[::1'>x</a>", b"<geo:lat>x</geo:lat>", b"<georss:point>a b</georss:point>", b"<media:content/>", b"<cc:license/>",
    b"<textInput><title>x</title></textInput>", b"<psc:chapters><psc:chapter start='x'/></psc:chapters>", b"<guid></guid>", b"<pubDate>x</pubDate>",
    b"<content type='base64'>!!</content>", b"<x:y z:w='1'/>", b"<d>" * 90, b"&" * 2000, b"x" * 200_000, b"<![CDATA[", b"<!--",
)  # fmt: skip


@dataclass
class Tally:
    """What came of the cases."""

    cases: int = 0
    raised: list[str] = field(default_factory=list)
    slowest: float = 0.0
    slowest_case: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    untouched: int = 0
    survived: int = 0
    losing: Counter[bytes] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Count another's cases, too."""
        self.cases, self.raised = self.cases + other.cases, self.raised + other.raised
        self.kinds, self.losing = self.kinds + other.kinds, self.losing + other.losing
        self.untouched, self.survived = self.untouched + other.untouched, self.survived + other.survived
        self.slowest, self.slowest_case = max((self.slowest, self.slowest_case), (other.slowest, other.slowest_case))

    @property
    def share(self) -> float:
        """Of the entries beside a poisoned one, those that came out as without it."""
        return self.survived / self.untouched if self.untouched else 1.0


@cache
def real_feeds() -> tuple[bytes, ...]:
    """The bodies that are mutated."""
    found = sorted((DATA / "data" / "feeds_real").glob("*.xml"))
    return tuple(path.read_bytes() for path in found) or tuple(sample_feeds())


def sample_feeds() -> Iterator[bytes]:
    """The feeds of the sample wire, for who has no outside data."""
    from tasks.edge.sample_feeds import render_feed
    from tasks.edge.sample_stories import load_sample

    sample = load_sample(Path(__file__).parents[1] / "deploy" / "sample")
    for agency in sample.agencies:
        yield render_feed(sample, agency, 2, NOW, "https://sample.example")


def take_window(body: bytes, chance: random.Random) -> tuple[bytes, list[bytes], bytes]:
    """The head of a feed, some of its entries with what follows each, and its tail."""
    spans = [match.span() for match in _ENTRY.finditer(body)]
    if not spans:
        return body, [], b""
    begin = chance.randrange(max(1, len(spans) - WINDOW + 1))
    chosen = spans[begin : begin + WINDOW]
    return body[: spans[0][0]], [body[start:end] + b"\n" for start, end in chosen], body[spans[-1][1] :]


def mutate(chance: random.Random, feeds: Sequence[bytes]) -> bytes:
    """A feed with one to eight things wrong with it."""
    head, entries, tail = take_window(chance.choice(feeds), chance)
    body = bytearray(head + b"".join(entries) + tail)
    for _ in range(chance.randint(1, 8)):
        chance.choice((flip, insert, cut, repeat, splice, declare, shorten))(body, chance, feeds)
    return bytes(body)


def flip(body: bytearray, chance: random.Random, feeds: Sequence[bytes]) -> None:
    for _ in range(chance.randint(1, 10)):
        if body:
            body[chance.randrange(len(body))] = chance.randrange(256)


def insert(body: bytearray, chance: random.Random, feeds: Sequence[bytes]) -> None:
    place = chance.randint(0, len(body))
    body[place:place] = chance.choice(TOKENS)


def cut(body: bytearray, chance: random.Random, feeds: Sequence[bytes]) -> None:
    place = chance.randint(0, len(body))
    del body[place : place + chance.randint(1, 400)]


def repeat(body: bytearray, chance: random.Random, feeds: Sequence[bytes]) -> None:
    place = chance.randint(0, len(body))
    body[place:place] = body[place : place + chance.randint(1, 300)] * chance.randint(1, 40)


def splice(body: bytearray, chance: random.Random, feeds: Sequence[bytes]) -> None:
    other = chance.choice(feeds)
    begin, place = chance.randrange(len(other)), chance.randint(0, len(body))
    body[place:place] = other[begin : begin + chance.randint(1, 3000)]


def declare(body: bytearray, chance: random.Random, feeds: Sequence[bytes]) -> None:
    bare = re.sub(rb"^\s*<\?xml[^>]*\?>", b"", bytes(body))
    body[:] = b'<?xml version="1.0" encoding="' + chance.choice(CODECS) + b'"?>' + bare


def shorten(body: bytearray, chance: random.Random, feeds: Sequence[bytes]) -> None:
    if chance.random() < 0.3:
        del body[chance.randint(0, len(body)) :]


def run_parts(cases: int, seed: int) -> Tally:
    """All cases, shared among the cores."""
    parts = [range(begin, min(begin + 100, cases)) for begin in range(0, cases, 100)]
    whole = Tally()
    with ProcessPoolExecutor() as pool:
        for part in pool.map(run_fuzz, parts, always(seed)):
            whole.add(part)
    return whole


def run_fuzz(cases: range, seed: int = SEED, feeds: Sequence[bytes] | None = None) -> Tally:
    """Some cases, each with a chance of its own, so that one of them can be looked at alone."""
    tally, bodies = Tally(), feeds or real_feeds()
    for case in cases:
        chance = random.Random(f"{seed}/{case}")
        try_mutated(tally, case, mutate(chance, bodies))
        try_poisoned(tally, case, chance, bodies)
        tally.cases += 1
    return tally


def try_mutated(tally: Tally, case: int, body: bytes) -> None:
    parsed = timed(tally, case, body)
    if parsed is not None:
        tally.kinds[parsed.kind if isinstance(parsed, Failure) else "read"] += 1


def try_poisoned(tally: Tally, case: int, chance: random.Random, feeds: Sequence[bytes]) -> None:
    """Poison within one entry: whatever becomes of that one, the others are as they were."""
    head, entries, tail = take_window(chance.choice(feeds), chance)
    whole = timed(tally, case, head + b"".join(entries) + tail)
    if len(entries) < 2 or not isinstance(whole, FeedBody) or len(whole.entries) != len(entries):
        return
    struck, poison = chance.randrange(len(entries)), chance.choice(POISONS)
    place = chance.randint(entries[struck].index(b">") + 1, entries[struck].rindex(b"</"))
    poisoned = [*entries]
    poisoned[struck] = entries[struck][:place] + poison + entries[struck][place:]
    parsed = timed(tally, case, head + b"".join(poisoned) + tail)
    found = {(entry.title, entry.url) for entry in parsed.entries} if isinstance(parsed, FeedBody) else set()
    wanted = [(entry.title, entry.url) for number, entry in enumerate(whole.entries) if number != struck]
    there = sum(each in found for each in wanted)
    tally.untouched += len(wanted)
    tally.survived += there
    tally.losing[poison[:20]] += len(wanted) - there


def timed(tally: Tally, case: int, body: bytes) -> FeedBody | Failure | None:
    begun = time.process_time()
    try:
        return parse_feed(body, None, FEED, NOW)
    except Exception as error:  # noqa: BLE001 - what is counted here is that there is none
        tally.raised.append(f"case {case}: {type(error).__name__}: {error}")
        return None
    finally:
        took = time.process_time() - begun
        if took > tally.slowest:
            tally.slowest, tally.slowest_case = took, case


def main() -> None:
    """Print what came of it; exit 1 where a goal is missed."""
    given = [int(argument) for argument in sys.argv[1:]] + [CASES, SEED][len(sys.argv) - 1 :]
    cases, seed = given
    tally = run_parts(cases, seed)
    most = ", ".join(f"{poison!r} {lost}" for poison, lost in tally.losing.most_common(6) if lost)
    lines = [
        f"{tally.cases:,} cases of seed {seed} over {len(real_feeds())} feeds: {dict(tally.kinds.most_common())}",
        f"uncaught exceptions: {len(tally.raised)} (goal 0)",
        *(f"  {each}" for each in tally.raised[:10]),
        f"slowest: {tally.slowest:.2f} s of CPU, case {tally.slowest_case} (goal under {SLOWEST_S:g} s)",
        f"untouched entries that survive a poisoned one: {tally.share:.2%} of {tally.untouched:,} (goal {SURVIVING:.0%})",
        f"  lost most by: {most or 'none'}",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.exit(bool(tally.raised) or tally.slowest >= SLOWEST_S or tally.share < SURVIVING)


if __name__ == "__main__":
    main()
