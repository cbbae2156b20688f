"""Expressions of time in a sentence, each as a window of days with its words.

`find_days` reads them against a reference day (the dateline's, else the day of publication). Months and days without a
year, weekdays and "last", "this", "next" are resolved by the tense of the sentence and the calendar; what needs a
reference is left out where there is none. Weeks run from Monday to Sunday.

A weekday or day that dates the speech ("said on Thursday") is marked `is_speech`: it dates no meeting.
So is the year of a thing ("a 2022 coup").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tasks.core.branches import join_any_case, split_branches
from tasks.core.days.grammar import EXPRESSION, FIRST_GLANCE, OPENING, read_number
from tasks.core.days.readers import READERS
from tasks.core.days.windows import Tense
from tasks.core.model import DatePrecision


@dataclass(frozen=True, slots=True)
class DaySpan:
    """A window of days: `text == sentence[start:end]`. An open end is None; computed ends are listed in `inferred`."""

    from_day: date | None
    to_day: date | None
    precision: DatePrecision
    text: str
    start: int
    end: int
    inferred: tuple[str, ...] = ()
    is_speech: bool = False


def _compile_cues(words: str, before: str = "", or_else: str = "") -> re.Pattern[str]:
    return re.compile(rf"\b{before}{join_any_case(split_branches(words))}\b{or_else}")


_FUTURE = _compile_cues(
    r"will|would|shall|is to|are to|was to|were to|to be held|to take place|to (?:meet|hold|host|attend|visit"
    r"|convene|gather"
    r"|travel|receive)"
    r"|set (?:to|for)|due (?:to|in|on)|plan(?:s to|ned|ning)|plans? for|await\w*|pencil+ed in"
    r"|\bhead(?:s|ed|ing)? (?:to|for)|agreed (?:to|on) an? (?:[\w-]+ ){0,2}(?:summit|meeting)"
    r"|schedul\w+|expected|upcoming|forthcoming|ahead of"
    r"|prepar\w+|next"
    r"|intends?|slated|invit\w+|could|(?-i:may)|might|later|no later than|deadline|propos\w+|postponed|delayed"
    r"|rescheduled|moved to|possible (?:date|meeting|summit|talks|visit)|tentative(?:ly)?|likely to",
    or_else=r"|\b(?i:by|until)\s*$",
)
_PAST = _compile_cues(
    r"was|were|had|held|met|took place|said|told|visited|hosted|arrived|signed|ended|concluded|agreed"
    r"|spoke|completed"
    r"|began|opened|started|left|came|went|ago|last|since|after|following|previous(?:ly)?|earlier|discussed|attended"
    r"|gave|made|took|paid|flew|sat"
    r"|(?<!is )(?<!are )(?<!been )(?!expect|schedul|plan|slat|postpon|delay|reschedul|propos|need|exceed|await|pencil"
    r"|proceed|invit|unit)"
    r"(?-i:[a-z]{3,}ed)",
    before=r"(?<!\b[bB][eE] )",
)
_PRESENT = re.compile(
    r"\b(?:meets?|hosts?|visits?|arrives?|flies|travels?|attends?|holds?|opens?|begins?|starts?|takes? (?:place"
    r"|effect)"
    r"|gathers?|convenes?|resumes?)\b"
)
# Never nouns, as "visit" is: before the day they decide, whatever participles follow it.
_MEETS = re.compile(r"\b(?:meets?|hosts?|holds?|gathers?|convenes?|flies|arrives?)\b")
_SHELVED = r"(?:scrap|cancel|call(?:s|ed) off|drop(?:s|ped)|postpon|defer|shelv|puts? off|delay|pull(?:s|ed) out of)"
# "scrapped Saturday's meeting", "Friday's talks were called off": what is shelved was still to come.
_SHELVED_BEFORE = re.compile(rf"\b{_SHELVED}\w*\s(?:the\s|his\s|her\s|their\s|a\s)?$")
_SHELVED_AFTER = re.compile(rf"\w+day['’]s\s[^.;]{{0,140}}\b(?:been|was|were|is|are)\s{_SHELVED}")
_SPEECH_VERBS = (
    r"(?:said|says|told|announced|announces|stated|added|noted|confirmed|declared|warned|wrote|reported|tweeted"
    r"|posted"
    r"|stressed|insisted|claimed|revealed|denied|acknowledged|admitted|argued|vowed|pledged|suggested|indicated"
    r"|reiterated"
    r"|repeated|urged|called on|called for|accused|condemned|rejected|dismissed|praised|welcomed|criticized"
    r"|criticised"
    r"|demanded|asked|predicted|threatened|quoted|unveiled|ruled out|expressed|published|issued|released|ordered)"
)
_MEETING_WORD = re.compile(
    r"\b(?:that|would|will|to (?:meet|hold|visit|host|attend)|met|meet|meeting|talks|summit|visit|held|hold"
    r"|took place|call|arriv\w+|spoke|negotiations|conference)\b"
)
_SPEECH_BEFORE = re.compile(rf"\b{_SPEECH_VERBS}\b([^;:”\"]{{0,70}}?)\s*(?:,\s*)?(?:\b(?:on|late|early|earlier)\s+)*$")
_SPEECH_AFTER = re.compile(
    rf"(?:\s+(?:night|morning|evening|afternoon))?,?\s+(?:(?:also|again|repeatedly|publicly|separately"
    rf"|formally)\s+)?(?!welcomed\s(?:his\s|her\s)?[A-Z]){_SPEECH_VERBS}\b"
)
# "X, who met Y in Z on Tuesday, said": the day is that of the clause.
_WHO_MET = re.compile(
    r",\s(?:who|which)\s(?:[\w-]+\s){0,2}"
    r"(?:met|was|were|is|visited|held|arrived|received|hosted|spoke|travel\w+|had|will)\b[^,;]*$"
)
_PUT_OFF = re.compile(
    r"\b(?:(?:postponed|put off|delayed|shelved|adjourned)(?:\s\w+){0,3}?\s(?:until|till)"
    r"|(?:postponed|put off|delayed)\sto)\s"
    r"(?:(?:the|at least|early|late|later|sometime|in|on|after)\s)*"
)
_PUT_OFF_ON = re.compile(
    r"(?:,|\b(?:was|were|been))\s(?:postponed|put off|shelved|cancel+ed|called off|scrapped|deferred)"
    r"\s(?:on\s|in\s|last\s)?$"
)
_TITLE_BEFORE = re.compile(
    r"\b(?:President|Minister|Premier|Secretary|Chancellor|Ambassador|Governor|Senator|General|Colonel|Captain"
    r"|Judge|Chief"
    r"|Mr|Mrs|Ms|Dr)\.? \Z"
)
# The longest expression around its trigger word ("between the 30th of November and the 2nd of December 2025").
_REACH = 48
_WORD = re.compile(rf"{OPENING}.")
_N_DAY = re.compile(r"\b(\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)(?:-day\b| days of\b)", re.I)
_OPENS = re.compile(
    r"\b(?:open|opens|opened|opening|start|starts|started|starting|begin|begins|began|beginning|kick(?:s|ed|ing)? off"
    r"|arriv\w+|left for|leaves? for|embark\w*|launch\w*|commenc\w+|from|gets? under\s?way|got under\s?way)\b",
    re.I,
)
_ENDS = re.compile(
    r"\b(?:end|ends|ended|ending|conclud\w+|complet\w+|wrap(?:s|ped|ping)? up|finish\w*|clos(?:e|es|ed|ing)|until"
    r"|culminat\w+)\b",
    re.I,
)


def find_days(sentence: str, reference: date | None, tense: Tense | None = None) -> tuple[DaySpan, ...]:
    """The expressions of time of a sentence, in order; without `tense` the sentence's own cues decide."""
    if FIRST_GLANCE.search(sentence) is None:
        return ()
    spans = tuple(_read_spans(sentence, reference, tense))
    return _apply_duration(sentence, spans) if spans else spans


