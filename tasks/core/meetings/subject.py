"""The subject of an anchor: who governs its verb, and what the words between make of it - party, host or guest."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.core.meetings.entities import Entity, collect_codes
from tasks.core.meetings.party_words import PARTIES
from tasks.core.meetings.scene import Scene

_REACH = 160
# A word or two in quotation marks does not end the clause.
_SCARE = re.compile(r"[“\"][^“”\"]{1,30}[”\"]")
_PREPOSITION_BEFORE = re.compile(
    r"\b(?:of|with|to|from|against|for|by|in|on|over|about|between|at|near|into|like|as|than|under|after|before|off"
    r"|via|through|visit|visiting|including)\s(?:the\s|a\s)?(?:[a-z-]+\s)?$"
)
# "a delegation led by X": X comes; "to Y, who travelled on": whoever stands before "who" governs its verb.
_LED_BY = re.compile(r"\b(?:led|headed)\sby\s(?:the\s|its\s|his\s|her\s)?$")
_WHO = re.compile(r",?\s(?:who|which)\s")
_CLAUSE_START = re.compile(r"(?:^|[,;]\s|that\s|which\s|whom\s|where\s|when\s|after\s|as\s|before\s)(?:the\s)?$")
_PRONOUN = re.compile(r"\b(?:he|she)\s(?:[a-z]+\s){0,2}$")
_HE = re.compile(
    r"(?:On\s\ue024,?\s|(?:In|At)\s\ue023,?\s|Later,?\s|Earlier,?\s|[“\"])?(?:He|She|he|she)\b|.*,?\s(?:and"
    r"|where)\s(?:in\s\ue023\s)?(?:he|she)\b"
)
_IS_OWNER = re.compile(r"['’]s?\s|\s(?:summit|meeting|talks|conference)\b")
_HELD = re.compile(
    r"\b(?:hold|holds|held|holding|have|has|had|having|conduct\w*|open\w*|conclud\w+|complet\w+|begin|begins|began"
    r"|begun|start\w*"
    r"|resum\w+|finish\w*|end|ends|ended|ending|wrap\w*|launch\w*|stag\w+|conven\w+|postpon\w+|call\w* off|put off"
    r"|puts off|cancel\w*"
    r"|agree\w*|plan\w*|schedul\w+|set|gather\w*|attend\w*|join\w*|go|went|goes|participat\w+|tak\w+ part|took part"
    r"|meet|meets|met"
    r"|arriv\w+|discuss\w*|return\w*|continu\w+|delay\w*|confirm\w*|propos\w+|want\w*|seek\w*|rul\w+ out|reject\w*"
    r"|prepar\w+|suspend\w*|scrap\w*|enter\w*|emerg\w*|due|sit down|sat down|arrang\w*)\b"
)
_PRESENCE = re.compile(
    r"\b(?:attend\w*|join\w*|arriv\w+|participat\w+|took part|tak\w+ part|address\w*|travel\w*|present)\b"
)
# Who only speaks, comes or stays away holds no meeting.
_NO_HOLDER = re.compile(
    r"\b(?:attend\w*|join\w*|arriv\w+|participat\w+|took part|tak\w+ part|travel\w*|welcom\w+|address\w*|speak\w*"
    r"|spoke|said|told|at|skip\w*|miss\w*|absent|boycott\w*|describ\w+|prais\w+|expect\w*|brief\w*)\b"
)
# "The leaders of A and B would join the meeting": it is a meeting of others.
_JOINING = re.compile(r"\bjoin\w*\s(?:the|this|that)\s(?:[a-z]+\s)?$")
_HOSTING = re.compile(r"\b(?:host(?:s|ed|ing)?|chair(?:s|ed|ing)?|organi[sz](?:e|es|ed|ing))\b")
_MEDIATING = re.compile(r"\b(?:mediat\w+|broker\w*|facilitat\w+|offer\w*|invit\w+|call\w* for|urg\w+|propos\w+)\b")
_SPEECH = re.compile(
    r"\b(?:said|says|told|announced|stated|confirmed|denied|according|suggest\w*|added|asked|call\w* for|arrang\w+"
    r"|set up|setting up|broker\w*)\b"
)
_ABSENT = re.compile(
    r"\b(?:without|absent|skip\w*|boycott\w*|not attend|stay\w* away|in the absence of|instead of"
    r"|not take part)\b[^,;]{0,40}$"
)
# "X is expected to top the agenda in meetings with A": a topic is no party.
_TOPIC = re.compile(
    r"\b(?:agenda|on the table|topic|raised|come up|came up|featur\w+|discussed|addressed|an issue|dominat\w+)\b"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """The entities that govern a verb, and the words between them and the anchor."""

    entities: tuple[Entity, ...] = ()
    gap: str = ""

    @property
    def is_host(self) -> bool:
        """Does it host or chair?"""
        return _HOSTING.search(self.gap) is not None and not self.is_speaker

    @property
    def is_holder(self) -> bool:
        """Does it hold, open, agree to ... the meeting itself?"""
        if _JOINING.search(self.gap):
            return False
        return self.is_verb_of_holding and (self.is_many or _NO_HOLDER.search(self.gap) is None)

    @property
    def is_verb_of_holding(self) -> bool:
        """Does a verb of holding, planning or ending a meeting stand between?"""
        return (_HELD.search(self.gap) or _HOSTING.search(self.gap)) is not None

    @property
    def is_guest(self) -> bool:
        """Is it only present?"""
        return _PRESENCE.search(self.gap) is not None

    @property
    def is_mediator(self) -> bool:
        """Does one party offer, urge or mediate what others are to hold?"""
        return not self.is_many and (_MEDIATING.search(self.gap) or _HOSTING.search(self.gap)) is not None

    @property
    def is_many(self) -> bool:
        """Are they of several countries, or a group?"""
        return len(collect_codes(self.entities)) > 1 or any(each.is_group for each in self.entities)

    @property
    def is_speaker(self) -> bool:
        """Spokesmen and aides speak for others."""
        is_below = all(each.is_person and each.level == "other" for each in self.entities)
        return is_below and _SPEECH.search(self.gap) is not None

    @property
    def is_outside(self) -> bool:
        """Is there no subject, or one that only speaks of it, or stays away from it?"""
        return not self.entities or self.is_speaker or self.is_absent

    @property
    def is_absent(self) -> bool:
        """Does it stay away?"""
        return _ABSENT.search(self.gap) is not None

    @property
    def is_topic(self) -> bool:
        """Is it what the meeting is about?"""
        return _TOPIC.search(self.gap) is not None


def find_subject(scene: Scene, position: int) -> Subject:
    """The list of parties that governs the verb before `position`; objects of prepositions govern none."""
    before = scene.code[:position]
    for match in reversed([each for each in PARTIES.finditer(before) if position - each.end() < _REACH]):
        gap, head = before[match.end() :], before[: match.start()]
        if re.search(r"[;“”\"]", _SCARE.sub("", gap)):
            return Subject()
        is_object = _PREPOSITION_BEFORE.search(head) and not (_CLAUSE_START.search(head) or _LED_BY.search(head))
        is_object = is_object and not _WHO.match(gap)
        if (is_object and not _PRONOUN.search(gap)) or _IS_OWNER.match(gap):
            continue
        return Subject(tuple(scene.between(match.start(), match.end())), gap)
    if scene.person is not None and (pronoun := _HE.match(before)):
        return Subject((scene.person,), before[pronoun.end() :])
    return Subject()
