"""Will a meeting be, is it, or was it? Cues in a fixed order, then the window, then the tense.

The order of test: ruled out, cancelled, postponed, proposed, planned, ongoing, held. A past window turns "planned" into
"held" unless the text says "next" or "will".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from tasks.core.meetings.cues import CueBook
from tasks.core.meetings.sighting import Days, is_past
from tasks.core.model import Status

_SHELVED: tuple[Status, ...] = ("ruled_out", "cancelled", "postponed")
_STILL_AHEAD = re.compile(r"\b(?:will|next|upcoming|forthcoming|would|to be held|is to|are to)\b", re.I)
_AT_END = re.compile(r"\b(?:at|during)\s(?:an?|the|this)\s[^,;]{0,60}$", re.I)
_ED = re.compile(
    r"\b(?!united|hundred|indeed|need|proceed|speed|sacred)[a-z]{3,}ed\b(?!\s(?:[a-z]+\s)?(?:summit|talks|meeting))"
)
# "the first foreign leader to meet him": an infinitive that tells of the past.
_FIRST_TO = re.compile(r"\b(?:first|last|only|latest)\s[^,;]{0,40}\sto\s(?:meet|visit|hold|receive|host|attend)\b")
_WHEN_PRESENT = re.compile(
    r"\s?when\b(?:(?!\b(?:was|were|had|met|held|visited|hosted)\b).)*"
    r"\b(?:meets?|visits?|hosts?|holds?|arrives?|travels?|attends?)\b"
)
_PROGRESSIVE = re.compile(
    r"\b(?:is|are)\s(?:now\s|also\s|jointly\s|currently\s)?(?:chair|host|hold|visit|attend|tour|meet)ing\b"
)
# "will meet in X in May, ministers decided at talks in Y on Monday": what they decided is to come, the talks were.
_DECIDED_AT = re.compile(
    r"\b(?:decided|agreed|announced|discussed|signed|adopted|approved)\b[^,;]{0,40}\b(?:at|during|in)\s(?:an?\s"
    r"|the\s|their\s)?[^,;]{0,30}\b(?:meeting|talks|session)\b"
)
# "The leaders promised a fund at their summit": told of a summit that is not still to come, it was there.
_DONE_AT = re.compile(
    r"\b(?:agreed|decided|said|told|signed|adopted|approved|elected|divided|made|gave|took|launched|named|set|drew"
    r"|(?!unit|hundred|indeed|need|proceed|speed|sacred|plan|schedul|expect|propos|invit)[a-z]{4,}ed)\b"
    r"(?:(?!\b(?:will|would|may|might|could|should|to (?:meet|hold|attend|host|visit|travel|speak|discuss|be|sign))\b)"
    r"[^;]){0,140}\b(?:at|during)\s(?:an?|the|their|its)\s[^,;]{0,60}\b(?:[Ss]ummit|retreat)\b"
)
# "The summit wrapped up on Monday with a pledge to set up a bank": over, whatever it proposes.
_WRAPPED_UP = re.compile(
    r"\b(?:[Ss]ummit|talks|meeting)\b[^,;]{0,70}\b(?:wrapped up|ended|concluded|closed|broke up|collapsed|finished)\b"
)
# "did not rule out a summit": what is not ruled out may be.
_NOT_EXCLUDED = re.compile(
    r"\b(?:not|never|without|cannot|nobody)\s(?:[a-z]+\s){0,2}?(?:rul(?:e|es|ed|ing)\sout|exclud(?:e|es|ed|ing)"
    r"|be\sexcluded)|\bn['’]t\s(?:rule\sout|exclude)\b",
    re.I,
)
# "Cancelled at an hour's notice: the summit of ...", "Off: talks of ...".
_HEADED = re.compile(
    r"(?:[A-Za-z’'-]+\s){0,2}?(?:cancel+ed|postponed|scrapped|shelved|nixed|delayed|called\soff|put\soff|off|axed|dropped"
    r"|on\sice|on\shold|ruled\sout|denied|rejected|not\shappening)\b[^:;.\ue000-\ue0ff]{0,40}:\s",
    re.I,
)
# "put its summit on hold", "struck the November summit off the calendar": the noun stands inside the words.
_SPLIT: tuple[tuple[Status, re.Pattern[str]], ...] = (
    (
        "cancelled",
        re.compile(r"\b(?:struck|strikes?|wiped?|taken|took|takes|removed|crossed)\b[^;.]{1,90}\soff\b", re.I),
    ),
    ("cancelled", re.compile(r"\b(?:called|calls?|calling)\b[^;.,]{1,60}\soff\b", re.I)),
    ("postponed", re.compile(r"\b(?:put|puts|putting|placed|kept)\b[^;.]{1,90}\s(?:on\s(?:hold|ice)|off)\b", re.I)),
    ("postponed", re.compile(r"\b(?:pushed|pushes|moved|put)\b[^;.,]{1,60}\sback\b", re.I)),
)
# "were to have met in X, but that was annulled": what became of it may stand anywhere in the sentence.
_THWARTED = re.compile(
    r"\b(?:was|were|had\sbeen)\s(?:both\s|also\s|originally\s)?(?:to|going\sto|supposed\sto|due(?:\sto)?|set\sto|scheduled"
    r"|meant\sto|expected\sto|planned)\b|\bwould\shave\b",
    re.I,
)
_AS_PLANNED = re.compile(r"\b(?:as\s(?:planned|scheduled|foreseen|announced)|after\sall)\b", re.I)
_LONG_PAST = timedelta(days=8)
# "At their summit in X on Monday, A and B agreed to ...": whatever they plan, they met.
_AT_THEIRS = re.compile(
    r"\W*(?:At|During|After|Following)\s(?:their|an?|the)\b[^,;]{0,70}\b(?:summit|talks|meeting)\b[^;]{0,160}"
    r"\b(?:agreed|signed|pledged|decided|adopted|vowed|approved|discussed|elected)\b"
)
_ACCEPTED = re.compile(r"\baccept(?:s|ed)?\s(?:an|the|his|her)\s(?:[a-z]+\s)?invitation\b")
_WAS_MEETING = re.compile(r"\b(?:was|were)\s(?:[a-z]+\s)?(?:holding|meeting|hosting|attending)\b")
_PAST_VERB = re.compile(
    r"\b(?:met|held|was|were|had|did|took|visited|hosted|received|welcomed|concluded|ended|attended|spoke|talked"
    r"|discussed|completed|paid|signed|agreed|arrived|said|told|opened|began|travelled|traveled|flew)\b"
)
_PRESENT_VERB = re.compile(
    r"\b(?:meets?|holds?|hosts?|attends?|visits?|receives?|welcomes?|arrives?|gathers?|opens?|begins?|starts?"
    r"|concludes?|ends?|convenes?|takes? place|travels?|launch(?:es)?|kicks? off)\b"
)


@dataclass(frozen=True, slots=True)
class Told:
    """The status with how it was found: `is_present` says that a present tense dates the meeting, `is_cued` that words
    gave it and not a default."""

    status: Status
    is_present: bool = False
    is_cued: bool = True


def read_status(cues: CueBook, near: str, wide: str, window: Days | None, day: date | None) -> Told:
    """The status by the words that rule the anchor (`near`), then by those of the sentence (`wide`)."""
    shelved = _read_shelved(cues, near, wide)
    if shelved is not None:
        return Told(shelved)
    is_over = is_past(window, day)
    if _FIRST_TO.search(near) or (is_over and _DECIDED_AT.search(near)):
        return Told("held")
    is_done = _WRAPPED_UP.search(near) or (window and _DONE_AT.search(near)) or _AT_THEIRS.match(wide)
    if is_done and not _is_later(window, day):
        return Told("held")
    if not is_over and (ahead := _read_ahead(cues, near)) is not None:
        return Told(ahead)
    if _WAS_MEETING.search(near) and _is_today(window, day):
        return Told("ongoing")
    if cues.find("planned", near):
        is_held = is_over and (_is_long_past(window, day) or not _STILL_AHEAD.search(near))
        return Told("held" if is_held else "planned")
    if is_over:
        return Told("held")
    return Told("planned") if _is_later(window, day) else _read_tense(cues, near, wide, is_dated=window is not None)


def _read_shelved(cues: CueBook, near: str, wide: str) -> Status | None:
    """Ruled out, cancelled or postponed by the words of the clause, or by those before the sentence's colon."""
    headed = _HEADED.match(wide)
    said = (headed.group() if headed else "") + _NOT_EXCLUDED.sub("", near)
    found = next((status for status in _SHELVED if cues.find(status, said)), None)
    if found is None and (split := next((status for status, words in _SPLIT if words.search(wide)), None)) is not None:
        return split
    if (found is None and _THWARTED.search(near)) or (found == "ruled_out" and _AS_PLANNED.search(wide)):
        return next((status for status in _SHELVED[1:] if cues.find(status, wide)), found)
    return found


