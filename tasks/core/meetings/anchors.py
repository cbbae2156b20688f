"""Words that speak of a meeting: "summit", "talks", "phone call", "visit", "met with" ... in the code of a scene.

An anchor says only that words of a meeting stand there and of which kind; who meets, where and when is read around it.
False friends (mountains, trade fairs, sport, board meetings) are turned away here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ahocorasick_rs import AhoCorasick, MatchKind

from tasks.core.meetings.contact_words import CLUB, CLUBS, CONTACT_STEMS
from tasks.core.meetings.cues import CueBook
from tasks.core.meetings.entities import LEADER, MINISTER, PARTY, PLACE, ROLE_LEADER, STATE
from tasks.core.meetings.more_verbs import MORE_MEETING
from tasks.core.meetings.scene import Scene

AnchorWord = Literal["summit", "talks", "meeting", "call", "visit", "conference", "meet", "host"]

# In every anchor stands one of these, at most so many characters behind its beginning ("over the telephone").
_STEMS = (
    *"discussion conversation audience session dinner lunch breakfast bring brought".split(),
    *"summit talks negotiat consultations meet met phone video call visit trip conference forum ministerial".split(),
    *"host receiv welcom confer huddl retreat dialogue commission committee spoke one-on-one -a-t -à-t".split(),
    *"bilateral arriv travel flew flies fly flown gather conven reconven assembl round leave leaving".split(),
    *(
        "see \ue000",
        "sees \ue000",
        "saw \ue000",
        "seeing \ue000",
        "see \ue001",
        "sees \ue001",
        "face each",
        "face to face",
    ),
    *("face-to-face", "linked up", "links up", "link up", "spent", "spend", "dined", "dining", "encounter", "conclave"),
    *("came together", "come together", "broke bread", "table", "talked for", "gathering"),
    *(
        "sat down",
        "sit down",
        "sits down",
        "sitting down",
        "got together",
        "get together",
        "gets together",
        "left for",
        "due in",
        "expected in",
    ),
)
_FRONT = 16
# A sentence without one of these is not looked at: besides anchors, words that go on with a meeting told before.
_GLANCE = (
    *(stem for stem in _STEMS if stem not in ("met", "round")),
    " met",
    " round",
    "conversation",
    "european council",
    "heads of government",
    "supreme eurasian",
    *CONTACT_STEMS,
    " sides",
    " to see ",
    " sees ",
    " parties",
    "leaders",
    "presidents",
)
_STEMMED = AhoCorasick([*_STEMS, *(stem.capitalize() for stem in _STEMS)], matchkind=MatchKind.Standard)
_GLANCES = AhoCorasick(_GLANCE, matchkind=MatchKind.Standard)
_NOUNS: tuple[tuple[AnchorWord, str], ...] = (
    (
        "call",
        r"(?:tele|video)?(?:phone|telephone|telephonic|video|conference)[\s-](?:call|conversation|talks?"
        r"|discussion)s?\b"
        r"|\bcall(?=\s(?:with|between)\b)|\b(?:by|over\sthe|on\sthe|via)\s(?:tele)?phone\b|\b(?:tele)?phoned\b"
        r"|(?:phone|telephone)\b(?=\s(?:call|conversation|talks))|\blast\sspoke\b",
    ),
    ("summit", r"[Ss]ummits?\b(?:[\s-](?:talks|meetings?|negotiations))?"),
    (
        "talks",
        r"(?:[Tt]alks|[Nn]egotiations|[Cc]onsultations)\b(?:\sround)?"
        r"|\b(?:[Dd]iscussions|[Cc]onversations?|[Aa]udience)\b(?=\s(?:with|between)\b)"
        r"|\b(?:[Jj]oint|[Ii]ntergovernmental|[Tt]ripartite|[Bb]ilateral)\s(?:[\w-]+\s){0,2}(?:commission"
        r"|committee)\b"
        r"|\b(?:[Rr]ights|[Ss]trategic|[Ss]ecurity|[Dd]efen[cs]e|[Ee]conomic|[Pp]olitical|[Pp]olicy)\s[Dd]ialogue\b"
        r"|\b(?:[Ff]irst|[Ss]econd|[Tt]hird|[Nn]ext|[Ll]ast|[Pp]revious|[Ff]inal|[Nn]ew"
        r"|[Aa]nother)\sround\b(?!\sof\b)",
    ),
    ("conference", r"\b(?:(?<!news\s)(?<!press\s)[Cc]onference(?!\scall)|[Ff]orum)\b"),
    (
        "meeting",
        r"(?:(?<!\bare\s)(?<!\bis\s)(?<!\bbe\s)(?<!\bwere\s)(?<!\bwas\s)(?<!\bbeen\s)(?<!,\s)\b[Mm]eetings?\b(?!\s(?:room"
        r"|point|hall|place|house)))|[Mm]inisterial\b|[Oo]ne-on-ones?\b|\b[Bb]ilaterals?\b(?=\s(?:with|between)\b)"
        r"|\b[Rr]etreat\b|\b[Tt]rilaterals?\b(?=\s(?:with|between|of|on|in)\b)|\b[Rr]oundtable\b(?=\s(?:with"
        r"|between)\b)|\b[Vv]ideo[\s-]?conference\b|\b[Gg]athering\b(?=\s(?:of|with)\b)"
        r"|\b[Ee]ncounter\b(?=\s(?:with|between|of)\b)|\b[Dd]inner\b(?=\s(?:with|between|of)\s)|\b[Cc]onclave\b"
        r"|(?:[Aa]nnual|[Yy]early|[Rr]egular)\sgathering\b|(?<=\ba\s)face-to-face\b(?=\s(?:with|between|in|on|at)\b)"
        r"|(?<=\ue022\s)[Ss]ession\b(?!\sof\b)"
        r"|[Tt][êe]te-[àa]-t[êe]te|\bworking\s(?:dinner|lunch|breakfast|session)\b"
        r"|\b(?:[Ee]mergency|[Ee]xtraordinary|[Ss]pecial|[Pp]lenary|[Oo]rdinary|[Aa]nnual|\d+(?:st|nd|rd|th)"
        r"|[Ff]irst|[Ss]econd"
        r"|[Tt]hird|[Ff]ourth|[Ff]ifth|[Ll]ast|[Nn]ext)\s(?:extraordinary\s|emergency\s)?session\b(?!\sof\b)",
    ),
    (
        "visit",
        r"\b(?:[Vv]isits?\b|[Vv]isited|[Vv]isiting(?!\s(?:[a-z]+\s)?[\ue000-\ue003])|[Tt]rips?(?=\s(?:to|by)\b)"
        r"|(?:left|leaves?|leaving)(?=\s(?:[\ue020\ue023\ue024]\s){0,2}(?:on\s\ue024\s)?for\s)|arriv(?:es?|ed"
        r"|ing)\b(?=\s(?:in|at|here)\b)|(?:due|expected)\sin(?=\s(?:the\s)?\ue023)"
        r"|travel(?:s|led|ed|ling)?(?=\s(?:on\s)?to\b)|(?:flew|flies|fly|flown)(?=\sto\b))",
    ),
    (
        "meet",
        r"\b(?:meets?|met)\b|\bcall(?:s|ed)?\son(?=\s(?:the\s)?[\ue000-\ue003](?![^.;]{0,60}\sto\s[a-z]))"
        rf"|{MORE_MEETING}"
        r"|(?:(?<=\bto\s)see|(?<=\bwill\s)see|\bsees)(?=\s[\ue000\ue001])|(?<=\bare\s)meeting\b"
        r"|(?<=\bis\s)meeting\b|(?<=\bbe\s)meeting\b|(?<=\bwere\s)meeting\b"
        r"|(?<=\bwas\s)meeting\b|(?<=\bbeen\s)meeting\b|(?<=,\s)meeting\b(?=\s(?:in|on|at|with)\b)"
        r"|\b(?:sat|sits?|sitting)\sdown\b(?!\sto\b(?!\s(?:talk|discuss|negotiat|work\sout)))|\bconfer(?:s|red"
        r"|ring)?\b|\b(?:got|gets?)\stogether\b|\bhuddl(?:es?|ed|ing)\b"
        r"|\b(?:gather(?:s|ed)?|(?<=\bare\s)gathering|(?<=\bwere\s)gathering|(?:re)?conven(?:es?|ed|ing)"
        r"|assembl(?:es?|ed|ing))\b",
    ),
    (
        "host",
        r"\b(?:(?:bring|brings|brought|bringing)(?=\s(?:the\s)?[\ue000-\ue003](?:\sand\s(?:the\s)?[\ue000-\ue003])?\stogether\b)"
        r"|hosts?(?:\sto\b)?|hosted|hosting|receiv(?:es?|ed|ing)|welcom(?:es?|ed|ing)|(?:bring|brings|brought"
        r"|bringing)\stogether)\b",
    ),
)
_ANCHOR = re.compile("|".join(f"(?P<{word}>{pattern})" for word, pattern in _NOUNS))
# "meeting X", "before meeting with X": a verb without its auxiliary.
_MEETING_X = re.compile(rf"\s(?:with\s)?(?:the\s|his\s|her\s)?{PARTY}")
_MEETING_AFTER = re.compile(r"\b(?:[Aa]fter|[Bb]efore|by|for|from|when|[Ww]hile|and|of|planned|keep)\s$")
# "Meeting in Riga on Monday, the prime ministers of A and B agreed ...".
_MEETING_FIRST = re.compile(
    rf"(?:\s(?:briefly|again|separately))?\s(?:(?:in|at|on|with)\b|(?:the\s|his\s|her\s)?{PARTY})"
)
# "shook hands but did not sit down": no meeting.
_NOT_BEFORE = re.compile(r"\b(?:did|do|does)(?:\snot|n['’]t)\s(?:[a-z]+\s)?$")
# "Lee's Summit, Missouri".
_TOWN = re.compile(rf"\b[A-Z]\w+['’]s\sSummit,\s{PLACE}")
_PLURAL_SUMMIT = re.compile(r"[Ss]ummits")
# Who leads a party, a church or a firm leads no state; nor do "state premiers".
_PARTY_LEADERS = re.compile(
    rf"(?:\b[Ll]eaders|{ROLE_LEADER})\sof\s(?:[\w\ue010-\ue0ff’'-]+\s){{0,5}}(?:part(?:y|ies)|coalition|opposition|unions|churches|faiths|tribes|clans"
    r"|companies|banks|firms|factions)\b"
    rf"|\b(?:{CLUB})\sleaders\b"
)
_LEADERS = re.compile(rf"(?<!state\s){ROLE_LEADER}|\b(?:leaders|presidents|heads of (?:state|government))\b")
_COMPOUND_AFTER = re.compile(
    r"\s(?:[Cc]ounty|[Ss]treet|[Hh]otel|[Aa]venue|[Pp]ark|[Rr]oad|School|Hospital|[Ee]ntertainment|[Pp]artners"
    r"|[Cc]apital|[Tt]herapeutics|Materials|Midstream|fever|season|Series|Racing|Cup)\b"
)
_FIRM_AFTER = re.compile(r"\s[A-Z][a-z]+")
_CAPITAL_BEFORE = re.compile(r"[A-Z\ue022]\w*\s$")
# What the noun is a meeting of: "of mayors", "for investors".
_COMPLEMENT = re.compile(r"\s(?:of|for|between)\s(?:the\s)?([^,;.]{1,40})")
_COMPLEMENT_REACH = 45
_CONFERENCE_BEFORE = re.compile(
    r"(?:\b(?:peace|donors?['’]?|pledging|international|reconstruction|recovery|security|humanitarian|climate"
    r"|disarmament|refugee|review)\s)$",
    re.I,
)
_CONFERENCE_AFTER = re.compile(
    r"\s(?:on|for)\s(?:the\s)?(?:future|reconstruction|rebuilding|recovery|peace|security|stability|disarmament"
    r"|refugees"
    rf"|humanitarian|aid|{STATE})(?!\w)"
)


# "Defence ministers of A and B opened a two-day conference": whatever it is about, states meet.
_HEADS_BEFORE = re.compile(rf"(?:{LEADER}|{MINISTER})\s(?:[a-z]+\s){{1,3}}(?:an?|their|the)\s(?:[\w-]+\s){{0,3}}$")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A word of a meeting at start <= index < end of a scene's code."""

    word: AnchorWord
    start: int
    end: int

    @property
    def is_verb(self) -> bool:
        """Is it a verb of meeting ("met", "hosts"), not a noun?"""
        return self.word in ("meet", "host")


