"""Who takes part in the meeting of an anchor, as far as its sentence says."""

from __future__ import annotations

from dataclasses import dataclass, field

from tasks.core.meetings.entities import Entity
from tasks.core.meetings.unnamed import NOBODY, Unnamed


@dataclass(slots=True)
class Participants:
    """Entities by their part. `is_pair` says that "the A-B summit" names them, `is_unnamed_pair` "the two leaders",
    `is_reported` that one of them told of it right after, `is_of_states` that a city or a region before the noun says
    that states meet."""

    parties: list[Entity] = field(default_factory=list)
    attending: list[Entity] = field(default_factory=list)
    hosts: list[Entity] = field(default_factory=list)
    organisations: list[Entity] = field(default_factory=list)
    is_pair: bool = False
    is_unnamed_pair: bool = False
    unnamed: Unnamed = NOBODY
    is_of_body: bool = False
    is_reported: bool = False
    is_theirs: bool = False
    is_of_states: bool = False
