"""What a character of a scene stands for: a person, a role, a state, an organisation, a place or a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from tasks.core.days.find import DaySpan
from tasks.core.places import PlaceHit

Level = Literal["leader", "minister", "other"]

LEADER, MINISTER, OTHER, UNKNOWN = "\ue000", "\ue001", "\ue002", "\ue003"
ROLE_LEADER, ROLE_MINISTER, ROLE_OTHER = "\ue010", "\ue011", "\ue012"
STATE, DEMONYM, ORG, PLACE, DAY = "\ue020", "\ue021", "\ue022", "\ue023", "\ue024"

ANY = "[\ue000-\ue0ff]"
PERSON = "[\ue000-\ue003]"
ROLE = "[\ue010-\ue012]"
NATION = f"[{STATE}{DEMONYM}]"
PARTY = f"[\ue000-\ue003{STATE}{ORG}]"

PERSON_OF_LEVEL: dict[Level | None, str] = {"leader": LEADER, "minister": MINISTER, "other": OTHER, None: UNKNOWN}
LEVEL_OF_ROLE: dict[str, Level] = {ROLE_LEADER: "leader", ROLE_MINISTER: "minister", ROLE_OTHER: "other"}
ROLE_OF_LEVEL: dict[Level, str] = {level: kind for kind, level in LEVEL_OF_ROLE.items()}


@dataclass(frozen=True, slots=True)
class Entity:
    """What one character of a scene stands for; offsets count in the text, `end` exclusive.

    `codes` are its countries, `names` the persons by their canonical names, `organisation` the group that it belongs to
    or is. `is_inferred` says that a lexicon, not the text, gave the country. `is_group` marks plurals,
    `is_home` that only the dateline gave the country.
    """

    kind: str
    start: int
    end: int
    codes: tuple[str, ...] = ()
    level: Level | None = None
    names: tuple[str, ...] = ()
    organisation: str | None = None
    is_inferred: bool = False
    is_group: bool = False
    is_home: bool = False
    place: PlaceHit | None = None
    day: DaySpan | None = None

    @property
    def is_person(self) -> bool:
        """Is it a person, or a group of persons?"""
        return self.kind in (LEADER, MINISTER, OTHER, UNKNOWN)


def collect_codes(entities: Iterable[Entity]) -> set[str]:
    """The countries of these, each once."""
    return {code for each in entities for code in each.codes}
