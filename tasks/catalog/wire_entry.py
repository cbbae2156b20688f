"""One `[[wire]]` entry as a Wire. Only `id` and one address are needed; what is left out stays empty.

| key | value |
|---|---|
| `id` | letters, digits, `-`, `_`, `.`; it is part of every key of the wire's items, so it should never change |
| `name` | as people know it; the id where left out |
| `country` | alpha-3 of its seat; none for an international organisation |
| `ownership` | who stands behind it: state, public, cooperative, company, foundation, organisation ... |
| `lang` | language of its copy: en |
| `agency` | its mark in datelines: TASS |
| `zone` | IANA zone of dates that its feeds write without one; UTC where left out |
| `dateline` | a pattern of its datelines, with the groups place, date and agency; most need none |
| `example` | a line that `dateline` must match; needed where that is given |
| `gives` | what a feed leads to: full text, summary, subscription (its pages are not fetched) |
| `checked` | the day on which its feeds were last seen to answer; left out: never |
| `home` | its site |
| `every` | time between two polls: 90s, 5m, 1h; 10m where left out |
| `url` | the address of its only feed; in place of, or beside, `feeds` |
| `feeds` | addresses, or tables `{ id, url, every, lang, zone }` |
| `enabled` | false: not watched |
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, get_args
from zoneinfo import ZoneInfo

from tasks.catalog.layers import CatalogEntry, Layers
from tasks.core.address import hash_key, refuse_url
from tasks.core.model import Feed, Gives, Wire

EVERY_S = 600  # a feed's window of 10-100 entries covers hours (measured on live agencies), so ten minutes miss nothing
LEAST_EVERY_S, MOST_EVERY_S = 60, 86_400
GIVES: tuple[Gives, ...] = get_args(Gives)

_UNIT_S = {"s": 1, "m": 60, "h": 3600}
_EVERY = re.compile(r"(\d{1,5})\s?([smh])")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_COUNTRY = re.compile(r"[A-Z]{3}")
_LANG = re.compile(r"[a-z]{2,3}")
# A repeat around a repeat can take longer than the age of the world on a text that does not match.
_NESTED_REPEAT = re.compile(r"\((?:[^()\\]|\\.)*(?<!\\)[+*](?:[^()\\]|\\.)*\)(?:[+*]|\{\d*,)")
_WIRE_KEYS: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("id", "name", "country", "ownership", "lang", "agency", "zone", "dateline", "example"), str),
    **dict.fromkeys(("gives", "home", "every", "url"), str),
    **{"checked": date, "feeds": list, "enabled": bool},
}
_FEED_KEYS: dict[str, type | tuple[type, ...]] = dict.fromkeys(("id", "url", "every", "lang", "zone"), str)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where the values of one table come from, and where its faults go."""

    layers: Layers
    file: str
    where: str
    values: Mapping[str, Any]

    def report(self, problem: str, mend: str) -> None:
        self.layers.fault(self.file, self.where, problem, mend)

    def read_text(self, key: str) -> str | None:
        value = self.values.get(key)
        return value.strip() or None if isinstance(value, str) else None

    def check_keys(self, keys: Mapping[str, type | tuple[type, ...]]) -> bool:
        """Whether all keys are known and of the right type; reports each that is not."""
        faults = len(self.layers.faults)
        for key, value in self.values.items():
            if key not in keys:
                self.report(f"has the unknown key {key}", f"use one of {', '.join(keys)}")
            elif not isinstance(value, keys[key]) or isinstance(value, datetime):  # a datetime is a date to Python
                self.report(f"has {key} = {value!r}, which is of the wrong type", "see tasks/catalog/wire_entry.py")
        return len(self.layers.faults) == faults

    def read_matching(self, key: str, form: re.Pattern[str], mend: str) -> str | None:
        value = self.read_text(key)
        if value is not None and not form.fullmatch(value):
            self.report(f"has {key} = {value!r}", mend)
            return None
        return value

    def read_zone(self, default: str) -> str:
        zone = self.read_text("zone") or default
        try:
            ZoneInfo(zone)
        except (KeyError, ValueError, OSError):  # unknown, not a plain name, or the name of a folder
            self.report(f"has the unknown zone {zone!r}", "use an IANA name such as Asia/Seoul")
            return default
        return zone

    def read_every(self, default: int) -> int:
        written = self.read_text("every")
        if written is None:
            return default
        match = _EVERY.fullmatch(written)
        seconds = int(match[1]) * _UNIT_S[match[2]] if match else 0
        if not LEAST_EVERY_S <= seconds <= MOST_EVERY_S:
            self.report(f"has every = {written!r}", "write a time from 60s to 24h, such as 5m")
            return default
        return seconds

    def read_url(self, key: str) -> str | None:
        url = self.read_text(key)
        reason = refuse_url(url) if url else None
        if reason:
            self.report(f"has an address in {key} that cannot be asked: {reason}", "write it as https://host/path")
            return None
        return url


