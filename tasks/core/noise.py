"""Lines that a page changes by itself: clocks, counters, tickers, advertisements, lists of other stories.

They are no part of what makes a version of a story. Everything else is: a corrected figure is a new version, however
small. So a line counts as noise only where its whole form says so; a sentence never does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_LINE_LENGTH = 160  # characters; a longer line is prose, whatever it begins with
_LISTED_MOST = 12  # lines of a list of other stories
_PARTS = re.compile(r"\s+[|·•‧—]\s+|\s{2,}|\s+-\s+(?=\d)|(?<=\w)\s*\|\s*(?=\w)")

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_CLOCK = r"\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?(?:\s*(?:[A-Z]{2,5}|UTC[+-]?\d*|GMT[+-]?\d*|local time))?"
_DATE = (
    rf"(?:{_WEEKDAY},?\s*)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?)"
    rf"(?:,?\s*\d{{4}})?|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}"
)
_UNIT = r"(?:second|sec|minute|min|hour|hr|day|week|month)s?"
_NUMBER = r"\d[\d.,\s]*(?:[km]|thousand|million)?\+?"
_COUNTED = (
    r"(?:comment|share|view|like|reaction|repl(?:y|ie)|reader|retweet|repost|visit(?:or)?|follower|subscriber|read|click|"
    r"bookmark|favou?rite)s?"
)
_FORMS = (
    # clocks
    r"(?:(?:last|first|page|story|article)\s+)?(?:updated|modified|published|posted|edited|refreshed)\b[^.!?]*\d[^.!?]*",
    r"(?:(?:last|first)\s+)?(?:updated|modified|published|posted|refreshed)[: ]+(?:just now|moments? ago|today|"
    rf"yesterday|(?:an?|one|few|several)\s+{_UNIT}\s+ago)",
    rf"[^.!?]{{0,40}}\b(?:\d+|an?|one|few)\s+{_UNIT}\s+ago",
    rf"(?:{_DATE})(?:,?\s*(?:at\s+)?{_CLOCK})?",
    rf"{_CLOCK}(?:,?\s*(?:on\s+)?(?:{_DATE}))?",
    r"\d+[ -]min(?:ute)?s?[ -](?:read|listen|watch)(?:ing time)?|reading time:? .{1,20}",
    r"(?:just now|live|updating)",
    # counters
    rf"{_NUMBER}\s*{_COUNTED}(?:\s+(?:online|now|reading|watching|viewing|so far|today)){{0,2}}",
    rf"{_COUNTED}\s*[:(]\s*{_NUMBER}\s*\)?",
    rf"{_NUMBER}\s+(?:people|users|readers|persons)\s+(?:are\s+)?(?:reading|watching|viewing|like|liked|shared|find)\b.{{0,40}}",
    rf"(?:total\s+)?(?:views|visits|visitors|hits|reads|shares)\s+{_NUMBER}",
    # tickers and weather
    r"[A-Z][\w&./ ]{0,24}\s+[\d.,]+\s+[+\-−▲▼]\s?[\d.,]+\s?%(?:\s+[+\-−▲▼]?[\d.,]+)?",
    r"(?:[\w.]+\s){0,2}[+\-−]?\d{1,2}\s?°\s?[CF]?",
    # advertisements, invitations, buttons
    r"(?:advertisements?|advertisement continues below|sponsored(?: content)?|promoted|paid (?:content|post)|ads?)"
    r"(?:\s*[:\-–]\s*.*)?",
    r"(?:story|article) continues (?:below|after).*",
    r"(?:share|tweet|print|email|copy link|save|whatsapp|facebook|telegram|listen|comments?|follow us)"
    r"(?:(?:\s*[,/&]\s*|\s+)(?:share|tweet|print|email|link|save|whatsapp|facebook|telegram|listen|comments?|this|story|on|x)){0,8}",
    r"(?:read|see|watch|listen) (?:also|more|next|now)\s*[:\-–].*",
    r"(?:related|recommended|trending|don't miss|must read|up next|most read|editor's pick)\s*[:\-–].*",
    r"(?:sign up|subscribe|follow us|join us|download (?:the|our) app|get the (?:latest|app)|click here)\b[^.!?]*[.!]?",
)
_NOISE = re.compile("|".join(f"(?:{form})" for form in _FORMS), re.IGNORECASE)
# A heading of a list of other stories: the short lines behind it go with it.
_LIST_HEADING = re.compile(
    r"(?:related|more|other|latest|recommended|trending|top|popular)\s+(?:stories|news|articles|topics|coverage|reading|"
    r"headlines|links|videos|on this story)|(?:most|recently)\s+(?:read|viewed|popular|shared|commented|watched)|"
    r"trending(?: now)?|you may (?:also )?like|read (?:also|more|next)|also (?:read|on .{1,30})|"
    r"recommended(?: for you)?|more from .{1,40}|up next|editors?'?s? (?:picks?|choice)|in other news|latest",
    re.IGNORECASE,
)
_HALF_DAY = re.compile(r"\b([ap])\.m\.?", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")


def drop_noise(lines: Iterable[str]) -> Iterator[str]:
    """The lines without those that a page changes by itself; blanks, quotes and dashes are of one kind already."""
    skipping = 0
    for line in lines:
        if skipping and _is_listed(line):
            skipping -= 1
            continue
        skipping = 0
        if _LIST_HEADING.fullmatch(line.rstrip(":").strip()):
            skipping = _LISTED_MOST
            continue
        kept = strip_noise(line)
        if kept:
            yield kept


def strip_noise(line: str) -> str:
    """One line without its noise: all of it, or the parts of a by-line between bars and bullets."""
    if len(line) > _LINE_LENGTH:
        return line
    if _is_noise(line):
        return ""
    parts = _PARTS.split(line)
    if len(parts) == 1:
        return line
    return " | ".join(part for part in parts if part and not _is_noise(part))


def _is_noise(part: str) -> bool:
    return _NOISE.fullmatch(_HALF_DAY.sub(r"\1m", part.strip(" |·•-"))) is not None


def _is_listed(line: str) -> bool:
    """May this line be the headline of another story: short, and no sentence?"""
    return len(line) <= _LINE_LENGTH and _SENTENCE_END.search(line) is None
