"""The patterns of titles: what may stand before a name, and in apposition after it.

They run over coded text (people_text), in which every nation, role and name is one character.
"""

from __future__ import annotations

import re

from tasks.core.people.coded_text import (
    DEMONYM,
    INSTITUTION,
    LEADER,
    NAME,
    NAME_CHARS,
    NATION,
    ORGANISATION,
    ROLE,
    WORD,
)
from tasks.core.people.words import KIN, TRADE
from tasks.core.quotes.cues import join_words

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
    acting administration affairs aid air army assistant bank border budget campaign central chief city climate
    coalition communications company conservative democratic counterterrorism county current defence defense deputy
    development district economic elected election electoral embassy emergency energy exiled federal finance financial
    first force foreign government hardline health human humanitarian incoming incumbent industry intelligence interim
    interior investment junior justice labor labour legislative liberal longtime media military ministry national naval
    navy new newly appointed nuclear oil opposition outgoing parliamentary party peace permanent planning police policy
    populist presidential press prominent provincial refugee regional relief republican resident rights ruling security
    senior space special state top trade transitional university veteran vice visiting wartime young
"""
# These say when or how, not of what.
_PASSING = """\
    current elected first incoming incumbent junior longtime new newly appointed outgoing prominent senior top
    transitional veteran visiting wartime young exiled hardline populist
"""
TELLING = frozenset(_ADJECTIVES.split()) - frozenset(_PASSING.split())
_ADJECTIVE = rf"(?:{join_words(_ADJECTIVES.split())}|\d+-year-old|[a-z]+-[a-z]+)"
_THING = f"[{INSTITUTION}{WORD}{ORGANISATION}]"
_FORMER = r"(?P<former>\b(?:[Ff]ormer|[Ee]x|[Tt]hen|[Ll]ate|[Oo]usted|[Dd]eposed|[Oo]ne-time|[Rr]etired)[ -])?"
_NATION = rf"(?:(?P<nation>{NATION})(?P<possessive>'s?)? )?(?:{ROLE}'s )?"
_MODIFIER = (
    rf"(?:(?:(?<![\w'-])(?i:{_ADJECTIVE})|{_THING})'?s? |(?<=[{INSTITUTION}{ORGANISATION}] )(?:and|of|for|the|&) )"
)
_MODIFIERS = rf"(?P<things>{_MODIFIER}{{0,5}})"
_OWNER = rf"(?:(?P<owner>{NAME})'s? |\b(?P<their>[Hh]is|[Hh]er|[Tt]heir|[Ii]ts) )"
_LINK = rf"(?:(?P<and> and |, |/| )(?:{_ADJECTIVE} )?(?P<second>{ROLE}))?"
_OF_WORD = rf"(?:[\w'&-]+|{_THING}'?s?|{NATION}'?s?|{LEADER}'?s?|{ROLE}'?s?)"
_OF = rf" (?:of|for|at|in|to|with|from|on) (?:{_OF_WORD} ){{0,7}}?{_OF_WORD}"
_OF_HOLDER = rf" (?:of|to|for) the (?:{DEMONYM} )?{ROLE}"
_HEAD = rf"(?P<role>{ROLE}|counterpart\b)"

BEFORE = re.compile(
    rf"(?P<det>\b(?:(?:[Tt]he|[Aa]n?)(?: [a-z-]+'s)?) )?{_OWNER}?{_FORMER}{_NATION}{_MODIFIERS}{_HEAD}{_LINK}"
    rf"(?P<of>{_OF_HOLDER}|{_OF}(?=, \Z))?(?P<comma>,)? \Z"
)
ENDS_ROLE = re.compile(
    rf"(?:{ROLE}|counterpart),? \Z|{ROLE} (?:of|for|at|in|to|with|from|on) [^.!?\n{ROLE}]+[^.!?\n]* \Z"
)
ENDS_KIN = re.compile(rf"\b(?:{KIN}),? \Z")
TRADE_REACH = 26  # characters: the longest name of a trade
KIN_TITLE = re.compile(rf"{_OWNER}(?:[a-z]+ )?(?P<kin>{KIN}),? \Z")
TRADE_TITLE = re.compile(rf"(?:(?P<nation>{DEMONYM}) )?(?<![\w'-])(?P<trade>{TRADE}) \Z")
AFTER = re.compile(
    rf"(?:, |,? \()(?P<det>(?:the|an?|one of|his|her|its|their|who is|who was|also|currently) (?:the )?)?"
    rf"{_FORMER}{_NATION}{_MODIFIERS}{_HEAD}{_LINK}(?P<of>{_OF}(?=[,.;)]| who|\Z))?(?P<close>[,.;)]| who\b|\Z)?"
)
AGE = re.compile(r", \d{2},| \(\d{2}\)|,? aged \d{2}")
THEN_NAME = re.compile(rf"'| ?[{NAME_CHARS}]|, ?{NAME} said")
ENDS_APPOSED = re.compile(r"[,.;)]|\Z| (?:said|says|told|added|announced)\b")
AWAY = re.compile(r"\b(?:[Ii]n|near|across|into|throughout|around|inside|outside|visited|visiting|left|at) \Z")
