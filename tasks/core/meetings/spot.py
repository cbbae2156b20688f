"""The day and the place of an anchor: those of its clause, not of the speech, another fact or another anchor."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from tasks.core.meetings.anchors import Anchor
from tasks.core.meetings.clause import Clause
from tasks.core.meetings.entities import DAY, PARTY, PLACE, Entity
from tasks.core.meetings.scene import Scene

_SPEECH = (
    r"(?:said|says|told|tells|announced|announces|stated|added|noted|confirmed|declared|warned|wrote|reported"
    r"|stressed|claimed"
    r"|revealed|argued|quoted|according to|speaking|reporters|journalists|statement|interview|news conference"
    r"|press conference|briefing)"
)
_SPEECH_VERB = re.compile(rf"\b{_SPEECH}\b", re.I)
_NO_MEETING = r"(?!\b(?:would|will|hosts?|hosted|hold|held|summit|talks|meeting|negotiations|met|meet|visit)\b)"
_SPEECH_PLACE = re.compile(rf"\b{_SPEECH}\b(?:{_NO_MEETING}[^,;.]){{0,45}}$", re.I)
_SPEECH_AFTER = re.compile(r"\s(?:told|said)\b")
# Another fact: "the war in X", "the first since D".
_OTHER_FACT = re.compile(
    r"\b(?:(?:first|last|only)\s(?:since|in|time|met|visited)|since|deadline|deadline of"
    r"|(?:began|adopted|signed|founded|elected|seized|annexed|war|conflict|crisis|situation|peace|ceasefire|fighting"
    r"|troops|forces"
    r"|operations?|violence|elections?|interests|people|government|power|hostages|killed|aid|stability|influence) in"
    r"|aid to)"
    r"\s*(?:the\s)?(?:[a-z]+\s)?$"
)
_LINK = re.compile(r",?\s?(?:when|where|at\swhich)\b")
_LINK_AFTER = re.compile(r",?\s(?:which|that)\s(?:is|was|will|are|were|had|has|would|opens?|begins?|takes?)")
_NO_LINK_AFTER = re.compile(r",?\s(?:which|that|when|after|before|following|since|but|while|amid|ahead)")
_LINK_REACH = 60
# "agreed on Monday to hold talks", "left on Friday for the summit": the day is that of the verb before.
_OTHER_VERB = re.compile(r"\sto\s(?!be\b)[a-z]+\b(?<!to the)(?<!to a)")
_LEFT_FOR = re.compile(r"\s(?:\w+\s)?for\s(?:an?|the)\s[^,;]{0,60}")
_ARRIVED_BEFORE = re.compile(r"\b(?:arriv\w+|beg[ia]ns?|is|are)\b[^,;]{0,40}$")
_FIRST = re.compile(rf"\W*(?:(?:on|late|early)\s)*{DAY}", re.I)
_OWNED_REACH = 30
_END_REACH = 40
_OPENING = r"(?:open(?:s|ed|ing)?|begins?|began|beginning|start(?:s|ed|ing)?|kick(?:s|ed)? off)"
_ENDING = r"(?:ends?|ended|ending|closes?|closed|closing|concludes?|concluded|wraps? up|wrapped up|wind up)"
_ITS_OBJECT = r"(?:\s[\w\s]{0,12})?"
_OPEN_OR_END = re.compile(
    rf"\b(?:(?P<opens>{_OPENING}{_ITS_OBJECT}\s(?:on|from)|from)"
    rf"|(?P<ends>until|through|till|{_ENDING}{_ITS_OBJECT}\son))\s(?:late\s|early\s)?$"
)
_ATTRIBUTIVE_REACH = 30
_VISIT_REACH = 40
# "flew to X for talks", "flew to X on Monday and met Y".
_AT_OWN = re.compile(r"\b(?:at|in|during)\s(?:their|an?)\s[^,;]{0,40}$|\b(?:at|in)\stalks$")
_TOWN_REACH = 90
# "in Porvoo", "at Chushul": one or two capitalised words, where the clause goes on or ends.
_TOWN = re.compile(
    r"\b(?:in|at)\s(?:the\s(?:[a-z]+\s){0,2}(?:city|town|village|resort|port)\s(?:of\s)?)?"
    r"(?P<name>[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ’'-]{2,}(?:[\s-][A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ’'-]+)?)"
    rf"(?=\.?$|[.,]\s|[.]?[”\"]|\s(?:on|to|for|with|where|and|after|under|late|early|last|next|this|between)\b"
    rf"|\s(?:on\s)?{DAY})"
)
_NO_TOWN = re.compile(
    r"['’]s$|\b(?:Palace|House|Hotel|Hall|Office|Ministry|University|Church|Cathedral|Castle|Club|Airport|Square"
    r"|Street|Cent(?:er|re)"
    r"|Parliament|Congress|Senate|Assembly|Council|Court|Chancellery|Summit|Conference|Forum|Talks|English|Arabic"
    r"|French|Russian|Spanish"
    r"|German|Chinese|Mandarin|Washington|The|That|This|His|Her|President|Minister|Prime|Foreign|Government"
    r"|Embassy|Villa)\b"
)
_ONWARD = re.compile(rf"\b(?:to|for)\s|^(?:\s(?:on\s)?{DAY})?,?\s(?:and|where\s(?:he|she|they))\s$")
# "has been moved to X", "moved from X to Y": the new place, surer than any other.
_MOVED_TO = re.compile(r"\b(?:moved|relocated|shifted|switched|transferred)\s(?:from\s(?:the\s)?\S+\s)?to\s(?:the\s)?$")
# "offered X as a venue for", "X in southern Y will play host to".
_IS_VENUE = re.compile(
    r"\sas\s(?:an?|the)\s(?:possible\s)?(?:venue|site|place|setting|location)\b"
    rf"|(?:\sin\s(?:[a-z]+\s)?{PLACE})?\s(?:(?:will|would|could|is|was|are|due|set|to)\s){{1,3}}"
    r"(?:(?:play\s)?host|stage|be\sthe\s(?:venue|scene|site))\b|\swas\sthe\s(?:venue|scene|site)\sof\b"
)
_WHERE_REACH = 3
_DAY_THEN = re.compile(rf"\s(?:on\s)?{DAY},?\s?")


def find_window(scene: Scene, anchor: Anchor, clause: Clause, rivals: Sequence[Anchor]) -> Entity | None:
    """The day entity that dates the anchor: in its clause, else in one linked to it, and not nearer to a rival."""
    found: list[tuple[int, int, Entity]] = []
    for index in scene.positions(DAY):
        entity = scene.at(index)
        is_inside = clause.low <= index < clause.high
        if entity.day is None or entity.day.is_speech or not (is_inside or _is_linked(scene.code, clause, index)):
            continue
        if (
            _is_other_fact(scene.code, index, anchor)
            or _is_owned(scene.code, index, anchor)
            or _is_rivals(index, anchor, rivals)
        ):
            continue
        is_attribute = index + 2 == anchor.start and not anchor.is_verb  # "an October summit"
        found.append((-1 if is_attribute else 0 if is_inside else 1, abs(index - anchor.end), entity))
    return min(found, key=lambda each: each[:2])[2] if found else None


def read_ends(scene: Scene, entity: Entity) -> Literal["opens", "ends"] | None:
    """Does the day only open ("opens on D", "from D") or only end ("until D", "ended on D") the meeting?"""
    if entity.day is None or entity.day.precision != "day" or entity.day.from_day != entity.day.to_day:
        return None
    before = scene.text[max(scene.start, entity.start - _END_REACH) : entity.start]
    match = _OPEN_OR_END.search(before)
    return None if match is None else "opens" if match["opens"] else "ends"


def find_place(scene: Scene, anchor: Anchor, clause: Clause, rivals: Sequence[Anchor]) -> Entity | None:
    """The place entity in which the anchor is; where someone spoke is none."""
    found: list[tuple[int, int, Entity]] = []
    for index in scene.positions(PLACE):
        entity = scene.at(index)
        is_named = entity.place is not None and entity.place.use == "attributive"  # "since the Geneva meeting"
        if _is_speech_place(scene.code, index) or (not is_named and _is_other_fact(scene.code, index, anchor)):
            continue
        rank = _rank_place(scene.code, anchor, clause, index, entity)
        if rank is not None and not _is_rivals(index, anchor, rivals):
            found.append((rank, abs(index - anchor.end), entity))
    return min(found, key=lambda each: each[:2])[2] if found else None


def find_unknown_place(scene: Scene, anchor: Anchor, clause: Clause) -> str | None:
    """A town that no gazetteer has: "met in Porvoo on Monday", by its capital and what stands around it."""
    for match in _TOWN.finditer(scene.code, max(anchor.start - _TOWN_REACH, clause.low), clause.high):
        if match.start() - anchor.end > _TOWN_REACH:
            break
        is_other = _is_speech_place(scene.code, match.start("name")) or _is_other_fact(
            scene.code, match.start("name"), anchor
        )
        if not is_other and not _NO_TOWN.search(match["name"]):
            return match["name"]
    return None


def _rank_place(code: str, anchor: Anchor, clause: Clause, index: int, entity: Entity) -> int | None:
    """How surely the place is the anchor's, 0 being the surest; None if it is not."""
    if entity.place is None:
        return None
    if anchor.word == "visit" and code.endswith("from ", 0, index):
        return None
    use, is_inside = entity.place.use, clause.low <= index < clause.high
    if is_inside and _is_told_venue(code, index, entity):
        return 0
    if use == "attributive":
        is_near = 0 < anchor.start - index <= _ATTRIBUTIVE_REACH
        return None if not is_near else 0 if entity.place.place.precision == "city" else 4
    if _LINK.match(code, clause.low) and (
        0 < clause.low - index <= _WHERE_REACH or _DAY_THEN.fullmatch(code, index + 1, clause.low)
    ):
        return 1
    if use == "to":
        return _rank_destination(code, anchor, index) if is_inside else None
    if use == "in":
        return 1 if is_inside else 2 if _is_linked(code, clause, index) else None
    return None


