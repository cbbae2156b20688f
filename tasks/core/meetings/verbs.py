"""Who takes part where a verb tells of the meeting: "A met B", "A was received by B", "A visited X"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.core.meetings.anchors import Anchor
from tasks.core.meetings.entities import PERSON, ROLE, Entity, collect_codes
from tasks.core.meetings.participants import Participants
from tasks.core.meetings.party_words import (
    AT_SUBJECT,
    BEFORE_REACH,
    BY_AFTER,
    OBJECT,
    OWNER_BEFORE,
    PASSIVE_BEFORE,
    SAID_AFTER,
    VISIT_BY,
    match_speaker,
)
from tasks.core.meetings.scene import Scene
from tasks.core.meetings.subject import Subject, find_subject
from tasks.core.meetings.theirs import find_their_leaders

# "offered to bring together the leaders of A and B", "proposed hosting them": a host of others.
_FOR_OTHERS = re.compile(
    r"\btogether$|\b(?:offer|propos|invit|want|hop|read|willing|prepar)\w*\s(?:to\s)?(?:be\s)?host\w*$"
)
_UNNAMED_GUESTS = re.compile(
    rf"\s(?:the|both)\s(?:two\s|three\s)?(?:{ROLE}|negotiators|delegations|sides|ministers|envoys|leaders)(?!\w)"
)
# "Meeting X in Y, Z said", "After meeting X in Y, Z said".
_AFTER_FIRST = re.compile(r"^(?:(?:After|Before|While|On)\s)?$")
# Leaders "gather"; one person gathers something else.
_GATHERING = re.compile(r"gather|conven|assembl|c[ao]me together")
_TOGETHER = re.compile(rf"\s(?:the\s)?{PERSON}(?:\sand\s(?:the\s)?{PERSON})?\stogether\b")
# "I'd like to meet him," X said of Y.
_MEET_HIM = re.compile(r"\s(?:with\s)?(?:him|her|them)\b")
_SAID_OF = re.compile(
    rf"(?P<one>{PERSON})\s(?:[a-z]+\s)?(?:said|says|added|told\sreporters)\s(?:[a-z]+\s)?(?:of|about)\s(?P<two>{PERSON})"
)


def read_verb(scene: Scene, anchor: Anchor, found: Participants) -> None:
    """`A met (with) B`, `A and B met`, `Meeting B, A said`; `A hosted B` for persons only."""
    if anchor.word == "host":
        _read_host(scene, anchor, found)
        return
    subject, objects = find_subject(scene, anchor.start), find_object(scene, anchor)
    if not objects and _MEET_HIM.match(scene.code, anchor.end) and (told := _SAID_OF.search(scene.code, anchor.end)):
        found.parties = [*scene.between(*told.span("one")), *scene.between(*told.span("two"))]
        return
    if not any(each.is_person for each in (*subject.entities, *objects)) and (
        theirs := find_their_leaders(scene, anchor)
    ):
        found.parties = theirs
        return
    is_first = _AFTER_FIRST.match(scene.code[: anchor.start]) is not None
    if is_first and (later := AT_SUBJECT.match(scene.code, anchor.end)) is not None:
        named = scene.between(*later.span("list"))
        subject = Subject(tuple(each for each in named if each not in objects))
    if _GATHERING.match(scene.code, anchor.start) and not any(each.is_group for each in subject.entities):
        return
    _take(subject, objects, found)


def _read_host(scene: Scene, anchor: Anchor, found: Participants) -> None:
    """`A hosted B`, `B was received by A`, `A offered to host B and C`."""
    subject, objects = find_subject(scene, anchor.start), find_object(scene, anchor)
    is_passive = PASSIVE_BEFORE.search(scene.code[: anchor.start]) is not None
    if is_passive:
        by = BY_AFTER.match(scene.code, anchor.end)
        objects = scene.between(*by.span("list")) if by else []
    if not objects and _UNNAMED_GUESTS.match(scene.code, anchor.end):
        # "received the two negotiators": who they are was told before.
        found.parties = [each for each in subject.entities if each.is_person]
    are_guests = [each for each in objects if each.is_group and each.organisation and each.level == "leader"]
    if are_guests and not any(each.is_person for each in subject.entities):
        # "Rome will host the leaders of the group": whoever hosts them, the meeting is theirs.
        found.hosts = [each for each in subject.entities if each.codes]
        found.parties = are_guests
        return
    if not (subject.entities and any(each.is_person for each in objects)):
        return
    found.hosts = [each for each in (objects if is_passive else subject.entities) if each.codes]
    if len(collect_codes(objects)) > 1 and _is_for_others(scene, anchor):
        found.parties = objects
        return
    _take(subject, objects, found)


def _is_for_others(scene: Scene, anchor: Anchor) -> bool:
    return (
        _FOR_OTHERS.search(scene.code[: anchor.end]) is not None or _TOGETHER.match(scene.code, anchor.end) is not None
    )


def _take(subject: Subject, objects: Sequence[Entity], found: Participants) -> None:
    """States alone "meet" in sport and in standards; a meeting has persons."""
    if not subject.is_absent and any(each.is_person for each in (*subject.entities, *objects)):
        found.parties = [*subject.entities, *objects]


def find_visitors(scene: Scene, anchor: Anchor) -> Sequence[Entity]:
    """`a visit by A`, `the visit of A to`, `A's visit to`, `A visited`, `On a visit to X, A said`."""
    by = VISIT_BY.match(scene.code, anchor.end)
    if by is not None:
        return scene.between(*by.span("list"))
    owner = OWNER_BEFORE.search(scene.code[: anchor.start], max(0, anchor.start - BEFORE_REACH))
    if owner is not None:
        return scene.between(*owner.span("list"))
    first = match_speaker(scene.code, anchor.start, anchor.end)
    if first is not None:
        return scene.between(*first.span("list"))
    return find_subject(scene, anchor.start).entities


def find_object(scene: Scene, anchor: Anchor) -> list[Entity]:
    """Whom the subject met or hosted; who only tells of it after a comma is no object."""
    after = OBJECT.match(scene.code, anchor.end)
    if after is None:
        return []
    is_teller = "," in scene.code[anchor.end : after.start("list")] and SAID_AFTER.match(scene.code, after.end())
    return [] if is_teller else scene.between(*after.span("list"))
