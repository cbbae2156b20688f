"""How well datelines are read: fields of agencies' own items, and the places of Reuters stories of 2017.

The items' gold is read off by a person (datelines.toml). That of Reuters is what stands before `(Reuters) -` in capitals,
split at `/`; a story that begins with the mark has no city.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from tasks.core.dateline.read import read_dateline
from tasks.core.model import Dateline
from tasks.core.places import PlaceIndex
from tests.catalog import builtin_catalog
from tests.quality.figures import Figure, say
from tests.quality.wire_items import WIRE, read_item, read_reuters

GOLD = Path(__file__).parent / "datelines.toml"
_HEAD = re.compile(r"(?P<head>[A-Z][^()\n]{1,60}?)? ?\(Reuters\) - ")
_NOW = datetime(2017, 12, 31, 12, tzinfo=UTC)


def measure_datelines() -> Iterator[Figure]:
    """The share of right fields in both sets."""
    if not WIRE.is_dir():
        yield Figure("datelines: fields right", None, 0, "wire", "outside", needs="the outside data, folder wire")
        return
    for data, fields in (("agencies' items", _judge_items()), ("Reuters 2017", _judge_reuters())):
        judged = list(fields)
        right = sum(is_right for _, _, is_right in judged)
        yield Figure("datelines: fields right", right / len(judged), len(judged), data, "outside", at_least=0.97)


def show_datelines() -> None:
    """Print the fields that are wrong."""
    for name, field, is_right in (*_judge_items(), *_judge_reuters()):
        if not is_right:
            say(f"{name}: {field}")


def _judge_items() -> Iterator[tuple[str, str, bool]]:
    """Each field of each item, and whether it is right."""
    places = _open_places()
    for item in tomllib.loads(GOLD.read_text(encoding="utf-8"))["item"]:
        text = read_item(item["file"])
        found = read_dateline(text, None, datetime.combine(item["published"], time(12), UTC), places)
        for field, is_right in _compare(item, found, text).items():
            yield item["file"], field, is_right


def _compare(item: Mapping[str, Any], found: Dateline | None, text: str) -> dict[str, bool]:
    prose = text[found.body_start :].split(None, 1)[:1] if found else []
    return {
        "cities": (list(found.cities) if found else []) == item["cities"],
        "agency": (found.agency if found else None) == item.get("agency"),
        "date": (found.date if found else None) == item.get("date"),
        "begins": prose == ([item["begins"]] if "begins" in item else []),
    }


def _judge_reuters() -> Iterator[tuple[str, str, bool]]:
    places = _open_places()
    for text in read_reuters():
        if (head := _HEAD.match(text)) is None:
            continue
        found = read_dateline(text, None, _NOW, places)
        cities = [part.split(",")[0].strip().casefold() for part in (head["head"] or "").split("/") if part]
        yield text[:40], "cities", found is not None and [_fold(city) for city in found.cities] == cities
        yield text[:40], "agency", found is not None and found.agency == "Reuters"
        yield text[:40], "begins", found is not None and found.body_start == head.end()


def _fold(city: str) -> str:
    return city.casefold()


def _open_places() -> PlaceIndex:
    catalog = builtin_catalog()
    return PlaceIndex(catalog.places, catalog.countries)
