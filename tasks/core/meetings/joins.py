"""How neighbours in a scene become one entity: title and name, role and country, groups of leaders, counterparts.

Each join is a pattern over the scene's code and a function that builds the whole from its members, or refuses with
None. They run in the order of `JOINS`; a later one sees what an earlier one has joined. A new join is one line there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from tasks.core.meetings.entities import (
    LEADER,
    LEVEL_OF_ROLE,
    MINISTER,
    NATION,
    ORG,
    OTHER,
    PERSON,
    PERSON_OF_LEVEL,
    ROLE,
    ROLE_MINISTER,
    ROLE_OTHER,
    STATE,
    Entity,
    Level,
)
from tasks.core.meetings.surnames import SURNAME, join_surname

# Members with their words, the match, and the entities before it in the sentence.
Join = Callable[[list[Entity], list[str], re.Match[str], list[Entity]], Entity | None]

_NO_NAME = r"(?!(?:Summit|Conference|Forum|Meeting|Talks|Council|Declaration|Office|Party|Government)\b)"
_NAME_WORD = rf"{_NO_NAME}[A-ZÀ-ÖØ-ÞŁŚŞŻŽČĆĐİ][\w'’-]*[\w](?:\.(?=\s[A-Z]))?"
_NAME = rf"{_NAME_WORD}(?:\s(?:(?:bin|al|el|von|van|de|da|der|den|dos|del|ibn)\s){{0,2}}{_NAME_WORD}){{0,3}}"
_OWN = r"(?:['’]s?)?"
_ADJECTIVE = (
    r"(?:(?:new|acting|interim|visiting|outgoing|incoming|long-time|veteran|top|chief|senior|special|newly elected"
    r"|military|presidential|lead|current|then|nuclear|trade|peace|national)\s){0,2}"
)
_AND = r"(?:,\s(?:and\s)?|\sand\s|\s?[/–-]\s?)(?:the\s)?"
_NATIONS = rf"{NATION}(?:{_AND}{NATION})*"
_MANY_NATIONS = rf"{NATION}(?:{_AND}{NATION})+"
_COUNTERPART = r"(?:counterparts?|colleagues?|opposite\snumbers?|hosts?|guests?|peers?)"
_KIN = r"(?:son-in-law|daughter|son|wife|brother|businessman|confidant|ally)"
_SIDE = (
    r"(?i:delegations?|negotiating\steams?|teams?|sides?|officials|negotiators|envoys|diplomats|representatives"
    r"|experts"
    r"|military\sofficials|delegates|officers|commanders|generals|mediators|army\schiefs|ambassadors)"
)
_EU_ROLE = re.compile(r"\b(?:European (?:Council|Commission(?:er)?)|Commission [Pp]resident)")
_CAPTAIN_LEVELS: tuple[Level, ...] = ("leader", "minister")


def join_short_form(
    members: list[Entity], words: list[str], match: re.Match[str], earlier: list[Entity]
) -> Entity | None:
    """A body's name with its short form in brackets; another body's in brackets is another body."""
    return members[0] if members[0].organisation == members[1].organisation else None


def join_title(members: list[Entity], words: list[str], match: re.Match[str], earlier: list[Entity]) -> Entity | None:
    """`Turkish Foreign Minister Hakan Fidan`, `NATO Secretary General Mark Rutte`, `President Xi`."""
    roles = [each for each in members if each.kind in LEVEL_OF_ROLE]
    person = next((each for each in members if each.is_person), None)
    name = match.groupdict().get("name")
    if "," in match.group() and any(map(_is_plural, (words[members.index(each)] for each in roles))):
        # "the two ministers, X and Y": an apposition, no title.
        return None
    level = _level_of(roles, members, words)
    codes = _codes_of(members, words)
    names = person.names if person else (name,) if name else ()
    if not codes and person is not None:
        return replace(person, kind=PERSON_OF_LEVEL[level], level=level)
    return Entity(PERSON_OF_LEVEL[level], 0, 0, codes, level, names, _organisation_of(members))


def join_apposition(
    members: list[Entity], words: list[str], match: re.Match[str], earlier: list[Entity]
) -> Entity | None:
    """`Hakan Fidan, Turkey's foreign minister` and `Russia's Vladimir Putin`."""
    person = next(each for each in members if each.is_person)
    roles = [each for each in members if each.kind in LEVEL_OF_ROLE]
    level = _level_of(roles, members, words) if roles else person.level
    return replace(
        person,
        kind=PERSON_OF_LEVEL[level],
        level=level,
        codes=_codes_of(members, words) or person.codes,
        is_inferred=False,
        organisation=_organisation_of(members) or person.organisation,
    )


def join_of_state(
    members: list[Entity], words: list[str], match: re.Match[str], earlier: list[Entity]
) -> Entity | None:
    """`President Kwame Boateng of Ghana`: only who has no country yet, or this one."""
    codes = members[1].codes
    return replace(members[0], codes=codes, is_inferred=False) if members[0].codes in ((), codes) else None


def join_group(members: list[Entity], words: list[str], match: re.Match[str], earlier: list[Entity]) -> Entity | None:
    """`the leaders of Russia and the US`, `Egyptian and Ethiopian leaders`, `EU ministers`, `the US president`."""
    roles = [each for each in members if each.kind in LEVEL_OF_ROLE]
    level = _level_of(roles, members, words)
    role_words = [word for each, word in zip(members, words, strict=True) if each.kind in LEVEL_OF_ROLE]
    codes = _codes_of(members, words)
    is_group = len(codes) > 1 or any(map(_is_plural, role_words))
    person = next((each for each in members if each.is_person), None)
    organisation = _organisation_of(members)
    if organisation and not is_group and level == "leader" and "EUU" not in codes:
        level = "other"
    return Entity(
        PERSON_OF_LEVEL[level], 0, 0, codes, level, person.names if person else (), organisation, is_group=is_group
    )


def join_of_body(members: list[Entity], words: list[str], match: re.Match[str], earlier: list[Entity]) -> Entity | None:
    """`UN Libya envoy X`: of the body, not of the country."""
    return replace(members[1], codes=members[0].codes, organisation=members[0].organisation)


def join_of_bloc(members: list[Entity], words: list[str], match: re.Match[str], earlier: list[Entity]) -> Entity | None:
    """`the bloc's foreign policy chief X`: of the EU, where it stands before."""
    body = next((each for each in reversed(earlier) if each.codes == ("EUU",)), None)
    return (
        replace(members[0], codes=("EUU",), organisation=body.organisation) if body and not members[0].codes else None
    )


def join_former(members: list[Entity], words: list[str], match: re.Match[str], earlier: list[Entity]) -> Entity | None:
    """`Former Ghanaian President Kofi Sarpong`: who held an office once leads no state."""
    return replace(members[0], kind=OTHER, level="other")


def join_led(members: list[Entity], words: list[str], match: re.Match[str], earlier: list[Entity]) -> Entity | None:
    """`a Chinese delegation led by Vice Premier X`: X, of that country."""
    return replace(members[-1], codes=members[0].codes) if members[-1].codes in ((), members[0].codes) else None


def join_side(members: list[Entity], words: list[str], match: re.Match[str], earlier: list[Entity]) -> Entity | None:
    """`Russian and Ukrainian negotiators`, `delegations from Azerbaijan and Armenia`."""
    body = _organisation_of(members)
    return Entity(OTHER, 0, 0, _codes_of(members, words), "other", organisation=body, is_group=True)


def join_chiefs(members: list[Entity], words: list[str], match: re.Match[str], earlier: list[Entity]) -> Entity | None:
    """`the Japanese and South Korean defense chiefs`: wires' word for ministers."""
    roles = [word for each, word in zip(members, words, strict=True) if each.kind in LEVEL_OF_ROLE]
    if any(word != "chiefs" for word in roles):
        return None
    return Entity(MINISTER, 0, 0, _codes_of(members, words), "minister", is_group=True)


