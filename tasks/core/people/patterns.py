"""The patterns of titles: what may stand before a name, and in apposition after it.

They run over coded text (people_text), in which every nation, role and name is one character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tasks.core.branches import join_any_case
from tasks.core.people.coded_text import (
    COUNTRY,
    DEMONYM,
    INSTITUTION,
    LEADER,
    NAME,
    NAME_CHARS,
    NATION,
    ORGANISATION,
    ROLE,
    ROLES,
    WORD,
)
from tasks.core.people.words import KIN, PARTICLES, TRADE
from tasks.core.quotes.cues import SAID, join_words

# Seats and departments whose name in a title stands for the state ("Kremlin spokesman", "Pentagon official").
SEATS = {
    "Kremlin": "RUS",
    "White House": "USA",
    "Pentagon": "USA",
    "State Department": "USA",
    "Downing Street": "GBR",
    "Elysee": "FRA",
    "FBI": "USA",
    "CIA": "USA",
    "U.S.": "USA",
}
# Lower-case words that may stand between the nation and the role.
_ADJECTIVES = """\
    accession acting administration affairs agency aid air airport anti-corruption arms army assistant asylum aviation
    bank board border brigade budget bureau cabinet campaign caretaker central chief city civil climate coalition
    commission committee
    communications company conservative council counterterrorism county cultural culture current customs cyber
    defence defense delegation democratic department deputy development digital disarmament disaster district drug
    economic education elected election electoral embassy emergency energy enlargement environment exiled expedition
    federal finance financial fire first fisheries food football force foreign gas gender government hardline health
    hospital housing human humanitarian incoming incumbent industry infrastructure intelligence interim interior
    investment junior junta justice law rebel militant labor labour legislative liberal longtime media migration
    military mine mining
    ministry mission municipal national naval navy new newly appointed neighbourhood nuclear office oil opposition
    outgoing parliamentary party peace permanent planning police policy populist port presidential press programme
    program project prominent protocol provincial railway reconstruction recovery refugee regional relief
    republican rescue research resident rights ruling safety sanctions science secretariat security senior shipping
    space special sport sports state summit tax team technology top tourism trade transit transitional treaty
    tribunal union university veteran vice village visa visiting wartime weather women's young youth
"""
# These say when or how, not of what.
_PASSED_BY = """\
    current elected first incoming incumbent junior longtime new newly appointed outgoing prominent senior top
    transitional veteran visiting wartime young exiled hardline populist