def read_wire(layers: Layers, entry: CatalogEntry) -> Wire | None:
    """The wire of an entry, or None where it cannot be made; faults go to `layers.faults`."""
    desk = _Desk(layers, entry.file, entry.where(), entry.values)
    if not desk.check_keys(_WIRE_KEYS):
        return None
    if not _ID.fullmatch(entry.id):
        desk.report(f"has the id {entry.id!r}", "use letters, digits, hyphens, dots and underscores, such as tass")
        return None
    lang = desk.read_matching("lang", _LANG, "write it as two small letters, such as en")
    zone = desk.read_zone("UTC")
    feeds = tuple(_read_feeds(desk, entry, lang, zone, desk.read_every(EVERY_S)))
    return Wire(
        wire_id=entry.id,
        name=desk.read_text("name") or entry.id,
        country=desk.read_matching("country", _COUNTRY, "write its alpha-3 code, such as KOR"),
        ownership=desk.read_text("ownership"),
        lang=lang,
        agency=desk.read_text("agency"),
        zone=zone,
        dateline=_read_dateline(desk),
        gives=_read_gives(desk),
        checked=entry.values.get("checked"),
        home=desk.read_url("home"),
        feeds=feeds,
    )


def _read_feeds(desk: _Desk, entry: CatalogEntry, lang: str | None, zone: str, every_s: int) -> Iterator[Feed]:
    tables = entry.values.get("feeds", [])
    if not tables and desk.read_text("url") is None:
        desk.report("has no address", 'give it url = "https://..."')
    if (url := desk.read_url("url")) is not None:
        yield Feed(entry.id, entry.id, url, lang, zone, every_s)
    for number, raw in enumerate(tables, start=1):
        values = {"url": raw} if isinstance(raw, str) else raw
        where = f"{desk.where}.feeds[{number}]"
        if not isinstance(values, dict):
            desk.report(f"has {raw!r} in feeds", 'write { url = "https://..." }')
            continue
        feed = _read_feed(_Desk(desk.layers, desk.file, where, values), entry.id, lang, zone, every_s)
        if feed is not None:
            yield feed


def _read_feed(desk: _Desk, wire_id: str, lang: str | None, zone: str, every_s: int) -> Feed | None:
    if not desk.check_keys(_FEED_KEYS):
        return None
    if desk.read_text("url") is None:
        desk.report("has no address", 'give it url = "https://..."')
    url = desk.read_url("url")
    if url is None:
        return None
    # Without an id of its own a feed is known by its address, so that the order of the list may change.
    own = desk.read_matching("id", _ID, "use letters, digits, hyphens, dots and underscores, such as tass-world")
    return Feed(
        feed_id=own or f"{wire_id}-{hash_key(url)[:8]}",
        wire_id=wire_id,
        url=url,
        lang=desk.read_matching("lang", _LANG, "write it as two small letters, such as en") or lang,
        zone=desk.read_zone(zone),
        every_s=desk.read_every(every_s),
    )


def _read_gives(desk: _Desk) -> Gives:
    written = desk.read_text("gives")
    for known in GIVES:
        if written in {known, None}:
            return known
    desk.report(f"has gives = {written!r}", f"use one of {', '.join(GIVES)}")
    return GIVES[0]


def _read_dateline(desk: _Desk) -> str | None:
    """The pattern of the wire's datelines, proven on its own example."""
    pattern, example = desk.read_text("dateline"), desk.read_text("example")
    if pattern is None:
        if example is not None:
            desk.report("has an example but no dateline", "add the pattern, or remove the example")
        return None
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        desk.report(f"has a dateline that is no pattern: {error}", "correct it at the place that the message names")
        return None
    if _NESTED_REPEAT.search(pattern):
        desk.report("has a dateline with a repeat inside a repeat", "write it without: such a pattern may never end")
    elif unknown := compiled.groupindex.keys() - {"place", "date", "agency"}:
        desk.report(f"has a dateline with the group {', '.join(sorted(unknown))}", "use place, date and agency")
    elif example is None or not compiled.match(example):
        problem = "without an example" if example is None else "that does not match its example"
        desk.report(f"has a dateline {problem}", 'give it example = "SEOUL, Dec. 11 (Yonhap) -- The ..."')
    else:
        return pattern
    return None