def join_counterpart(
    members: list[Entity], words: list[str], match: re.Match[str], earlier: list[Entity]
) -> Entity | None:
    """`his Turkish counterpart, Recep Tayyip Erdogan`: the level is that of the person before."""
    before = next(
        (each for each in reversed(earlier) if (each.is_person and each.level) or each.kind in LEVEL_OF_ROLE), None
    )
    level: Level | None = next((each.level for each in members if each.level), None)
    if before is not None:
        level = before.level or LEVEL_OF_ROLE[before.kind]
    names = tuple(name for each in members if each.is_person for name in each.names)
    codes = _codes_of(members, words)
    is_inferred = not codes
    if not codes:
        codes = tuple(dict.fromkeys(code for each in members for code in each.codes))
    return Entity(PERSON_OF_LEVEL[level], 0, 0, codes, level, names, is_inferred=is_inferred, is_group=len(codes) > 1)


def join_helper(members: list[Entity], words: list[str], match: re.Match[str], earlier: list[Entity]) -> Entity | None:
    """`Otieno's aide Grace Akello`, `an adviser to the Turkish president, Selim Arda`: a helper is no leader."""
    name = match.groupdict().get("name")
    helper = members[-1] if members[-1].is_person and len(members) > 1 and not name else None
    principal = next(each for each in members if each.codes or each.is_person)
    codes = helper.codes if helper and helper.codes else principal.codes
    names = helper.names if helper else (name,) if name else ()
    level: Level = helper.level if helper and helper.level == "minister" else "other"
    return Entity(PERSON_OF_LEVEL[level], 0, 0, codes, level, names, is_inferred=principal.is_inferred)


