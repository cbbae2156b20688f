"""On whose word a meeting stands: the wires that tell of it, their independent origins, and whose side they are. Pure.

Copies have the origin of what they copy, and stories that cite an outlet that of the outlet (`citing Axios`), so that
five wires can be two origins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tasks.core.model import Wire
from tasks.core.origins import CITING

MAX_SOURCES = 6  # in words; the counts are whole


@dataclass(frozen=True, slots=True)
class Carriers:
    """How many wires tell of a meeting, how many report it on their own, these in words, and the parties' own wires."""

    wires: int
    origins: int
    sources: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()


def count_carriers(told: Iterable[tuple[str, str]], wires: Mapping[str, Wire], parties: Sequence[str]) -> Carriers:
    """The carriers of a meeting from its claims as (wire id, origin); the origin that most wires carry comes first."""
    behind: dict[str, list[str]] = {}
    for wire_id, origin in sorted(set(told)):
        behind.setdefault(origin, []).append(wire_id)
    ordered = sorted(behind, key=lambda origin: (-len(behind[origin]), origin))
    carrying = {wire_id for each in behind.values() for wire_id in each}
    countries = {wires[wire_id].country for wire_id in carrying if wire_id in wires}
    return Carriers(
        wires=len(carrying),
        origins=len(behind),
        sources=tuple(_name_source(origin, behind[origin], wires) for origin in ordered[:MAX_SOURCES]),
        sides=tuple(party for party in parties if party in countries),
    )


def group_carriers(
    rows: Iterable[Mapping[str, str]], wires: Mapping[str, Wire], parties: Mapping[str, Sequence[str]]
) -> dict[str, Carriers]:
    """The carriers of each meeting, from rows of meeting_id, wire_id and origin; `parties` are each meeting's own."""
    behind: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        behind.setdefault(row["meeting_id"], []).append((row["wire_id"], row["origin"]))
    return {meeting_id: count_carriers(told, wires, parties[meeting_id]) for meeting_id, told in behind.items()}


def _name_source(origin: str, carrying: Sequence[str], wires: Mapping[str, Wire]) -> str:
    """`Norvik Press`, `Norvik Press (also Lumen)`, `Lumen citing Norvik Press`, `Lumen, Meridian citing Axios`."""
    names = [_name_wire(wire_id, wires) for wire_id in carrying if wire_id != origin]
    if origin.startswith(CITING):
        return f"{', '.join(names)} {origin}"
    if origin in carrying:
        return f"{_name_wire(origin, wires)} (also {', '.join(names)})" if names else _name_wire(origin, wires)
    return f"{', '.join(names)} {CITING}{_name_wire(origin, wires)}"


def _name_wire(wire_id: str, wires: Mapping[str, Wire]) -> str:
    return wires[wire_id].name if wire_id in wires else wire_id