def read_tense(sentence: str, at: int) -> Tense | None:
    """The tense of the cue that stands nearest before `at`, else of the first after it; None if there is none."""
    back = sentence[max(0, at - 160) : at]
    if _SHELVED_BEFORE.search(back) or _SHELVED_AFTER.match(sentence, at):
        return "future"
    future = max((match.end() for match in _FUTURE.finditer(back)), default=-1)
    past = max((match.end() for match in _PAST.finditer(back)), default=-1)
    if future < 0 and past < 0:
        if _MEETS.search(back):
            return "future"
        ahead = sentence[at : at + 120]
        future_after, past_after = _FUTURE.search(ahead), _PAST.search(ahead)
        if future_after is None and past_after is None:
            # The present of the wires: "X flies to Y on Friday" is still to come.
            return "future" if _PRESENT.search(sentence) else None
        if future_after is None:
            return "past"
        is_first = past_after is None or future_after.start() < past_after.start()
        return "future" if is_first else "past"
    return "future" if future > past else "past"


def is_speech_day(sentence: str, start: int, end: int) -> bool:
    """Whether the day at this span dates an utterance ("told reporters on Monday", "on Monday said")."""
    if (after := _SPEECH_AFTER.match(sentence, end)) is not None:
        return not ("," in after.group() and _WHO_MET.search(sentence, max(0, start - 110), start))
    before = _SPEECH_BEFORE.search(sentence[max(0, start - 110) : start])
    return before is not None and _MEETING_WORD.search(before[1]) is None


