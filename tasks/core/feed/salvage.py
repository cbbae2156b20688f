"""Entries of a feed that is broken: each that is in order comes out as if the others were, too.

entries --in order--> read together by the strict parser
        --broken----> read together by the loose parser; where that fails or miscounts, halved until each stands alone
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from xml.parsers import expat

from tasks.core.feed.entries import RawEntry
from tasks.core.feed.parser import read_raw, run_parser
from tasks.core.feed.repair import FeedXml

# Calls of the parser: enough for a hundred broken entries, each halved down to alone. Two thousand would take 12 s.
MOST_CALLS = 200


def salvage_entries(document: FeedXml, parsed: Any) -> tuple[list[RawEntry], int]:
    """The entries in feed order, and how many cannot be read. `parsed` is what the parser made of the whole."""
    places = range(len(document.entries))
    fine = [place for place in places if is_well_formed(document, document.entries[place])]
    broken = sorted(set(places) - set(fine))
    if not fine and not isinstance(parsed, Exception) and len(parsed.entries) == len(places):
        return [read_raw(entry) for entry in parsed.entries], 0  # it is the frame that is broken, or all of them
    found: dict[int, list[RawEntry]] = {}
    calls = iter(range(MOST_CALLS))
    lost = _read_entries(document, fine, found, calls) + _read_entries(document, broken, found, calls)
    return [raw for place in sorted(found) for raw in found[place]], lost


def is_well_formed(document: FeedXml, entry: str) -> bool:
    """Would a strict parser read the feed, were this its only entry? Nothing outside the text is ever looked up."""
    parser = expat.ParserCreate("utf-8", " ")
    try:
        parser.Parse((document.head + entry + document.tail).encode("utf-8", "ignore"), True)
    except expat.ExpatError:
        return False
    return True


def _read_entries(
    document: FeedXml, places: Sequence[int], found: dict[int, list[RawEntry]], calls: Iterator[int]
) -> int:
    """Put the entries at these places into `found`; returns how many cannot be read.

    Once there are no `calls` left, what the parser makes of the rest is taken as it is.
    """
    if not places:
        return 0
    is_last = next(calls, None) is None
    parsed = run_parser(document.head + "".join(document.entries[place] for place in places) + document.tail)
    raws = [] if isinstance(parsed, Exception) else [read_raw(entry) for entry in parsed.entries]
    if len(raws) == len(places):
        found.update((place, [raw]) for place, raw in zip(places, raws, strict=True))
        return 0
    if len(places) == 1 or is_last:
        found[places[0]] = raws
        return max(len(places) - len(raws), 0)
    half = len(places) // 2
    front = _read_entries(document, places[:half], found, calls)
    return front + _read_entries(document, places[half:], found, calls)
