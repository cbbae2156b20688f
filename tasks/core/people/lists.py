"""Titles shared by a list of names: "Presidents A and B", "the foreign ministers of France and Germany, A and B"."""

from __future__ import annotations

import re

from tasks.core.people.coded_text import COUNTRY, DEMONYM, NAME, NAME_CHARS, NATION, ROLES, CodedText, find_around
from tasks.core.people.title import Title

_NATIONS = rf"{NATION}(?:'s)?(?:, {NATION}(?:'s)?)*(?:,? and {NATION}(?:'s)?)?"
_LIST = re.compile(
    rf"(?:(?P<before>{_NATIONS}) )?(?:[a-z]+ ){{0,2}}?(?P<role>{ROLES}|counterparts)"
    rf"(?: of (?:the )?(?P<after>{_NATIONS})| of (?:the|both|their) (?:[a-z]+ )?[a-z]+)?,?(?: -)? "
    rf"(?P<names>{NAME}(?:, {NAME})*,? and {NAME})"
)
# "Foreign ministers Askar Omarov of Kazakhstan and Zarif Aliyev of Tajikistan"
_EACH = re.compile(
    rf"(?P<role>{ROLES}|counterparts) "
    rf"(?P<names>{NAME} of (?:the )?{NATION}(?:, {NAME} of (?:the )?{NATION})*,? and {NAME} of (?:the )?{NATION})"
)
_NAME_OF = re.compile(rf"(?P<name>{NAME}) of (?:the )?(?P<nation>{NATION})")
_NAME = re.compile(NAME)
_ROLE = re.compile(f"{ROLES}|counterparts")
_ENDS = re.compile(f"[{NAME_CHARS}],? and [{NAME_CHARS}]")  # how each list of names ends
_ENDS_EACH = re.compile(f"{NATION},? and [{NAME_CHARS}]")
_AROUND_ROLE = 200  # characters of the code, in which a nation or a name is one


def find_listed(coded: CodedText) -> dict[int, Title]:
    """The titles of listed names by the index of the code where each name begins.

    Where as many nations as names are told each name has its own; one nation is that of all.
    """
    titles: dict[int, Title] = {}
    for match in find_around(_LIST, _ROLE, _AROUND_ROLE, coded.code, _ENDS):
        names = [name.start() for name in _NAME.finditer(coded.code, match.start("names"), match.end("names"))]
        countries = _read_countries(coded, match, len(names))
        role, level = _read_role(coded, match)
        for name, country in zip(names, countries, strict=True):
            titles[name] = Title(role, level, country, words=role)
    if " of " in coded.code:
        for match in find_around(_EACH, _ROLE, _AROUND_ROLE, coded.code, _ENDS_EACH):
            role, level = _read_role(coded, match)
            for named in _NAME_OF.finditer(coded.code, match.start("names"), match.end("names")):
                nation = coded.piece(named.start("nation")).hit
                code = nation.code if nation else None
                titles[named.start()] = Title(role, level, code, words=role)
    return titles


def _read_role(coded: CodedText, match: re.Match[str]) -> tuple[str, str | None]:
    """The role that all of the list have, and its level."""
    hit = None if match["role"] == "counterparts" else coded.piece(match.start("role")).hit
    return (hit.name, hit.level) if hit else ("counterpart", None)


def _read_countries(coded: CodedText, match: re.Match[str], count: int) -> list[str | None]:
    group = "before" if match["before"] else "after"
    pieces = coded.hits(match.start(group), match.end(group), COUNTRY + DEMONYM) if match[group] else []
    codes = [piece.hit.code for piece in pieces if piece.hit]
    if len(codes) == count:
        return list(codes)
    return [codes[0] if len(set(codes)) == 1 else None] * count