def _is_before_speech(sentence: str, start: int, end: int) -> bool:
    """`who in May said that`: a longer window dates an utterance only right before its verb."""
    return _SPEECH_AFTER.match(sentence, end) is not None


def _read_spans(sentence: str, reference: date | None, tense: Tense | None) -> Iterator[DaySpan]:
    before: date | None = None  # the last day that the sentence has told
    for match in _find_expressions(sentence):
        kind = match.lastgroup or ""
        told = tense or read_tense(sentence, match.start())
        from_day = before if kind == "then" else reference
        if kind == "then" and match["z_way"] == "earlier":
            from_day = before or reference
        window = READERS[kind](match, from_day, told)
        if window is None or (kind == "weekday" and _is_name(sentence, match)):
            continue
        is_day = window.precision == "day"
        before = window.to_day if is_day else before
        speech = (is_speech_day if is_day else _is_before_speech)(sentence, match.start(), match.end())
        speech = speech or kind == "of_year" or _is_put_off_to(sentence, match) or _is_put_off_on(sentence, match)
        yield DaySpan(
            window.from_day, window.to_day, window.precision, match.group(), match.start(), match.end(), (), speech
        )


def _is_put_off_to(sentence: str, match: re.Match[str]) -> bool:
    """`postponed until October`: a postponed meeting keeps the date that it had been set for."""
    low = max(0, match.start() - 60)
    put_off = _PUT_OFF.search(sentence, low, match.end())
    return put_off is not None and put_off.end() >= match.start()


def _is_put_off_on(sentence: str, match: re.Match[str]) -> bool:
    """`the summit in X, postponed in December`: when it was put off, not when it was to be."""
    return _PUT_OFF_ON.search(sentence, max(0, match.start() - 40), match.start()) is not None


def _is_name(sentence: str, match: re.Match[str]) -> bool:
    """Whether a weekday is somebody's name: "President Sunday Adeyanju"."""
    is_bare = match.group() == match["j_day"] and sentence[match.end() : match.end() + 2].strip().isupper()
    return is_bare and _TITLE_BEFORE.search(sentence[max(0, match.start() - 14) : match.start()]) is not None


def _find_expressions(sentence: str) -> Iterator[re.Match[str]]:
    """The grammar's matches; it is tried only around words that can be part of one, since it is slow."""
    done = 0
    for trigger in FIRST_GLANCE.finditer(sentence):
        if trigger.end() <= done:
            continue
        begin = max(done, trigger.start() - _REACH)
        space = sentence.find(" ", min(len(sentence), trigger.end() + _REACH))
        end = len(sentence) if space < 0 else space
        for word in _WORD.finditer(sentence, begin, trigger.end() + 1):
            if word.start() >= done and (match := EXPRESSION.match(sentence, word.start(), end)):
                done = match.end()
                yield match
        done = max(done, trigger.end())


def _apply_duration(sentence: str, spans: tuple[DaySpan, ...]) -> tuple[DaySpan, ...]:
    """An N-day meeting that ends or opens on a day gets its other end, marked inferred."""
    count = _N_DAY.search(sentence)
    at = _find_dated(sentence, spans, count) if count else None
    if count is None or at is None:
        return spans
    span = spans[at]
    if span.precision != "day" or span.from_day != span.to_day or span.is_speech or not span.from_day:
        return spans
    length = timedelta(days=read_number(count[1]) - 1)
    near = sentence[max(0, min(count.start(), span.start) - 60) : span.start]
    around = near + " " + sentence[span.end : max(span.end, count.start())]
    if _ENDS.search(around):
        return (*spans[:at], replace(span, from_day=span.from_day - length, inferred=("from",)), *spans[at + 1 :])
    if _OPENS.search(around):
        return (*spans[:at], replace(span, to_day=span.from_day + length, inferred=("to",)), *spans[at + 1 :])
    return spans


def _find_dated(sentence: str, spans: tuple[DaySpan, ...], count: re.Match[str]) -> int | None:
    """Which day the length belongs to: the only one, else the first after it in the same clause."""
    if len(spans) == 1:
        return 0
    after = next((at for at, span in enumerate(spans) if span.start >= count.end()), None)
    is_near = after is not None and re.search(r"[,;]", sentence[count.end() : spans[after].start]) is None
    return after if is_near else None