def _is_told_venue(code: str, index: int, entity: Entity) -> bool:
    """`has been moved to X`; `offered X as a venue`, `X will play host to`."""
    is_city = entity.place is not None and entity.place.place.precision == "city"
    is_new = _MOVED_TO.search(code, max(0, index - 60), index) is not None
    return is_new or (is_city and _IS_VENUE.match(code, index + 1) is not None)


def _rank_destination(code: str, anchor: Anchor, index: int) -> int | None:
    """`a visit to X`; `flew to X for talks`."""
    if anchor.word == "visit":
        return 0 if 0 <= index - anchor.end < _VISIT_REACH else 3
    return 3 if _ONWARD.search(code[index + 1 : anchor.start]) else None


def _is_speech_place(code: str, index: int) -> bool:
    if _SPEECH_AFTER.match(code, index + 1):
        return True
    return _SPEECH_PLACE.search(code[max(0, index - 90) : index]) is not None


def _is_other_fact(code: str, index: int, anchor: Anchor) -> bool:
    """`last met in X`: for any anchor but this very verb."""
    low = max(0, index - 40)
    match = _OTHER_FACT.search(code[low:index])
    return match is not None and not (anchor.is_verb and low + match.start() <= anchor.start < index)


def _is_linked(code: str, clause: Clause, index: int) -> bool:
    """Is a place or day outside the clause still said of it: right beside it, without speech or parties between?"""
    between = code[index : clause.low] if index < clause.low else code[clause.high : index]
    if re.search(r"[;“”\"]", between) or _SPEECH_VERB.search(between):
        return False
    if index < clause.low:
        return _LINK.match(code, clause.low) is not None
    if _LINK_AFTER.match(between):
        return True
    return len(between) < _LINK_REACH and not (re.search(PARTY, between) or _NO_LINK_AFTER.match(between))


def _is_owned(code: str, index: int, anchor: Anchor) -> bool:
    """Does the day belong to other words: "last year's election", "left on Friday for the summit"?"""
    if _LEFT_FOR.fullmatch(code, index + 1, anchor.start) and not _ARRIVED_BEFORE.search(
        code, max(0, index - 40), index
    ):
        return True
    if (
        index < anchor.start
        and not _FIRST.fullmatch(code, 0, index + 1)
        and _OTHER_VERB.search(code, index + 1, anchor.start)
        and not _AT_OWN.search(code, max(0, anchor.start - 60), anchor.start)
    ):
        return True
    return code[index + 1 : index + 3] in ("’s", "'s") and not 0 < anchor.start - index < _OWNED_REACH


def _is_rivals(index: int, anchor: Anchor, rivals: Sequence[Anchor]) -> bool:
    """Does it stand nearer to another anchor? What comes after an anchor is nearer to it than what comes before."""
    return any(_distance(index, other) < _distance(index, anchor) for other in rivals)


def _distance(index: int, anchor: Anchor) -> int:
    return index - anchor.end if index >= anchor.end else (anchor.start - index) * 2
