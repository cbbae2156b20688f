"""A fall-back: leaders of different countries whom a sentence tells to be together, by any word of contact in person.

Asked only where no anchor of the sentence told of a meeting of theirs. The words must link them: "A and B dined", "A's
lunch with B", "A was received at X by B", "Having sat down with A, B said". Telephones, letters, envoys and mere
presence at one event bar it.
"""

from __future__ import annotations

import re

from tasks.core.meetings.anchors import Anchor
from tasks.core.meetings.contact_words import (
    AUXILIARY,
    BARRED,
    CLUBS,
    GAP,
    GUEST,
    HOSTED,
    HOSTS,
    LIST,
    NOUN,
    ONE,
    SHORT,
    VERB,
    WITH,
)
from tasks.core.meetings.entities import LEADER, PLACE, ROLE_LEADER, Entity, collect_codes
from tasks.core.meetings.participants import Participants
from tasks.core.meetings.scene import Scene

_FORMS = tuple(
    re.compile(form)
    for form in (
        # "A was received at X by B"
        rf"(?P<one>{LEADER}),?{GAP}{AUXILIARY}(?P<word>{HOSTED}){GAP}\sby\s(?P<two>{ONE})",
        # "A, B and C dined at X", "the presidents of A and B have dropped plans to talk together"
        rf"(?P<one>{LIST}|{LEADER}),?{GAP}(?P<word>{VERB})(?!\s(?:with\s)?(?:the\s)?{LEADER})",
        # "A and B ... to push back Thursday's summit talks"
        rf"(?P<one>{LIST}),?{GAP}(?P<word>{NOUN})(?!\s(?:with|between|of)\b)",
        # "A's lunch with B", "A is toying with a conversation in X with B"
        rf"(?P<one>{LEADER}),?(?:['’]s?)?{GAP}(?P<word>{NOUN}|{VERB}){GAP}{WITH}(?P<two>{ONE}(?:\sand\s{ONE})?)",
        # "A met B", "A welcomed B"
        rf"(?P<one>{LEADER}),?{SHORT}(?P<word>{HOSTS})\s(?P<two>{ONE})",
        # a trip to X, where B would have received A, or where she and B have breakfast
        rf"(?P<one>{LEADER}){GAP},?\swhere\s(?P<two>{ONE}),?{SHORT}(?P<word>{HOSTS})\s{GUEST}\b",
        rf"(?P<one>{LEADER}){GAP},?\swhere\s(?:he|she)\sand\s(?P<two>{ONE}),?{SHORT}(?P<word>{NOUN}|{VERB})",
        # "Having sat down with A in X, B told"; "Ahead of his lunch with A, B"
        rf"(?:^|[,;]\s)(?:[A-Z][a-z]+\s(?:of\s)?(?:his|her|an?\s|the)?\s?){SHORT}(?P<word>{NOUN}|{VERB}){SHORT}\swith\s(?P<one>{ONE})"
        rf"{GAP},\s(?P<two>{LEADER})",
        # "Joined by video by A, B and C are discussing"
        rf"^(?P<word>[Jj]oined)\s(?:[a-z-]+\s){{0,3}}by\s(?P<one>{LEADER}),\s(?P<two>{LIST}|{LEADER})",
        # "Received in X on D, A agreed with B and C"
        rf"^(?P<word>Received|Welcomed|Greeted)\b{SHORT},\s(?P<one>{LEADER})\s{SHORT}\bwith\s(?P<two>{ONE}(?:\sand\s{ONE})?)",
        # "A will pay a visit to B's country, during which the two leaders are to hold talks"
        rf"(?P<one>{LEADER})[^;“”\"\ue000-\ue003]{{0,30}},\s(?P<two>{LEADER})[^;“”\"\ue000-\ue003]{{0,120}}\s(?:the|both|these)\s"
        rf"(?:two\s)?(?:{ROLE_LEADER}|leaders|presidents|premiers|men|women)\s(?:[a-z]+\s){{0,4}}(?P<word>{NOUN}|{VERB})",
        # "I'd like to sit down with him," A said of B; "Let us have coffee," A told B
        rf"(?P<word>{NOUN}|{VERB})\s(?:with\s)?{GUEST}\b[^“”\"]{{0,40}}[”\"],?\s(?P<one>{LEADER})\s(?:said|says)\s(?:of|about)\s(?P<two>{ONE})",
        rf"\b[Ll]et(?:\sus|['’]s)\s[^“”\"]{{0,20}}(?P<word>{NOUN}|{VERB})[^“”\"]{{0,60}}[”\"],?\s(?P<one>{LEADER})\s(?:told|urged)\s(?P<two>{ONE})",
        # "A talked to B in X"
        rf"(?P<one>{LEADER}),?{GAP}(?P<word>\b(?:talk|speak|chat)(?:s|ed)?|\bspoke)\s(?:to|with)\s(?P<two>{ONE})(?={SHORT}\s(?:in|at)\s{PLACE})",
        rf"\b(?:in|at)\s{PLACE}{GAP}\s(?P<one>{ONE})\s(?P<word>\b(?:talk|speak|chat)(?:s|ed)?|\bspoke)\s(?:to|with)\s(?P<two>{ONE})",
        # "Now dining at X are A, and B", "Views were exchanged over lunch by A and B"
        rf"(?P<word>{NOUN}|\b(?:[Dd]ining|[Mm]eeting|[Hh]uddling|[Tt]alking|[Ll]unching))\b{GAP}\s(?:are|were|by|between|of|for)\s"
        rf"(?P<one>{ONE}),?\sand\s(?P<two>{ONE})",
    )
)
_NOUN = re.compile(NOUN)
_BARRED = re.compile(BARRED)
# "A and B would join the meeting": it is one of others.
_OF_OTHERS = re.compile(
    r"\b(?:join|attend|address|skip|boycott|miss|broker|mediat|interrupt|overshadow)\w*\b[^,;]{0,40}$"
)
# "A and B are to lead the summit": one told of before.
_THE = re.compile(r"\b(?:the|this|that|these)\s$")
_PLAIN = re.compile(r"(?:summit|meeting|talks|session|discussions?|conversations?)\b(?!\s(?:with|between|of)\b)")
_MOST = 8