def _level_of(roles: list[Entity], members: list[Entity], words: list[str]) -> Level:
    """The highest level of the roles; presidents of organisations other than the EU lead no state."""
    levels = [LEVEL_OF_ROLE[role.kind] for role in roles]
    level: Level = next((each for each in _CAPTAIN_LEVELS if each in levels), "other")
    has_state = any(each.kind in NATION for each in members)
    if level == "leader" and _organisation_of(members) and not has_state and "EUU" not in _codes_of(members, words):
        is_plural = any(_is_plural(word) for each, word in zip(members, words, strict=True) if each in roles)
        return "leader" if is_plural else "other"
    return level


def _is_plural(role: str) -> bool:
    return role.endswith("s") or role.lower().startswith("heads")


def _codes_of(members: list[Entity], words: list[str]) -> tuple[str, ...]:
    """The countries that the words name, in order; offices of the EU speak for `EUU`."""
    codes = [code for each in members if each.kind in NATION for code in each.codes]
    for each, word in zip(members, words, strict=True):
        if each.kind == ORG:
            codes += each.codes
        elif each.kind in LEVEL_OF_ROLE and _EU_ROLE.search(word):
            codes.append("EUU")
    return tuple(dict.fromkeys(codes))


def _organisation_of(members: list[Entity]) -> str | None:
    return next((each.organisation for each in members if each.kind == ORG), None)


_TITLE = rf"(?:(?:{NATION}|{ORG}){_OWN}\s)?{_ADJECTIVE}{ROLE}(?:(?:\sand\s|,\s|\s){ROLE})?"

