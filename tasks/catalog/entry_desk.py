"""The values of one table of a catalog file, each read with its own fault: what is wrong, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tasks.catalog.layers import Layers
from tasks.core.address.forms import refuse_url

LEAST_EVERY_S, MOST_EVERY_S = 60, 86_400

_UNIT_S = {"s": 1, "m": 60, "h": 3600}
_EVERY = re.compile(r"(\d{1,5})\s?([smh])")
Kinds = type | tuple[type, ...]


@dataclass(frozen=True, slots=True)
class EntryDesk:
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

    def check_keys(self, keys: Mapping[str, Kinds]) -> bool:
        """Whether all keys are known and of the right type; reports each that is not."""
        faults = len(self.layers.faults)
        for key, value in self.values.items():
            if key not in keys:
                self.report(f"has the unknown key {key}", f"use one of {', '.join(keys)}")
            elif not _is_of(value, keys[key]):
                # What stands in place of a table of names may be the secret itself: it is not repeated.
                shown = "a value" if keys[key] is dict else repr(value)
                self.report(f"has {key} = {shown}, which is of the wrong type", "see tasks/catalog/wire_entry.py")
        return len(self.layers.faults) == faults

    def read_matching(self, key: str, form: re.Pattern[str], mend: str) -> str | None:
        value = self.read_text(key)
        if value is not None and not form.fullmatch(value):
            self.report(f"has {key} = {value!r}", mend)
            return None
        return value

    def read_number(self, key: str, least: int, most: int) -> int | None:
        value = self.values.get(key)
        if value is not None and not least <= value <= most:
            self.report(f"has {key} = {value!r}", f"write a whole number from {least} to {most}")
            return None
        return value

    def read_choice(self, key: str, choices: Sequence[str]) -> str | None:
        written = self.read_text(key)
        if written is not None and written not in choices:
            self.report(f"has {key} = {written!r}", f"use one of {', '.join(choices)}")
            return None
        return written

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


def _is_of(value: object, kinds: Kinds) -> bool:
    """Is the value of the type? To Python a datetime is a date, and true a number."""
    if isinstance(value, datetime) or (isinstance(value, bool) and kinds is not bool):
        return False
    return isinstance(value, kinds)
