"""Patterns of parties over a scene's code: lists, what stands before a noun of meeting, and what after it."""

from __future__ import annotations

import re

from tasks.core.meetings.entities import DAY, DEMONYM, ORG, PARTY, PERSON, PLACE, ROLE_LEADER, STATE

_NO_PARTY = rf"[^;:.“”\"{PARTY[1:-1]}]"
_AND = (
    r"(?:,\s(?:and\s|as\swell\sas\s|then\s)?|,?\s(?:and|as\swell\sas|&|plus)\s)"
    r"(?:also\s)?(?:the\s|its\s|his\s|her\s|fellow\s|with\s)?"
)
_APPOSED = r"(?:,\s[^,;:“”\"\ue000-\ue0ff]{1,70},|\s\([^)]{1,40}\))?"
LIST = rf"{PARTY}(?:{_APPOSED}{_AND}{PARTY})*"
PARTIES = re.compile(LIST)

# --- after the noun or verb ------------------------------------------------------------------------------------------

_ADVERB = (
    r"(?:\s(?:face-to-face|virtually|again|privately|briefly|separately|together|directly|there|here|one-on-one|also"
    r"|later|earlier|late|early|in\sperson|behind\sclosed\sdoors|by\svideo(?:\slink)?|for\sthe\sfirst\stime"
    r"|for\stalks"
    r"|jointly))"
)
_ADJUNCT = (
    r"(?:,?\s(?:(?:in|at|on|near|outside|since|for|from|until|during|this|of)\s)?(?:the\s)?(?:[a-z][\w'’-]*\s){0,5}"
    rf"(?:{PLACE}|{DAY})(?:\s(?:evening|morning|night|afternoon))?)"
)
_TITLES = r"(?:(?:the|an?|both|visiting|his|her|its|top|senior|representatives\sof|envoys\sof|delegations\sof)\s)*"
OBJECT = re.compile(rf"(?:{_ADVERB}|{_ADJUNCT})*,?(?:\swith)?\s(?:separately\s)?{_TITLES}(?P<list>{LIST})")
# "... will meet in X on Monday, Malaysia said": who tells of it is no object.
SAID_AFTER = re.compile(
    r"(?:['’]s\s[^,;]{1,40})?\s(?:has\s|have\s|had\s|also\s)?(?:said|says|told|announced|confirmed|reported)\b"
)
_NOUNS = r"\s(?:talks|meetings?|round|session|consultations|held|scheduled|planned|attended|hosted)"
_WITH = re.compile(
    rf"(?:{_ADVERB}|{_ADJUNCT}|{_NOUNS})*,?\s"
    rf"(?P<how>between|with|among|involving|attended\sby|of)\s{_TITLES}(?P<list>{LIST})"
)
# "summit on grain between A and B": a topic may stand between, but only before two parties.
_FAR_BETWEEN = re.compile(
    rf"{_NO_PARTY}{{0,70}}\s(?P<how>between)\s{_TITLES}(?P<list>{PARTY}{_AND}{PARTY}(?:{_AND}{PARTY})*)"
)
_LATER_WITH = re.compile(
    rf"(?!\s(?:on|over|about|to)\b)(?:(?!,|\swhich\b|\sthat\b|\swho\b){_NO_PARTY}){{0,60}}"
    rf"\s(?P<how>with)\s{_TITLES}(?P<list>{LIST})"
)
# "the dinner of X with Y"; "the summit with X that Y proposed".
WITH_MORE = re.compile(rf"\s(?:with|and)\s{_TITLES}(?P<list>{LIST})")
THAT_HE = re.compile(
    rf",?\s(?:that|which)\s{_TITLES}(?P<list>{PARTY})\s(?:has\s|had\s|have\s)?"
    r"(?:proposed|offered|suggested|wants?|wanted|sought|seeks|requested|asked\sfor|held|had)\b"
)
# "X's trip to P for a summit with Y".
TRIP_FOR = re.compile(
    rf"(?P<list>{PERSON})['’]s?\s(?:[a-z-]+\s){{0,2}}(?:trip|visit|journey|flight)\sto\s(?:the\s)?{PLACE}"
    rf"(?:\son\s{DAY})?\sfor\s(?:an?\s|his\s|her\s|the\s)?(?:[a-z-]+\s){{0,2}}$"
)
CALL_FROM = re.compile(rf"\s(?P<how>from)\s{_TITLES}(?P<list>{LIST})")
# "talks of A and B", but not "talks on the future of A".
_OF_REACH = 12
# "At a summit in Geneva, the leaders of A and B agreed": the subject after the comma.
_AT_FIRST = re.compile(
    r"^(?:At|During|After|Following|In|On)\s(?:an?|the|their|this|his|her)\s[^,;]{0,60}$|^(?:After|Following|In"
    r"|During)\s$"
)
AT_SUBJECT = re.compile(rf"[^,;]{{0,60}},\s(?:the\s)?(?:[a-z]+\s){{0,2}}(?P<list>{LIST})")
# "a visit by A to X", "was received by A".
BY_AFTER = re.compile(rf"(?:{_ADVERB}|{_ADJUNCT}){{0,3}}\sby\s(?:the\s|his\s|her\s|its\s)?(?P<list>{LIST})")
VISIT_BY = re.compile(
    rf"(?:{_ADVERB}|{_ADJUNCT}|\sto\s{PLACE}){{0,3}}\s(?:by|of)\s(?:the\s|his\s|her\s|its\s)?(?P<list>{LIST})"
)
PASSIVE_BEFORE = re.compile(r"\b(?:be|been|being|is|are|was|were)\s(?:also\s|later\s|then\s|earlier\s|[a-z]+ly\s)?$")
# "A and B shook hands at a summit in X": they are who meets there.
AT_ONE = re.compile(r"\bat\san?\s(?:[a-z-]+\s){0,3}$")
# "A and B marked the year with a summit", "A and B are sounding each other out on a summit".
WITH_ONE = re.compile(r"\b(?:at|with|on)\san?\s(?:[a-z-]+\s){0,3}$")
SPOKE = re.compile(
    r"\b(?:spoke|speaks?|spoken|talk(?:s|ed)?|convers\w+|discussed|agreed|consulted)\b"
    rf"(?:(?:\s(?!(?:with|to)\s)[^\s;,“”\"{PARTY[1:-1]}]+){{0,8}}\s(?:with"
    rf"|to)\s{_TITLES}(?P<list>{LIST}))?[^;“”\"]{{0,60}}$"
)
# "X said on Wednesday after talks with Y": who spoke has met Y.
SPOKE_AFTER = re.compile(
    rf"(?P<list>{PERSON})\s(?:[a-z]+\s)?(?:said|told|announced|stated|confirmed|added"
    rf"|noted)\b[^;:“”\"{PARTY[1:-1]}]{{0,60}}"
    r"\b(?:after|following|during|before)\s(?:an?\s|the\s|his\s|her\s)?(?:[\w-]+\s){0,3}$"
)
PHONED = re.compile(r"(?:tele)?phoned")

