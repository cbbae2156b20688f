"""When, where and to whom something is said: the words between a verb of speech and what it reports."""

from __future__ import annotations

from tasks.core.quotes.cues import MONTH, WEEKDAY

_TIME = (
    rf"(?:,? (?:late |early |earlier )?(?:on )?{WEEKDAY}(?: (?:night|morning|evening|afternoon))?"
    rf"|(?: on)? {MONTH} \d{{1,2}}"
    r"| today| yesterday| (?:this|last) (?:week|month|year)| earlier(?: this (?:week|month|year))?| later| afterwards?"
    r"| again| separately| too| in part"
    r"| (?!family|virtually|nearly|roughly)[a-z]{3,}ly(?= (?:that|there|he|she|it|they|on|in)\b))"
)
_OCCASIONS = (
    "account|address|briefing|call|channel|commentary|conference|court|editorial|email|event|filing|forum|hearing"
    "|interview"
    "|letter|meeting|memo|message|note|order|phone|post|radio|rally|report|ruling|session|speech|statement|summit|talks"
    "|social media|telephone|television|tweet|video|visit|website|Facebook|Telegram|Truth Social|Twitter|TV|X"
)
NAMED = r"[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*)*"
_SETTING = (
    r"(?: (?:in|at|during|after|before|on|by|through|via|from|over) (?:an?|the|his|her|its|their"
    r"|state)? ?(?:[\w’'-]+ ){0,4}?"
    rf"(?:{_OCCASIONS})s?(?: (?:with|to|on|in|from|at|of|by) (?:the |an? )?(?:{NAMED}|[a-z]+))?)"
)
_CARRIED = (
    r"(?: (?:carried|issued|posted|published|broadcast|released|made|sent|seen|obtained|given)\b[^,.;:“\"]{0,50}?)?"
)
_ADDRESSEE = r"(?: to (?:the |an? |his |her )?[\w’'-]+(?: [A-Z][\w’'-]*)*)"
ADVERBIAL = rf"(?:{_TIME}|{_SETTING}{_CARRIED}|{_ADDRESSEE}| in {MONTH}| in [A-Z]\w+)"
PEOPLE = (
    "reporters|journalists|lawmakers|parliament|investors|viewers|supporters|analysts|ministers|delegates|diplomats"
    "|officials|senators|deputies|MPs|members|newsmen|mediapersons|correspondents|colleagues|shareholders|donors"
    "|residents|soldiers|troops|students|voters|workers|allies|aides|him|her|them|me|us"
)
LISTENER = rf"(?: (?:{PEOPLE}|(?:the|an?|his|her|state) \w+|{NAMED})(?: [\w’'-]+){{0,5}}?)"
BODIES = (
    "agency|briefing|channel|committee|conference|council|daily|forum|hearing|newspaper|parliament|rally|station"
    "|television"
)
