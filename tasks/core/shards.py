"""Several monitors beside each other, each on its share of the wires. Pure.

    wire id --sha256--> a number --modulo 3--> the shard 1/3, 2/3 or 3/3 that polls it and fetches what it lists

The same wire is in the same shard on every machine and day. Two shards may run at once where no wire can be in both:
1/3 and 2/3, also 1/2 and 2/4; not 1/2 and 1/3, and nothing beside a pass over all wires, which is 1/1.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from tasks.core.errors import BadInput

MOST_SHARDS = 32  # more monitors than that would wait for each other's commits most of their time

_WRITTEN = re.compile(r"(\d{1,3})\s*/\s*(\d{1,3})")
_IN_RUN_ID = re.compile(r"^\d{8}T\d{6}-[0-9a-f]{6}-(\d+)of(\d+)(?!\d)")


@dataclass(frozen=True, slots=True)
class Shard:
    """Share `number` (from 1) of `of` shares."""

    number: int = 1
    of: int = 1

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    @property
    def mark(self) -> str:
        """What the id of a pass over it ends with; nothing where it is all wires."""
        return f"-{self.number}of{self.of}" if self.of > 1 else ""

    @property
    def lock_name(self) -> str:
        """The name of its pass lock."""
        return f"pass{self.mark}"


WHOLE = Shard()


def parse_shard(written: str | None) -> Shard:
    """The shard that `2/3` names; all wires where nothing is written. Raises BadInput."""
    if not written:
        return WHOLE
    match = _WRITTEN.fullmatch(written.strip())
    shard = Shard(int(match[1]), int(match[2])) if match else Shard(0, 0)
    if not 1 <= shard.number <= shard.of <= MOST_SHARDS:
        raise BadInput(
            f"The shard {written!r} is none; write 1/3, 2/3 and 3/3 for three monitors, at most {MOST_SHARDS}."
        )
    return shard


def shard_of_run(name: str) -> Shard:
    """The shard of a pass by its id, or by what begins with its id."""
    match = _IN_RUN_ID.match(name)
    return Shard(int(match[1]), int(match[2])) if match else WHOLE


def holds_wire(shard: Shard, wire_id: str) -> bool:
    """Is the wire in the shard?"""
    number = int.from_bytes(hashlib.sha256(wire_id.encode()).digest()[:8], "big")
    return number % shard.of == shard.number - 1


def choose_wires(shard: Shard, wire_ids: Iterable[str]) -> list[str]:
    """Those of the wires that are in the shard, in order."""
    return sorted({wire_id for wire_id in wire_ids if holds_wire(shard, wire_id)})


def may_meet(one: Shard, other: Shard) -> bool:
    """Could a wire be in both? Then their passes must not run at once."""
    return (one.number - other.number) % math.gcd(one.of, other.of) == 0


def list_rivals(shard: Shard) -> list[Shard]:
    """All other shards that a pass over this one must not run beside."""
    every = (Shard(number, of) for of in range(1, MOST_SHARDS + 1) for number in range(1, of + 1))
    return [other for other in every if other != shard and may_meet(shard, other)]