# --- before the noun -------------------------------------------------------------------------------------------------

_ADJECTIVES = (
    r"(?:(?!(?:an?|the|will|would|to|can|could|may|might|host\w*|hold\w*|held|has|have|had|is|was|are|were|and|or|in"
    r"|at|on|for"
    r"|of|with|said|says|that|open\w*|attend\w*|call\w*|plan\w*|agree\w*|met|meet|after|before|during)\s)[\w’'-]+\s)"
)
BEFORE_REACH = 90  # characters of the code in which the owner of a noun stands
_ATTRIBUTE = rf"[{STATE}{DEMONYM}{ORG}{PLACE}{PERSON[1:-1]}]"
_JOINT = r"(?:\s?[-–—/]\s?|\s(?:and\s)?|,\s(?:and\s)?)"
PREFIXES = {"Sino": "CHN", "Russo": "RUS", "Franco": "FRA", "Anglo": "GBR", "Indo": "IND"}
PAIR_BEFORE = re.compile(
    rf"(?P<list>(?:(?:{'|'.join(PREFIXES)})[-–]{_ATTRIBUTE}"
    rf"|{_ATTRIBUTE}{_JOINT}{_ATTRIBUTE}(?:{_JOINT}{_ATTRIBUTE})*))"
    rf"(?:['’]s?)?\s{_ADJECTIVES}{{0,3}}$"
)
INTER_KOREAN = re.compile(rf"\b[Ii]nter-(?:Korean?|{DEMONYM}|{STATE})\s{_ADJECTIVES}{{0,2}}$")
# "A told B in a phone call".
TOLD_IN = re.compile(
    rf"(?P<one>{PERSON})\s(?:has\s|had\s)?(?:told|assured|informed|congratulated|urged|thanked|invited|briefed"
    rf"|warned)\s{_TITLES}(?P<list>{LIST})"
    r"[^;:“”\"]{0,60}\b(?:in|during)\s(?:an?|their)\s(?:[a-z-]+\s){0,2}$"
)
# "A invited B and C to Tartu for a meeting".
INVITED = re.compile(
    rf"(?P<host>{PARTY})\s(?:has\s|had\s)?(?:also\s)?invited\s{_TITLES}(?P<list>{LIST})\s(?:to\s[^,;]{{0,60}}\s)?for\s(?:an?\s)?(?:[\w-]+\s){{0,2}}$"
)
THEIR_LAST = re.compile(
    r"\b(?:(?:[Tt]heir|[Ii]ts)\s(?:last|next|previous|first|second|third|latest|annual|regular)"
    r"|[Tt]he\s(?:last|next|previous)|[Aa]\s(?:first|second|third|further|new|previous))\s(?:[a-z-]+\s)?$"
)
OWNER_BEFORE = re.compile(rf"(?P<list>{LIST})(?:['’]s?)\s{_ADJECTIVES}{{0,4}}$")
BODY_BEFORE = re.compile(
    rf"(?P<list>{ORG})(?:[-–](?:[A-Z]\w+|{PLACE})(?:\s(?:[A-Z]\w+|{PLACE}))?)?\)?(?:['’]s?)?(?:\s\((?:[A-Z]+"
    rf"|{ORG})\))?\s{_ADJECTIVES}{{0,4}}$"
)
GROUP_BEFORE = re.compile(rf"(?P<list>{PERSON})['’]?\s{_ADJECTIVES}{{0,3}}$")
UNNAMED_PAIR = re.compile(
    rf"(?<!of\s)(?<!of\sthe\s)(?<!to\sthe\s)\b(?:two|both|three|[Tt]he)\s(?:{ROLE_LEADER}|leaders|presidents)"
)


def match_speaker(code: str, start: int, end: int) -> re.Match[str] | None:
    """The subject after the comma of a sentence that begins with the noun at these indexes; group `list`."""
    return AT_SUBJECT.match(code, end) if _AT_FIRST.match(code[:start]) else None


def match_rest(code: str, end: int) -> re.Match[str] | None:
    """What follows the noun that ends at `end`: "between A and B", "with C"; groups `how` and `list`."""
    match = _WITH.match(code, end)
    if match is not None and match["how"] == "of" and match.start("list") - end > _OF_REACH:
        match = None
    return match or _FAR_BETWEEN.match(code, end) or _LATER_WITH.match(code, end)
