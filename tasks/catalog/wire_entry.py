"""One `[[wire]]` entry as a Wire. Only `id` and one address are needed; what is left out stays empty.

| key | value |
|---|---|
| `id` | letters, digits, `-`, `_`, `.`; it is part of every key of the wire's items, so it should never change |
| `name` | as people know it; the id where left out |
| `country` | alpha-3 of its seat; none for an international organisation |
| `ownership` | who stands behind it: state, semi-official, public, cooperative, private, foundation, organisation |
| `region` | where its seat is: Africa, Americas, Asia, Eurasia, Europe, Middle East, Oceania, World (none of these) |
| `tier` | 1: an agency's own copy; 2: broadcasters and organisations; 3: newsrooms that carry agencies' copy |
| `lang` | language of its copy: en |
| `agency` | its mark in datelines: TASS |
| `zone` | IANA zone of dates that its feeds write without one; UTC where left out |
| `dateline` | a pattern of its datelines, with the groups place, date and agency; most need none |
| `example` | a line that `dateline` must match; needed where that is given |
| `gives` | what a feed leads to: full text, summary, subscription (its pages are not fetched) |
| `floor` | stories a day under which the wire counts as silent; left out where nobody has counted them |
| `checked` | the day on which its feeds were last seen to answer; left out: never |
| `home` | its site |
| `every` | time between two polls: 90s, 5m, 1h; 10m where left out |
| `url` | the address of its only feed; in place of, or beside, `feeds` |
| `feeds` | addresses, or tables `{ id, url, every, lang, zone, auth }` |
| `auth` | a subscriber's `{ header = "Authorization", env = "MY_TOKEN" }`: the name of a variable, never its value |
| `robots` | ignore: its robots.txt does not count for its pages; only with a note that says who allowed it |
| `tdm` | ignore: texts are kept although its site reserves text and data mining (TDMRep); only with a note |
| `note` | why `robots` or `tdm` may be ignored: the contract, the licence, the answer of the site |
| `enabled` | false: not watched |
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import get_args

from tasks.catalog.entry_desk import EntryDesk, Kinds
from tasks.catalog.layers import CatalogEntry, Layers
from tasks.catalog.wire_auth import read_auth
from tasks.catalog.wire_page import read_page_rule
from tasks.core.address.forms import hash_key
from tasks.core.model import Feed, Gives, Manner, Wire

EVERY_S = 600  # a feed's window of 10-100 entries covers hours (measured on live agencies), so ten minutes miss nothing
GIVES: tuple[Gives, ...] = get_args(Gives)
MANNERS: tuple[Manner, ...] = get_args(Manner)
REGIONS = ("Africa", "Americas", "Asia", "Eurasia", "Europe", "Middle East", "Oceania", "World")
TIERS = (1, 3)
MOST_STORIES = 10_000  # a day; no wire files as many

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_COUNTRY = re.compile(r"[A-Z]{3}")
_LANG = re.compile(r"[a-z]{2,3}")
# A repeat around a repeat can take longer than the age of the world on a text that does not match.
_NESTED_REPEAT = re.compile(r"\((?:[^()\\]|\\.)*(?<!\\)[+*](?:[^()\\]|\\.)*\)(?:[+*]|\{\d*,)")
_WIRE_KEYS: dict[str, Kinds] = {
    **dict.fromkeys(("id", "name", "country", "ownership", "lang", "agency", "zone", "dateline", "example"), str),
    **dict.fromkeys(("region", "gives", "home", "every", "url", "robots", "tdm", "note"), str),
    **{"tier": int, "floor": int, "checked": date, "feeds": list, "enabled": bool, "auth": dict, "page": dict},
}
_FEED_KEYS: dict[str, Kinds] = {**dict.fromkeys(("id", "url", "every", "lang", "zone"), str), "auth": dict}


def read_wire(layers: Layers, entry: CatalogEntry) -> Wire | None:
    """The wire of an entry, or None where it cannot be made; faults go to `layers.faults`."""
    desk = EntryDesk(layers, entry.file, entry.where(), entry.values)
    if not desk.check_keys(_WIRE_KEYS):
        return None
    if not _ID.fullmatch(entry.id):
        desk.report(f"has the id {entry.id!r}", "use letters, digits, hyphens, dots and underscores, such as tass")
        return None
    lang = desk.read_matching("lang", _LANG, "write it as two small letters, such as en")
    zone = desk.read_zone("UTC")
    common = Feed("", entry.id, "", lang, zone, desk.read_every(EVERY_S), read_auth(desk))
    feeds = tuple(_read_feeds(desk, common))
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
        region=desk.read_choice("region", REGIONS),
        tier=desk.read_number("tier", *TIERS),
        floor=desk.read_number("floor", 1, MOST_STORIES),
        robots=_read_manner(desk, "robots"),
        tdm=_read_manner(desk, "tdm"),
        page=read_page_rule(desk),
    )


def _read_feeds(desk: EntryDesk, common: Feed) -> Iterator[Feed]:
    """The feeds of a wire; `common` holds what they take from it where they say nothing."""
    tables = desk.values.get("feeds", [])
    if not tables and desk.read_text("url") is None:
        desk.report("has no address", 'give it url = "https://..."')
    if (url := desk.read_url("url")) is not None:
        yield replace(common, feed_id=common.wire_id, url=url)
    for number, raw in enumerate(tables, start=1):
        values = {"url": raw} if isinstance(raw, str) else raw
        where = f"{desk.where}.feeds[{number}]"
        if not isinstance(values, dict):
            desk.report(f"has {raw!r} in feeds", 'write { url = "https://..." }')
            continue
        feed = _read_feed(EntryDesk(desk.layers, desk.file, where, values), common)
        if feed is not None:
            yield feed


def _read_feed(desk: EntryDesk, common: Feed) -> Feed | None:
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
        feed_id=own or f"{common.wire_id}-{hash_key(url)[:8]}",
        wire_id=common.wire_id,
        url=url,
        lang=desk.read_matching("lang", _LANG, "write it as two small letters, such as en") or common.lang,
        zone=desk.read_zone(common.zone),
        every_s=desk.read_every(common.every_s),
        auth=read_auth(desk) or common.auth,
    )


def _read_gives(desk: EntryDesk) -> Gives:
    written = desk.read_choice("gives", GIVES)
    return next((known for known in GIVES if known == written), GIVES[0])


def _read_manner(desk: EntryDesk, key: str) -> Manner:
    """Whether a site's word is obeyed. What it did not allow needs somebody who did, and a note of it."""
    if desk.read_choice(key, MANNERS) != "ignore":
        return "obey"
    if desk.read_text("note") is None:
        desk.report(f'has {key} = "ignore" without a note', 'say who allows it: note = "licence of 3 March 2026"')
    return "ignore"


def _read_dateline(desk: EntryDesk) -> str | None:
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