def has_anchor_word(text: str) -> bool:
    """May an anchor stand in this text? Cheap; a yes is no promise."""
    return bool(_GLANCES.find_matches_as_indexes(text.lower()))


def find_anchors(scene: Scene, cues: CueBook) -> Iterator[Anchor]:
    """The anchors of a scene's code, in order; false friends are left out."""
    code = scene.code
    for match in _find_words(code):
        word: AnchorWord = match.lastgroup  # type: ignore[assignment]
        start, end = match.start(), match.end()
        if word == "meeting" and _MEETING_X.match(code, end) and _MEETING_AFTER.search(code[max(0, start - 9) : start]):
            word = "meet"
        if word == "meeting" and start == 0 and _MEETING_FIRST.match(code, end):
            word = "meet"
        anchor = Anchor(word, start, end)
        if word == "meet" and code.startswith("sit", start) and _NOT_BEFORE.search(code[max(0, start - 24) : start]):
            continue
        if not _is_false_friend(scene, anchor, cues):
            yield anchor


def _find_words(code: str) -> Iterator[re.Match[str]]:
    """The pattern's matches; it is tried only around stems, since at each character it took a tenth of a reading."""
    done = 0
    for _, low, _ in _STEMMED.find_matches_as_indexes(code, overlapping=True):
        for start in range(max(done, low - _FRONT), low + 1):
            if match := _ANCHOR.match(code, start):
                done = match.end()
                yield match
                break