def _read_ahead(cues: CueBook, near: str) -> Status | None:
    """What is not over may be proposed or, by an invitation accepted or "when X visits", planned."""
    if _ACCEPTED.search(near):
        return "planned"
    if _NOT_EXCLUDED.search(near) or cues.find("proposed", near):
        return "proposed"
    return "planned" if _WHEN_PRESENT.match(near) else None


def _read_tense(cues: CueBook, near: str, wide: str, *, is_dated: bool) -> Told:
    if _is_in_present(cues, near, wide):
        return Told("ongoing", is_present=not is_dated)
    if (cues.find("ongoing", near) or _PROGRESSIVE.search(near)) and not cues.find("result", near):
        return Told("ongoing", is_present=not is_dated)
    if cues.find("held", near) or _PAST_VERB.search(near):
        return Told("held")
    if _PRESENT_VERB.search(near):
        return Told("held" if cues.find("result", wide) else "ongoing", is_present=not is_dated)
    return Told("planned" if cues.find("planned", wide) else "held", is_cued=False)


def _is_in_present(cues: CueBook, near: str, wide: str) -> bool:
    """`At the summit in X, leaders call for ...`: no past and no future tense in the main clause."""
    main = wide.partition(" that ")[0]
    is_other_tense = _PAST_VERB.search(main) or _ED.search(main) or cues.find("planned", main)
    return _AT_END.search(near) is not None and not is_other_tense


def _is_long_past(window: Days | None, day: date | None) -> bool:
    """So long ago that no weekday can have been read a week off: what "will" be is something else."""
    return day is not None and is_past(window, day - _LONG_PAST)


def _is_today(window: Days | None, day: date | None) -> bool:
    return window is not None and day is not None and window == (day, day)


def _is_later(window: Days | None, day: date | None) -> bool:
    return window is not None and day is not None and window[0] is not None and window[0] > day
