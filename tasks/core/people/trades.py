"""Trades beside a name: "aid worker Tom Baxter", "The ship's captain, Nikos Pappas,", "Idris Babikir, a driver,"."""

from __future__ import annotations

import re

from tasks.core.people.coded_text import CodedText
from tasks.core.people.given import GIVEN
from tasks.core.people.patterns import (
    ENDS_APPOSED,
    NO_KIND,
    TRADE_AFTER,
    TRADE_AFTER_REACH,
    TRADE_COMMA,
    TRADE_REACH,
    TRADE_TITLE,
)
from tasks.core.people.title import Title
from tasks.core.people.words import KIN, KINDS, NO_TRADES, OPENING_TRADES, THING_TRADES, TRADE, TRADE_NOT

_TRADE = re.compile(TRADE)
_LAST_WORD = re.compile(r"([A-Za-z][a-z-]*)(?P<comma>,)? \Z")
_KIN = re.compile(KIN)


def find_trade(code: str, left: str, high: int) -> re.Match[str] | None:
    """The words before a name that may be its trade; `left` is the code up to the name, `high` where the name ends."""
    near = left[-TRADE_REACH:]
    word = _LAST_WORD.search(near, near.rfind(" ", 0, -1) + 1)
    if word is None or (_TRADE.fullmatch(word[1]) is None and word[1].lower() not in OPENING_TRADES):
        return None
    if not word["comma"]:
        return TRADE_TITLE.search(near)
    return TRADE_COMMA.search(near) if ENDS_APPOSED.match(code, high) else None


def make_trade(coded: CodedText, match: re.Match[str], low: int) -> Title | None:
    """The trade before a name, with its kind, unless the word is none, or what it names is a thing."""
    trade = match["trade"].lower()
    first = coded.plain[coded.begin(low) : coded.finish(low + 1)]
    is_thing = trade in THING_TRADES and first not in GIVEN
    kind = _read_kind(coded, match, low - len(match.string))
    if (
        trade in TRADE_NOT
        or (trade in NO_TRADES and not kind)
        or is_thing
        or (match["trade"] != trade and trade not in OPENING_TRADES)
    ):
        return None
    floor = low - (len(match.string) - match.start())
    at = low - len(match.string) + match.start("trade")
    if kind:
        return _nation_title(coded, match, floor, f"{kind} {trade}")
    if match["kind"]:
        return Title(trade, None, begin=at, words=trade)
    return _nation_title(coded, match, floor, trade)


def _read_kind(coded: CodedText, match: re.Match[str], floor: int) -> str | None:
    """The noun before a trade that says of what kind, if it is one: "police officer"; not "said officer"."""
    if not match["kind"]:
        return None
    low, high = floor + match.start("kind"), floor + match.end("kind")
    kind = coded.plain[coded.begin(low) : coded.finish(high)].lower()
    return kind if kind in KINDS else None


def _nation_title(coded: CodedText, match: re.Match[str], begin: int, words: str) -> Title:
    hit = coded.piece(begin + match.start("nation") - match.start()).hit if match["nation"] else None
    return Title(words, None, hit.code if hit else None, begin=begin, words=words)


def read_trade_after(coded: CodedText, high: int) -> Title | None:
    """A trade in apposition: "Idris Babikir, 41, a bus driver who got away,"."""
    match = TRADE_AFTER.match(coded.code, high, high + TRADE_AFTER_REACH)
    if match is None or match["trade"] in TRADE_NOT | NO_TRADES or _KIN.fullmatch(match["trade"]):
        return None
    kind = match["kind"] if match["kind"] and not NO_KIND.search(match["kind"].strip()) else ""
    hit = coded.piece(match.start("nation")).hit if match["nation"] else None
    words = f"{kind or ''}{match['trade']}"
    return Title(words, None, hit.code if hit else None, words=words)
