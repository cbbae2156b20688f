"""Whose "their summit" is: that of the body whose leaders the clause names, else of the leaders named together."""

from __future__ import annotations

import re
from dataclasses import replace

from tasks.core.meetings.anchors import Anchor
from tasks.core.meetings.entities import LEADER, PLACE, ROLE_LEADER, Entity, collect_codes
from tasks.core.meetings.participants import Participants
from tasks.core.meetings.party_words import PARTIES
from tasks.core.meetings.scene import Scene

_THEIR = re.compile(rf"\b(?:their|its)\s(?:(?:[\w-]+|{PLACE})\s){{0,3}}$")
_THEIR_LEADERS = re.compile(rf"\btheir\s(?:[a-z]+\s)?(?:{ROLE_LEADER}|leaders|presidents)\s(?:[a-z]+\s){{0,3}}$")
_OF_BODY: frozenset[str] = frozenset(("summit", "meeting", "talks"))


def read_theirs(scene: Scene, anchor: Anchor, before: str, found: Participants) -> bool:
    """Fill in who "they" are, where the words before the noun say "their"; False where they do not."""
    their = _THEIR.search(before)
    if their is None or (their.group().startswith("its") and anchor.word != "summit"):
        return False
    named = scene.between(0, anchor.start)
    bodies = [each for each in named if each.is_group and each.organisation and each.level == "leader"]
    if bodies and anchor.word in _OF_BODY:
        found.parties += [bodies[-1]]
        return True
    if their.group().startswith("its"):
        return False
    both = [each for each in named if each.is_person and each.codes]
    if len(collect_codes(both)) > 2:
        both = _find_list(scene, anchor.start, of_persons=True)
    found.parties += both if len(collect_codes(both)) > 1 else [] if both else scene.pair
    return True


def find_their_leaders(scene: Scene, anchor: Anchor) -> list[Entity]:
    """`A and B made up when their leaders met`: those of the states that the sentence named together before."""
    theirs = _THEIR_LEADERS.search(scene.code, 0, anchor.start)
    members = _find_list(scene, theirs.start(), of_persons=False) if theirs else []
    return [replace(each, kind=LEADER, level="leader") for each in members if each.codes]


def _find_list(scene: Scene, end: int, *, of_persons: bool) -> list[Entity]:
    """The nearest list before an index that names leaders of several states, or the states themselves."""
    for match in reversed(list(PARTIES.finditer(scene.code, 0, end))):
        members = [each for each in scene.between(*match.span()) if each.is_person == of_persons]
        if len(collect_codes(members)) > 1:
            return members
    return []
