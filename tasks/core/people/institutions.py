"""What a title is of: its nation, the institution or firm beside it, what follows "of", and the seat that it names."""

from __future__ import annotations

import re

from tasks.core.people.coded_text import (
    CAPITAL,
    COUNTRY,
    DEMONYM,
    INSTITUTION,
    ORGANISATION,
    ROLE,
    WORD,
    CodedText,
    Piece,
)
from tasks.core.people.patterns import AWAY, SEATS

# Levels of roles that are held in firms, institutes and offices, and how the name of one ends a title.
_EMPLOYED = frozenset(("business", "expert", "official"))
_FIRM = re.compile(
    r"(?:\A| )(?:of|at|with|for|from|in) (?:[a-z]+ ){0,3}?"
    r"(?P<name>[A-Z][\w&'.-]*(?:(?: (?:of|for|and|the|de|on|&)){0,2} [A-Z][\w&'.-]*)*)\Z"
)
# These open the name of a party, though they open no institution's.
_PARTY = re.compile(r"(?:(?:Democratic|Liberal|Socialist|Communist|Conservative|Republican|Green|Labour|Islamic) )+\Z")


def read_level(coded: CodedText, index: int) -> str | None:
    """The level of the role at an index of the code, None if there is none."""
    hit = coded.piece(index).hit if coded.code[index] == ROLE else None
    return hit.level if hit else None


def read_role_name(coded: CodedText, index: int) -> str | None:
    """The catalog's name of what stands at an index of the code."""
    hit = coded.piece(index).hit
    return hit.name if hit else None


def read_nation(coded: CodedText, match: re.Match[str], floor: int) -> Piece | None:
    """The nation of the title, unless it is where something happens ("in France President Zelensky said")."""
    if not match["nation"]:
        return None
    at = floor + match.start("nation")
    piece = coded.piece(at)
    is_place = piece.kind in (COUNTRY, CAPITAL) and not match["possessive"]
    if is_place and read_level(coded, floor + match.start("role")) == "expert":
        return None  # "Tunisia researcher": what she knows of
    return None if is_place and AWAY.search(coded.code[max(0, at - 14) : at]) else piece


def read_of(coded: CodedText, match: re.Match[str], floor: int, level: str | None) -> tuple[str | None, str | None]:
    """Country and organisation of what follows the role: "of Ghana", "for Ukraine's foreign ministry", "of NATO"."""
    words = match["of"].split()
    low, high = floor + match.start("of"), floor + match.end("of")
    nations = coded.hits(low, high, COUNTRY + DEMONYM + CAPITAL)
    if words[0] == "to":
        # "Foreign policy aide to the Azerbaijani president": of whose state the master is.
        is_aide = level == "aide" and len(nations) == 1 and nations[0].kind == DEMONYM
        return (nations[0].hit.code if is_aide and nations[0].hit else None), None
    organisations = coded.hits(low, high, ORGANISATION)
    organisation = organisations[0].hit.name if organisations and organisations[0].hit else None
    names_holder = words[0] in ("of", "from") or (words[0] == "for" and level in ("spokesperson", None))
    is_single = len({piece.hit.code for piece in nations if piece.hit}) == 1
    # "For China's Taiwan Affairs Office": the owner of the office is meant.
    is_owner = bool(nations) and coded.code.startswith("'", low + coded.code[low:high].find(nations[0].kind) + 1)
    country = nations[0].hit.code if (is_single or is_owner) and names_holder and nations[0].hit else None
    if organisations and not country and organisations[0].hit:
        country = organisations[0].hit.code
    firm = _read_firm(coded, low, high) if level in _EMPLOYED and not organisation and not nations else None
    return country, organisation or firm or read_things(coded, low, high)


def _read_firm(coded: CodedText, low: int, high: int) -> str | None:
    """The whole name at the end of what follows a role: "at the National University of Anahuac"."""
    match = _FIRM.search(coded.plain[coded.begin(low) : coded.finish(high)])
    return match["name"] if match and " " in match["name"] else None


def read_things(coded: CodedText, low: int, high: int) -> str | None:
    """The institution among these words, as written: "Senate Finance Committee"; one word of it says too little."""
    pieces = coded.hits(low, high, INSTITUTION + ORGANISATION)
    if not pieces:
        return None
    if pieces[0].kind == ORGANISATION and pieces[0].hit and len(pieces) == 1:
        return pieces[0].hit.name
    first = coded.hits(low, high, INSTITUTION + ORGANISATION + WORD)[0]
    start = first.start
    if party := _PARTY.search(coded.plain[max(0, start - 40) : start]):
        start -= len(party[0])
    words = coded.text[start : pieces[-1].end]
    words = words.split(" (")[0]
    return words if " " in words or words.isupper() else None


def read_seat(coded: CodedText, low: int, high: int) -> str | None:
    """The country whose seat or department the words name: "Kremlin spokesman"."""
    words = coded.plain[coded.begin(low) : coded.finish(high)]
    return next((code for seat, code in SEATS.items() if seat in words), None)