"""
PASSING = frozenset(_PASSED_BY.split())
TELLING = frozenset(_ADJECTIVES.split()) - PASSING
# All other small words of a title before its role.
_FORMERLY = ("former", "ex", "then", "late", "ousted", "deposed", "one-time", "retired")
_OWNERS = ("his", "her", "their", "its")
_ARTICLES = ("the", "an", "a")
_JOINTS = ("and", "of", "for", "the")
# What may stand before a title's role without hyphen and apostrophe: behind other small words no title can have begun.
TITLE_WORDS = frozenset((*_ADJECTIVES.split(), *(f"{word}s" for word in _ADJECTIVES.split()), *PARTICLES.split("|")))
TITLE_WORDS |= {*_FORMERLY, *_OWNERS, *_ARTICLES, *_JOINTS}


def _open_either(words: Iterable[str]) -> str:
    """A pattern of these words, written small or with a capital."""
    return "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in words)


_COMPOUND = r"\d+-year-old|[a-z]+-[a-z]+"
_ADJECTIVE = rf"(?:{join_words(_ADJECTIVES.split())}|{_COMPOUND})"
_ANY_ADJECTIVE = rf"(?:{join_any_case(sorted(set(_ADJECTIVES.split())))}|(?i:{_COMPOUND}))"
_THING = f"[{INSTITUTION}{WORD}{ORGANISATION}]"
_FORMER = rf"(?P<former>\b(?:{_open_either(_FORMERLY)})[ -])?"
_NATION = rf"(?:(?P<nation>{NATION})(?P<possessive>'s?)? )?(?:{ROLE}'s )?"
_OF_THING = rf"(?<=[{INSTITUTION}{ORGANISATION}] )(?:{'|'.join(_JOINTS)}|&) "
_MODIFIER = rf"(?:(?:(?<![\w'-]){_ANY_ADJECTIVE}|{_THING}|\({INSTITUTION}\))'?s? |{_OF_THING})"
_MODIFIERS = rf"(?P<things>{_MODIFIER}{{0,5}})"
_DET = rf"(?P<det>\b(?:(?:{_open_either(_ARTICLES)})(?: [a-z-]+'s)?) )?"
_OWNER = rf"(?:(?P<owner>{NAME})'s? |\b(?P<their>{_open_either(_OWNERS)}) )"
_LINK = rf"(?:(?P<and> and |, |/| )(?:{_ADJECTIVE} )?(?P<second>{ROLE}))?"
_OF_WORD = rf"(?:[\w'&-]+|{_THING}'?s?|{NATION}'?s?|{LEADER}'?s?|{ROLE}'?s?)"
_OF = rf" (?:of|for|at|in|to|with|from|on) (?:{_OF_WORD} ){{0,7}}?{_OF_WORD}"
_OF_HOLDER = rf" (?:of|to|for) the (?:{DEMONYM} )?{ROLE}"
# "Head of the Kursk region Ivan Belov", "special envoy for Syria Ana Lind": what ends before the name without a comma.
_OF_PLACE = (
    rf" (?:of|for|to) (?:the )?(?:{NATION}|(?:{_THING} |[a-z]+ ){{1,3}}?"
    r"(?:region|republic|province|district|oblast|territory|state|county|governorate|prefecture|city|council|committee"
    r"|commission|parliament|ministry|agency|company|party|union))"
)
# "Minister of National Defence Nikos Pappas", "Coordinating Minister for Economic Affairs Budi Hartono".
_OF_PORTFOLIO = rf" (?:of|for) (?:the )?{INSTITUTION}(?:'s)?(?:(?: and|,| of| on| for)?(?: the)? {INSTITUTION}(?:'s)?)*"
_HEAD = rf"(?P<role>{ROLE}|counterpart\b)"

# Inside a word of small letters nothing can begin but what is a character of the code, a bracket, or "counterpart".
NOT_INSIDE = r"(?:(?<![a-z])|(?=[\ue100-\ue1ff(]|counterpart))"
BEFORE = re.compile(
    rf"{NOT_INSIDE}{_DET}{_OWNER}?{_FORMER}{_NATION}{_MODIFIERS}{_HEAD}{_LINK}"
    rf"(?P<of>{_OF_HOLDER}|{_OF}(?=, \Z)"
    rf"|(?P<portfolio>{_OF_PORTFOLIO})(?= (?:{ROLE} )?\Z)"
    rf"|(?P<place>{_OF_PLACE})(?= (?:{ROLE} )?\Z))?"
    rf"(?P<rank> {ROLE})?(?: \({INSTITUTION}\))?(?P<comma>,)? \Z"
)
ENDS_ROLE = re.compile(
    rf"(?:{ROLE}|counterpart)(?: \({INSTITUTION}\))?,? \Z"
    rf"|{ROLE} (?:of|for|at|in|to|with|from|on) [^.!?\n{ROLE}]+[^.!?\n]* \Z"
)
ENDS_KIN = re.compile(rf"\b(?:{KIN}),? \Z")
KIN_TAILS = frozenset(word[-2:] for word in KIN.split("|"))
KIN_REACH = 4 + max(map(len, KIN.split("|")))  # characters: what stands before the longest and behind it, too
TRADE_AFTER_REACH = 90  # characters of the code behind a name
TRADE_REACH = 44  # characters: the longest name of a trade, with what stands before it
KIN_TITLE = re.compile(rf"(?:{_OWNER}|(?:\b[Tt]he )?(?:{NATION}(?:'s?)? )?{ROLE}'s )(?:[a-z]+ )?(?P<kin>{KIN}),? \Z")
_KIND = rf"(?:(?P<kind>[a-z]+|[{INSTITUTION}{WORD}]) )?(?<![\w'-])"
TRADE_TITLE = re.compile(rf"(?:(?P<nation>{DEMONYM}) )?{_KIND}(?P<trade>{TRADE}|[A-Z][a-z]+) \Z")
# "The ship's captain, Nikos Pappas,"
TRADE_COMMA = re.compile(
    rf"(?:\b[Tt]he (?:[a-z-]+'s )?|\b[Aa]n? (?:\d+-year-old )?"
    rf"|\b(?:[Hh]is|[Hh]er|[Tt]heir|[Ii]ts) |(?P<nation>{NATION})'s )"
    rf"{_KIND}(?P<trade>{TRADE}), \Z"
)
# "Idris Babikir, 41, a bus driver who got away": the trade, and the noun before it that says of what kind.
TRADE_AFTER = re.compile(
    rf"(?: \(\d{{2}}\)|, \d{{2}})?, an? (?:\d\d-year-old )?(?:(?P<nation>{DEMONYM}) )?(?:[a-z]+-[a-z]+ )?"
    rf"(?P<kind>[a-z]+ )?(?P<trade>{TRADE})(?=[,.;)]| (?:who|from|in|at|of|with|for|on|near|whose)\b)"
)
# Before a trade these say how somebody is, not of what: "a local driver", "a retired teacher".
NO_KIND = re.compile(
    r"(?:\w+(?:al|ed|ing|ish|ous|ive|ful|less|est|ly|ic|ary)|young|old|new|former|senior|junior|chief|top|leading"
    r"|fellow|poor|rich|well|good|great|small|big|lone|rare|veteran|expert|master|longtime|lifelong|one-time)\Z"
)
AFTER = re.compile(
    rf"(?:, |,? \()"
    rf"(?P<det>(?:the|an?|one of|his|her|its|their|who is|who was|also|currently) (?:the )?(?:[a-z-]+'s )?)?"
    rf"{_FORMER}{_NATION}{_MODIFIERS}{_HEAD}{_LINK}(?P<of>{_OF}(?=[,.;)]| who|\Z))?(?P<close>[,.;)]| who\b|\Z)?"
)
# "Inger Solbakken, who heads the agency,": what the verb makes of her.
HEADS = re.compile(
    rf",? who (?:also |now |currently |has )?(?P<verb>{ROLES}|leads|commands|headed|led|chaired|runs)"
    r"(?: the| its| his| her)?(?P<of> [^,.;\n]{2,90})"
)
# "President Kofi Asante of Ghana"
OF_NATION = re.compile(rf" of (?:the )?(?P<nation>{COUNTRY})(?!'|[ -][{NAME_CHARS}{INSTITUTION}{ROLE}])")
AGE = re.compile(r", \d{2},| \(\d{2}\)|,? aged \d{2}")
SPEAKS_ON = re.compile(rf" (?:{SAID})\b")
THEN_NAME = re.compile(rf"'| ?[{NAME_CHARS}]|, ?{NAME} said")
ENDS_APPOSED = re.compile(r"[,.;)]|\Z| (?:said|says|told|added|announced)\b")
AWAY = re.compile(r"\b(?:[Ii]n|near|across|into|throughout|around|inside|outside|visited|visiting|left|at) \Z")