JOINS: tuple[tuple[re.Pattern[str], Join], ...] = (
    (SURNAME, join_surname),
    # the Economic Community of West African States (ECOWAS)
    (re.compile(rf"(?:{ORG}|{NATION})\s\((?:the\s)?{ORG}\)"), join_short_form),
    # Otieno's aide Grace Akello; the envoy of the Turkish president, Selim Arda
    (
        re.compile(rf"{ROLE}\s(?:of|to)\s(?:the\s)?{NATION}{_OWN}\s{ROLE},?\s(?:{PERSON}|(?P<name>{_NAME}))(?!\w)"),
        join_helper,
    ),
    (re.compile(rf"{PERSON}['’]s?\s(?:{_KIN},?\s)*(?:{ROLE}\s)?(?:{_KIN}\s)?{PERSON}"), join_helper),
    (
        re.compile(rf"{PERSON}['’]s?\s{_ADJECTIVE}{ROLE}(?:,?\s(?P<name>{_NAME}))?"),
        join_helper,
    ),
    (re.compile(rf"{_TITLE},?\s{PERSON}"), join_title),
    (
        re.compile(rf"{ROLE}\sof\s(?:the\s)?(?:{NATION}|{ORG}),?\s{PERSON}"),
        join_title,
    ),
    (re.compile(rf"{_TITLE}\s(?P<name>{_NAME})(?!\w)"), join_title),
    (
        re.compile(
            rf"(?:his|her|their|its)\s(?:visiting\s)?{_NATIONS}\s{_COUNTERPART}(?:,?\s{PERSON}(?:(?:,\s"
            rf"|,?\sand\s){PERSON})*)?(?:,?\s{_NAME}(?:\sand\s{_NAME})?)?"
        ),
        join_counterpart,
    ),
    (re.compile(rf"{NATION}\s{_COUNTERPART},?\s{PERSON}"), join_counterpart),
    (
        re.compile(rf"(?:his|her|their)\s{_COUNTERPART}(?:,?\s{PERSON}|\s(?:from|in)\s(?:the\s)?{_NATIONS})"),
        join_counterpart,
    ),
    (
        re.compile(
            rf"{PERSON},\s(?:the\s|a\s|an\s)?(?:[a-z-]+\s)?(?:{NATION}|{ORG}){_OWN}\s{_ADJECTIVE}{ROLE}(?=[,.;]"
            rf"|\sand\s)"
        ),
        join_apposition,
    ),
    (re.compile(rf"{ORG}\s{OTHER}"), join_of_body),
    (re.compile(rf"(?:{LEADER}|{MINISTER})\sof\s(?:the\s)?{NATION}"), join_of_state),
    (re.compile(rf"{PERSON}\sof\s(?:the\s)?{STATE}(?=[,.;)]|\s(?:and|met|spoke|will|held)\b)"), join_of_state),
    (re.compile(rf"{PERSON},\s(?:the\s)?{ROLE}\sof\s(?:the\s)?{NATION}(?=[,.;])"), join_apposition),
    (re.compile(rf"{STATE}['’]s\s{PERSON}"), join_apposition),
    (
        re.compile(rf"{ROLE}\s(?:of|from)\s(?:the\s)?(?:{_NATIONS}|{ORG}(?:{_AND}{NATION})*)"),
        join_group,
    ),
    (re.compile(rf"{_MANY_NATIONS}{_OWN}\s{_ADJECTIVE}{ROLE}"), join_group),
    (re.compile(rf"{_MANY_NATIONS}\s(?:[a-z]+\s(?:and\s)?){{1,2}}{ROLE_MINISTER}"), join_group),
    (re.compile(rf"{NATION}{_OWN}\s{_ADJECTIVE}{ROLE}"), join_group),
    (re.compile(rf"{ORG}{_OWN}\s(?:member\s)?(?:state\s)?{ROLE}"), join_group),
    (re.compile(rf"\b[Tt]he\s(?:bloc|union)['’]s\s(?:[a-z]+\s){{0,2}}{PERSON}"), join_of_bloc),
    (re.compile(rf"\b(?i:former|ousted|deposed|late|ex)[\s-](?:{LEADER}|{MINISTER})"), join_former),
    (
        re.compile(
            rf"{NATION}{_OWN}\s(?:[a-z-]+\s){{0,2}}(?:delegation|team|group|mission)(?:\s(?:led|headed)\sby"
            rf"|,\s(?:led|headed)\sby)"
            rf"\s(?:the\s|its\s)?{PERSON}"
        ),
        join_led,
    ),
    (re.compile(rf"{_MANY_NATIONS}{_OWN}\s(?:[Dd]efen[cs]e\s(?:chiefs\b|{ROLE_OTHER})|top\sdiplomats\b)"), join_chiefs),
    (
        re.compile(rf"(?:[Dd]efen[cs]e\s(?:chiefs|{ROLE_OTHER})|[Tt]op\sdiplomats)\s(?:of|from)\s{_NATIONS}"),
        join_chiefs,
    ),
    (
        re.compile(
            rf"{_NATIONS}{_OWN}\s{_ADJECTIVE}(?:(?:technical|government|parliamentary|economic|high-level|working"
            rf"|joint|official|border)\s)?{_SIDE}\b"
        ),
        join_side,
    ),
    (re.compile(rf"{_SIDE}\s(?:of|from|representing)\s(?:the\s)?{_NATIONS}"), join_side),
    (re.compile(rf"{_SIDE}\s(?:of|from|representing)\s(?:the\s)?{ORG}"), join_side),
)
