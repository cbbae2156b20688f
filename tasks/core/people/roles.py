"""Mentions of a person by the role alone: "the Russian foreign minister", "Russia's top diplomat", "the president".

A role names a person of the article only where exactly one holds it: unnamed people stay unnamed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from tasks.core.people.coded_text import (
    CAPITAL,
    COUNTRY,
    DEMONYM,
    NAME_CHARS,
    NATION,
    ORGANISATION,
    ROLE,
    CodedText,
    find_around,
)
from tasks.core.people.patterns import SEATS
from tasks.core.quotes.cues import SAID

_CURRENT = (
    r"(?:(?:current|incumbent|sitting|veteran|Republican|Democratic|conservative|Socialist|Conservative|Labour|Liberal"
    r"|centrist|populist|outgoing|embattled|long-serving|longtime|far-right|left-wing|right-wing|cent(?:er|re)-(?:left|right)"
    r"|\d+-year-old|[a-z]+-born) )*"
)
_MENTION = re.compile(
    rf"(?:(?P<det>\b(?:[Tt]he|[Tt]his|[Tt]hat) ){_CURRENT}(?:(?P<nation>{NATION})(?:'s?)? )?"
    rf"|(?P<owner>{NATION})'s? {_CURRENT}|(?P<bare>{NATION}) )"
    rf"(?P<role>{ROLE})(?: of (?:the )?(?P<of>{NATION}))?(?![\w-]| ?[{NAME_CHARS}])"
)
# "special envoy of the American leader Steve Witkoff": the leader is named by his role, the envoy by name.
_SERVED = re.compile(
    rf"{ROLE} (?:of|to|for) (?P<served>[Tt]he (?P<nation>{DEMONYM}) (?P<role>{ROLE})) (?=[{NAME_CHARS}])"
)
# "his Iraqi counterpart", unless the name follows.
_COUNTERPART = re.compile(
    rf"\b(?:[Hh]is|[Hh]er|[Tt]heir|[Ii]ts) (?P<nation>{NATION}) (?P<role>counterpart)"
    rf"(?![\w-]|'s?,? [{NAME_CHARS}]|,? [{NAME_CHARS}])"
)
_ROLE = re.compile(ROLE)
_AROUND_ROLE = 100  # characters of the code, in which a nation is one
_SPEAKS = re.compile(rf"(?: also| later| then)? (?:{SAID})\b")
# Somebody else than the holder: "the next US president", "a former", "the late".
_OTHER = re.compile(
    r"\b(?:next|former|first|late|new|future|previous|another|any|every|no|an?|each|whoever|as|ex-)\s\Z", re.I
)

_TOP_DIPLOMATS = frozenset(
    (
        "Foreign Minister",
        "Secretary of State",
        "Foreign Secretary",
        "Minister of Foreign Affairs",
        "External Affairs Minister",
        "Foreign Affairs Minister",
        "foreign policy chief",
        "High Representative",
    )
)
_GENERIC = {
    "leader": frozenset(("leader",)),
    "head of state": frozenset(("leader",)),
    "ruler": frozenset(("leader",)),
    "Premier": frozenset(("leader",)),
    "Minister": frozenset(("minister",)),
    "spokesman": frozenset(("spokesperson",)),
    "press secretary": frozenset(("spokesperson",)),
    "envoy": frozenset(("envoy",)),
    "diplomat": frozenset(("envoy", "deputy", "minister")),
    "aide": frozenset(("aide",)),
    "adviser": frozenset(("aide",)),
    "ambassador": frozenset(("envoy",)),
    "lawmaker": frozenset(("legislator",)),
}
# Too many hold these for one of them to be meant.
_ANYBODY = frozenset(("official", "expert", "analyst", "resident", "journalist", "lawyer", "actor", "Dr.", "head"))
_NEAR = 300  # characters: of several holders only one may have been named so shortly before


@dataclass(frozen=True, slots=True)
class RoleMention:
    """A role that stands for a person; offsets count in the text. `country` None: the words name none."""

    start: int
    end: int
    role: str
    level: str | None
    country: str | None
    organisation: str | None
    is_bound: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """What a person of the article holds, by the text or a lexicon, and where the person is named, in order."""

    key: str
    roles: frozenset[str]
    levels: frozenset[str]
    country: str | None
    organisation: str | None
    places: tuple[int, ...]


def find_role_mentions(coded: CodedText) -> Iterator[RoleMention]:
    """Roles in the singular that stand without a name, in text order."""
    for match in find_around(_MENTION, _ROLE, _AROUND_ROLE, coded.code):
        if match["bare"] and not _SPEAKS.match(coded.code, match.end()):
            continue
        if _OTHER.search(coded.code[max(0, match.start() - 12) : match.start()]):
            continue
        if match["det"] is None and match["bare"] is None and match["owner"] is None:
            continue
        yield _make_mention(coded, match)
    if " counterpart" in coded.code:
        yield from (_make_mention(coded, match) for match in _COUNTERPART.finditer(coded.code))
    for match in _SERVED.finditer(coded.code):
        named = coded.piece(match.end()).hit
        if named is None or named.level != "leader":
            yield _make_mention(coded, match, "served")


def resolve_role(mention: RoleMention, holders: list[Holder]) -> str | None:
    """The key of the one person who is meant, or None."""
    if mention.role in _ANYBODY or mention.level == "former":
        return None
    if mention.role == "counterpart":
        return _resolve_counterpart(mention, holders)
    fitting = [holder for holder in holders if _holds(holder, mention)]
    exact = [holder for holder in fitting if mention.role in holder.roles]
    if len(fitting) > len(exact) == 1:
        return exact[0].key
    if len(fitting) > 1:
        recent = [holder for holder in fitting if _is_near(holder, mention.start)]
        fitting = recent if len(recent) == 1 else []
    return fitting[0].key if fitting else None


def _resolve_counterpart(mention: RoleMention, holders: list[Holder]) -> str | None:
    """The one person of the country named who holds the office of the person named last before."""
    others = [holder for holder in holders if _last_place(holder, mention.start) >= 0]
    owner = max(others, key=lambda holder: _last_place(holder, mention.start), default=None)
    if owner is None:
        return None
    fitting = [holder for holder in holders if holder is not owner and _is_of(holder, mention)]
    fitting = [holder for holder in fitting if holder.roles & owner.roles]
    return fitting[0].key if len(fitting) == 1 else None


def _last_place(holder: Holder, start: int) -> int:
    """Where the holder is named last before an offset; -1 if nowhere."""
    number = bisect_left(holder.places, start)
    return holder.places[number - 1] if number else -1


def _make_mention(coded: CodedText, match: re.Match[str], group: str | int = 0) -> RoleMention:
    """The mention that a group of the match is."""
    is_counterpart = match["role"] == "counterpart"
    hit = None if is_counterpart else coded.piece(match.start("role")).hit
    groups = match.groupdict()
    nations = [coded.piece(match.start(name)) for name in ("nation", "owner", "bare", "of") if groups.get(name)]
    country = next((p.hit.code for p in nations if p.hit and p.kind in COUNTRY + DEMONYM + CAPITAL), None)
    organisation = next((p.hit for p in nations if p.hit and p.kind == ORGANISATION), None)
    start, end = coded.begin(match.start(group)), coded.finish(match.end(group))
    text = coded.text[start:end]
    seat = next((code for name, code in SEATS.items() if name in text), None)
    return RoleMention(
        start=start,
        end=end,
        role=hit.name if hit else match["role"] if is_counterpart else "",
        level=hit.level if hit else None,
        country=country or seat or (organisation.code if organisation else None),
        organisation=organisation.name if organisation else None,
        is_bound=bool(nations) or seat is not None,
    )


def _holds(holder: Holder, mention: RoleMention) -> bool:
    if mention.is_bound and not _is_of(holder, mention):
        return False
    if mention.role in holder.roles:
        return True
    if mention.role == "top diplomat":
        return bool(holder.roles & _TOP_DIPLOMATS)
    if mention.role == "diplomat" and any("Foreign" in role for role in holder.roles):
        return True
    if mention.role.endswith("spokesman") and "spokesperson" in holder.levels:
        return True
    return bool(_GENERIC.get(mention.role, frozenset()) & holder.levels)


def _is_of(holder: Holder, mention: RoleMention) -> bool:
    if mention.organisation and holder.organisation == mention.organisation:
        return True
    return mention.country is not None and mention.country == holder.country


def _is_near(holder: Holder, start: int) -> bool:
    return _last_place(holder, start) >= max(0, start - _NEAR)
