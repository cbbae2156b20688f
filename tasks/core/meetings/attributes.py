"""What stands right before "summit": a city ("the Hanoi summit"), or a state with a region ("the Japan-Africa summit").

Such a summit is one of states, though nobody is named who meets there.
"""

from __future__ import annotations

import re

from tasks.core.meetings.anchors import Anchor
from tasks.core.meetings.entities import DEMONYM, ORG, PLACE, STATE, Entity
from tasks.core.meetings.participants import Participants
from tasks.core.meetings.scene import Scene

_REGION = (
    r"(?:Central\sAsian?|South(?:[\s-]?[Ee]ast)?\sAsian?|Africa|African|Arab|Gulf|Caribbean|Pacific(?:\sIslands?)?"
    r"|Latin\sAmerican?|Western\sBalkans?|Balkans?|Nordic|Baltic|European?|Asian?|Americas|South\sCaucasus|Sahel)"
)
_STATE = rf"[{STATE}{DEMONYM}{PLACE}{ORG}]"
_REGION_PAIR = re.compile(
    rf"(?:(?P<one>{_STATE})\s?[-–—/]\s?{_REGION}|\b{_REGION}\s?[-–—/]\s?(?P<two>{_STATE}))\s(?:[a-z-]+\s){{0,2}}$"
)
_CITY = re.compile(rf"\b(?:[Tt]he|[Ll]ast|[Tt]his)\s(?:[\w’'-]+\s){{0,2}}{PLACE}\s$")
# "the 2008 Bucharest Summit, where NATO declared": whose summit it was.
_WHERE_BODY = re.compile(r",?\s(?:where|when|at\swhich)\s(?:the\s|all\s)?(?P<body>.)(?:['’]s)?")
_OF_YEAR = re.compile(r"\b(?P<year>(?:19|20)\d\d)\s(?:[\w’'\ue020-\ue023-]+\s){0,2}$")


def read_region(scene: Scene, before: str, offset: int, found: Participants) -> int | None:
    """The index where "Japan-Africa" begins, whose state is then a party; None where no region stands there."""
    pair = _REGION_PAIR.search(before)
    if pair is None:
        return None
    found.parties += scene.between(*(at + offset for at in pair.span("one" if pair["one"] else "two")))
    found.is_of_states = True
    return pair.start() + offset


def is_of_city(scene: Scene, anchor: Anchor) -> bool:
    """`the Hanoi summit`."""
    return anchor.word == "summit" and _CITY.search(scene.code[: anchor.start]) is not None


def find_body_there(scene: Scene, anchor: Anchor) -> Entity | None:
    """The body that did something at the summit."""
    match = _WHERE_BODY.match(scene.code, anchor.end) if anchor.word == "summit" else None
    if match is None:
        return None
    body = next(iter(scene.between(*match.span("body"))), None)
    return body if body is not None and body.organisation else None


def read_year(scene: Scene, anchor: Anchor) -> int | None:
    """The year right before the name: "the 2008 Bucharest Summit"."""
    match = _OF_YEAR.search(scene.code[: anchor.start]) if anchor.word == "summit" else None
    return int(match["year"]) if match else None
