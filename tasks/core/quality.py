"""Faults of the stored data in words: what is wrong, how often, which first, and what to do. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

SHOWN = 3

_WORDS = re.compile(r"One row per (?P<what>.+?)\. (?P<state>Fault|Note): (?P<mend>.+)\.")


@dataclass(frozen=True, slots=True)
class Fault:
    """What one check found: `count` of them, the first few by name, and what to do about it."""

    check: str
    state: Literal["fault", "note"]
    what: str
    mend: str
    count: int
    first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence for a log: of something that is broken, or of something to know."""

    state: Literal["fault", "note"]
    words: str


def find_fault(check: str, grain: str, rows: Sequence[str]) -> Fault | None:
    """The fault that the rows of a check tell, nothing where there are none; `grain` is the first line of its file."""
    if not rows:
        return None
    words = _WORDS.fullmatch(grain)
    if words is None:
        raise ValueError(f"{check} does not begin with: One row per WHAT. Fault|Note: WHAT TO DO.")
    state: Literal["fault", "note"] = "fault" if words["state"] == "Fault" else "note"
    return Fault(check, state, words["what"], words["mend"], len(rows), tuple(rows[:SHOWN]))


def describe_fault(fault: Fault) -> str:
    """What is wrong, how often and where: `version of an article that no rules ever read: 2 (a1 version 1, ...)`."""
    more = f" and {fault.count - len(fault.first):,} more" if fault.count > len(fault.first) else ""
    return f"{fault.what}: {fault.count:,} ({', '.join(fault.first)}{more})"


def tell_fault(fault: Fault) -> str:
    """The same as a sentence with what to do, for a log."""
    told = describe_fault(fault)
    return f"{told[0].upper()}{told[1:]}; {fault.mend}."
