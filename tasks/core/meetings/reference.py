"""How the words before an anchor refer: to a new meeting, to one told of already, or only to date another fact."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.core.meetings.anchors import Anchor
from tasks.core.meetings.clause import Clause
from tasks.core.meetings.scene import Scene

_NO_SMALL = r"(?!(?:an?|of|in|for|at|to|on|with|from|by|and|said|was|were|is|are)\s)"
_WORD = rf"(?:{_NO_SMALL}[\w\ue000-\ue0ff'’-]+\s)"
_THE = r"\b(?:the|this|that|these|those|their|his|her|its)\s"
_DEFINITE = re.compile(rf"{_THE}{_WORD}{{0,4}}$", re.I)
# No name stands between: "the next round of talks" may be any talks, "the Geneva talks" are certain ones.
_PLAIN = re.compile(rf"{_THE}(?:{_NO_SMALL}[a-z-]+\s){{0,2}}$", re.I)
_ASIDE = re.compile(rf"\b(?:after|following|before|ahead of|since|during|until)\s{_THE}{_WORD}{{0,2}}$", re.I)
_FOLLOWING = re.compile(rf"\b(?:after|following)\s{_THE}{_WORD}{{0,2}}$", re.I)
_SCENE = re.compile(
    r"\b(?:sidelines of|margins of|at|during|on the eve of|before|after|ahead of)\s(?:an?|the|this"
    r"|that)\s[^,;]{0,40}$"
)
# At one of these the fact is in the same place.
_AT_SCENE = re.compile(r"\b(?:sidelines of|margins of|fringes of|at|during)\s(?:an?|the|this|that)\s[^,;]{0,40}$")
_REACH = 60


@dataclass(frozen=True, slots=True)
class Reference:
    """`is_definite`: "the ... summit". `is_plain`: no name in it, so that it may mean one told of before.

    `is_aside`: it only dates another fact ("after the talks"); `follows_last`: another noun of the sentence does so
    for this one. `is_scene`: another meeting took place at it ("met at the summit"). `is_subject`: its own verb stands
    with it, so that what the clause says of time and place is said of it.
    """

    is_definite: bool
    is_plain: bool
    is_aside: bool
    is_scene: bool
    is_subject: bool
    follows_last: bool


def read_reference(scene: Scene, anchor: Anchor, clause: Clause, others: Sequence[Anchor]) -> Reference:
    """How the anchor refers; `others` are the further anchors of the sentence."""
    before = scene.code[max(0, anchor.start - _REACH) : anchor.start]
    is_definite = not anchor.is_verb and _DEFINITE.search(before) is not None
    return Reference(
        is_definite=is_definite,
        is_plain=is_definite and _PLAIN.search(before) is not None,
        is_aside=_ASIDE.search(before) is not None,
        is_scene=is_scene(scene, anchor),
        is_subject=clause.is_subject or anchor.word == "meet",
        follows_last=any(_FOLLOWING.search(scene.code[: other.start]) for other in others),
    )


def is_place_of_others(scene: Scene, anchor: Anchor) -> bool:
    """Is what meets beside it in its place ("met on the sidelines of the summit in Oslo")?"""
    return _AT_SCENE.search(scene.code[max(0, anchor.start - _REACH) : anchor.start]) is not None


def is_scene(scene: Scene, anchor: Anchor) -> bool:
    """Does the noun only set the scene of another fact ("met at the summit on Friday")?"""
    return _SCENE.search(scene.code[max(0, anchor.start - _REACH) : anchor.start]) is not None