def _is_false_friend(scene: Scene, anchor: Anchor, cues: CueBook) -> bool:
    code, start, end = scene.code, anchor.start, anchor.end
    near = code[max(0, start - 40) : end + 25]
    if anchor.word in ("meeting", "talks", "conference", "call") and cues.find("no_meeting", near):
        return True
    if anchor.word == "summit":
        return _is_no_summit(scene, anchor, cues)
    if anchor.word == "conference":
        is_told = _CONFERENCE_BEFORE.search(code[:start]) or _CONFERENCE_AFTER.match(code, end)
        return not (is_told or _HEADS_BEFORE.search(code[:start]))
    if anchor.word in ("meet", "talks", "meeting"):
        return cues.find("sport", code) is not None or CLUBS.search(code) is not None
    return False


def _is_no_summit(scene: Scene, anchor: Anchor, cues: CueBook) -> bool:
    """A mountain, a name, a trade fair: unless leaders of states are spoken of as well."""
    code, start, end = scene.code, anchor.start, anchor.end
    if code[start].isupper() and (_COMPOUND_AFTER.match(code, end) or _is_firm(code, start, end)):
        return True
    if _PLURAL_SUMMIT.match(code, start) or _TOWN.search(code, max(0, start - 12), end + 4):
        return True
    if _PARTY_LEADERS.search(code) and LEADER not in code:
        return True
    if cues.find("mountain", code):
        return not _LEADERS.search(code)
    complement = _COMPLEMENT.match(scene.words(end, end + _COMPLEMENT_REACH))
    noun_phrase = read_modifiers(code[:start]) + " " + (complement[1] if complement else "")
    if cues.find("industry", noun_phrase):
        return not _is_of_leaders(code)
    return cues.find("sport", noun_phrase) is not None


def _is_firm(code: str, start: int, end: int) -> bool:
    """`Summit Aerospace`: a name that begins with the word."""
    return _FIRM_AFTER.match(code, end) is not None and _CAPITAL_BEFORE.search(code[:start]) is None


def _is_of_leaders(code: str) -> bool:
    return _LEADERS.search(code) is not None or code.count(LEADER) > 1


def read_modifiers(before: str) -> str:
    """Up to four words right before the noun, back to its article."""
    words = re.findall(r"[^\s,;:.()]+(?=\s)|[^\s,;:.()]+$", before[-70:])[-4:]
    for index in range(len(words) - 1, -1, -1):
        if words[index].lower() in (
            "a",
            "an",
            "the",
            "this",
            "that",
            "at",
            "in",
            "of",
            "for",
            "its",
            "their",
            "hold",
            "host",
        ):
            return " ".join(words[index + 1 :])
    return " ".join(words)
