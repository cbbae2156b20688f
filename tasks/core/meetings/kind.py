"""The kind of a meeting, by its word and by the level of those who take part."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from tasks.core.meetings.anchors import Anchor
from tasks.core.meetings.entities import ROLE_LEADER, ROLE_MINISTER, Entity, Level
from tasks.core.meetings.participants import Participants
from tasks.core.meetings.scene import Scene
from tasks.core.model import MeetingKind

_MINISTERIAL = re.compile(
    r"(?<!vice-)(?<!sub-)\b[Mm]inisterial\b|\b(?:two-plus-two|2\+2)\b|\b(?:[Ff]oreign|[Dd]efen[cs]e|[Ff]inance"
    r"|[Tt]rade|[Ii]nterior|[Ee]nergy)\s[Mm]inisters?['’]?\s"
)
# "will hold a meeting of their foreign ministers".
_OF_THEIR = re.compile(
    rf"\sof\s(?:(?:their|the|both|its)\s)?(?:(?:two|three)\s)?(?:countries[’']\s)?(?P<who>{ROLE_LEADER}"
    rf"|{ROLE_MINISTER}|ministers|leaders|presidents)"
)
_HEADS = re.compile(r"\b(?:heads\sof\s(?:state|government)|leaders|presidents)\b")
_NEAR = 40
_RANK: dict[Level | None, int] = {"leader": 3, "minister": 2, "other": 1, None: 0}
# The leaders of the EU meet under this name, without the word summit.
_COUNCIL_OF_LEADERS = "European Council"


def read_kind(scene: Scene, anchor: Anchor, people: Participants) -> MeetingKind:
    """The kind of the anchor's meeting: leaders on each side make a summit, ministers a ministerial, the rest talks."""
    if anchor.word in ("call", "visit"):
        return "call" if anchor.word == "call" else "visit"
    levels = list_levels(people.parties)
    if anchor.word == "conference" and len(levels) < 2:
        return "conference"
    groups = {each.level for each in people.parties if each.is_group and each.organisation}
    near = scene.code[max(0, anchor.start - _NEAR) : anchor.end]
    is_of_ministers = len(levels) > 1 and set(levels.values()) == {"minister"}
    unnamed = people.unnamed.level if not levels or set(levels.values()) == {None} else None
    if match := _OF_THEIR.match(scene.code, anchor.end):
        unnamed = "minister" if match["who"] in (ROLE_MINISTER, "ministers") else "leader"
    is_of_ministers = (
        is_of_ministers or unnamed == "minister" or (people.is_of_body and not levels and ROLE_MINISTER in near)
    )
    if is_of_ministers or _MINISTERIAL.search(near) or "minister" in groups:
        return "ministerial"
    if anchor.word == "summit":
        return "talks" if _is_below_leaders(people, levels) else "summit"
    is_of_leaders = len(levels) > 1 and set(levels.values()) == {"leader"}
    is_council = any(each.organisation == _COUNCIL_OF_LEADERS for each in people.organisations)
    is_unnamed = (people.is_unnamed_pair and not levels) or unnamed == "leader"
    is_unnamed = is_unnamed or (bool(people.organisations) and not levels and _has_heads(scene, anchor))
    is_unnamed = is_unnamed or (people.is_of_body and not levels and ROLE_LEADER in near)
    return "summit" if is_of_leaders or "leader" in groups or is_council or is_unnamed else "talks"


def list_levels(entities: Iterable[Entity]) -> dict[str, Level | None]:
    """The highest level that stands for each country; "her Turkish colleague" is of the level of the one beside."""
    levels: dict[str, Level | None] = {}
    entities = list(entities)
    told = {each.level for each in entities if each.is_person and each.level}
    if len(told) == 1:
        entities = [replace(each, level=next(iter(told))) if _is_colleague(each) else each for each in entities]
    for each in entities:
        for code in each.codes:
            if code not in levels or _RANK[each.level] > _RANK[levels[code]]:
                levels[code] = each.level
    return levels


def _is_colleague(entity: Entity) -> bool:
    return entity.is_person and entity.level is None and not entity.names


def _has_heads(scene: Scene, anchor: Anchor) -> bool:
    """`heads of state, at an emergency session of the body`."""
    return anchor.word == "meeting" and _HEADS.search(scene.words(anchor.start - _NEAR, anchor.end)) is not None


def _is_below_leaders(people: Participants, levels: dict[str, Level | None]) -> bool:
    """Does the text name only ministers, envoys or officials as taking part?"""
    named = {level for level in levels.values() if level}
    return bool(named) and "leader" not in named and not people.organisations
