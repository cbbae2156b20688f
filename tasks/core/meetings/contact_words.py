"""Words by which leaders are told to be together, for contact.py: nouns, verbs, and what bars a meeting."""

from __future__ import annotations

import re

from tasks.core.meetings.entities import LEADER

# Between a leader and the word: no other person, no quotation, no clause of another.
GAP = (
    r"(?:(?!\b(?:(?:said|says)(?!\s(?:that\s)?(?:he|she)\b)|told|tells|who|which|(?<!said\s)that|after|before|since|while|because)\b)"
    r"[^;:“”\"\ue000-\ue003\ue010-\ue012]){0,90}?"
)
SHORT = r"(?:(?!\b(?:and|said|told|who|which|that)\b)[^,;:“”\"\ue000-\ue003]){0,50}?"
ONE = rf"(?:the\s|his\s|her\s|its\s|their\s)?(?:[a-z-]+\s){{0,2}}{LEADER}"
LIST = rf"{LEADER}(?:(?:,\s|,?\sand\s)(?:the\s)?{LEADER}){{1,4}}"
NOUN = (
    r"\b(?:(?:working\s|private\s|late\s)?(?:lunch(?:eon)?|dinner|breakfast|supper|tea|coffee)|get-togethers?|sit-downs?|one-on-ones?"
    r"|face-to-face|t[êe]te-[àa]-t[êe]te|encounter|huddle|conclave|rendezvous|audience|discussions?|conversations?"
    r"|talks|meetings?|summit(?:\stalks)?|trilateral|bilateral|session)\b"
)
VERB = (
    r"\b(?:dines?|dined|dining|lunch(?:es|ed|ing)?|breakfast(?:s|ed|ing)?|sup(?:s|ped)|sat\sdown|sits?\sdown|sitting\sdown"
    r"|(?:sit|sat|sitting)\sacross\sfrom|(?:see|sees|saw|seen|seeing)\s(?:each\sother|one\sanother)|huddl(?:e|es|ed|ing)"
    r"|meet|meets|met|meeting|confer(?:s|red|ring)?|(?:get|gets|got|getting)\stogether|come\stogether|came\stogether"
    r"|(?:talk|talks|talked|talking|speak|speaks|spoke|spoken|speaking)\s(?:together|in\sperson|face\sto\sface|at\slength)"
    r"|(?:talked|spoke)\s(?:for\s(?:[\w-]+\s){1,5}(?:hours?|minutes))"
    r"|(?:are|were|been)\s(?:jointly\s)?(?:touring|strolling|walking|dining|huddling|discussing|conferring|closeted|talking)"
    r"|appeared\sside\sby\sside|stood\sside\sby\sside|(?:shook|shake|shaking)\shands|(?:strolled|walked)\stogether"
    r"|(?:exchanged|exchange|swapped|compared)\s(?:views|notes)\s(?:over|in|at|during))\b"
)
# One side has the other as a guest.
HOSTS = (
    r"\b(?:host(?:s|ed|ing)?|receiv(?:e|es|ed|ing)|welcom(?:e|es|ed|ing)|greet(?:s|ed|ing)?|entertain(?:s|ed|ing)?"
    r"|see|sees|saw|seeing|call(?:s|ed)?\son|met|meet|meets)\b"
)
HOSTED = r"\b(?:hosted|received|welcomed|greeted|entertained|met)\b"
AUXILIARY = r"\b(?:be|been|was|were|is|are|being)\s(?:[a-z]+\s)?"
GUEST = r"(?:him|her|them)"
WITH = r"\s(?:with|and|between|of|for)\s"
# No meeting in person, or not of the leaders.
BARRED = (
    r"\b(?:(?:tele)?phon(?:e|ed|es|ing)|telephonic|call(?:ed)?\swith|(?:video|phone|telephone|conference)\scall|-minute\scall"
    r"|letters?|cables?|telegrams?|messages?|condolences|congratulat\w+|statements?|tweet\w*|posted\son|separate(?:ly)?"
    r"|hours\sapart|without\s(?:seeing|meeting|speaking|talking)|did\snot\s(?:see|speak|talk)|never\s(?:saw|spoke|met)"
    r"|envoys?|emissar\w+|delegations?|delegates|ministers|ambassadors?|diplomats|officials\sof|aides\sof|generals?"
    r"|ceremon\w+|wreaths?|funeral|portrait\w*|wax|[Aa]ctors?|[Ff]ilm|thriller|novel|museum|statues?|ex-|[Ff]ormer|late\s\ue000|elect)\b"
)
# Whose leaders lead no state.
CLUB = "[Pp]arty|[Oo]pposition|[Cc]oalition|[Bb]usiness|[Cc]hurch|[Rr]eligious|[Uu]nion|[Tt]ribal|[Ii]ndustry"
CLUBS = re.compile(rf"\b(?:{CLUB}|[Rr]ebel|[Cc]ommunity|[Ss]tudent|[Yy]outh)\s{LEADER}")
# Sentences with one of these are looked at, too.
CONTACT_STEMS = (
    *("in person", "sit-down", "get-together", "side by side", "across from", "see each other", "supped", "greeted"),
    *("joined by", "discussi", " talking ", " talk together", "let us", " talk to ", " talk with "),
)