def find_contact(scene: Scene) -> tuple[Anchor, Participants] | None:
    """The word of contact of leaders of two or more countries, as an anchor, with the leaders."""
    if LEADER not in scene.code or _BARRED.search(scene.code) or CLUBS.search(scene.code):
        return None
    found: list[tuple[re.Match[str], list[Entity]]] = []
    for form in _FORMS:
        for match in form.finditer(scene.code):
            leaders = _list_leaders(scene, match)
            if leaders and not _is_of_others(scene, match):
                found.append((match, leaders))
                break
    if not found:
        return None
    match, leaders = max(found, key=lambda each: len(collect_codes(each[1])))
    is_noun = _NOUN.fullmatch(match["word"]) is not None
    anchor = Anchor("meeting" if is_noun else "meet", *match.span("word"))
    return anchor, Participants(parties=leaders)


def _list_leaders(scene: Scene, match: re.Match[str]) -> list[Entity]:
    """Who meets by the match; none unless they are leaders of several countries."""
    spans = [match.span(name) for name in ("one", "two") if match.re.groupindex.get(name) and match[name]]
    leaders = [each for low, high in spans for each in scene.between(low, high) if each.kind == LEADER]
    codes = collect_codes(leaders)
    is_of_body = any(each.organisation for each in leaders)
    sides = sum(bool(each.codes) for each in leaders)
    is_several = sides > 1 or any(each.is_group for each in leaders)
    return leaders if 1 < len(codes) <= _MOST and is_several and not is_of_body else []


def _is_of_others(scene: Scene, match: re.Match[str]) -> bool:
    """Do they only come to a meeting of others, or to one that is told of elsewhere?"""
    start = match.start("word")
    if _PLAIN.match(scene.code, start) and _THE.search(scene.code[:start]):
        return True
    return match.end("one") < start and _OF_OTHERS.search(scene.code[match.end("one") : start]) is not None
