"""Reported speech: which stretch of a sentence is what a cue reports.

`X said that CLAUSE`, `X said CLAUSE`, `CLAUSE, X said`, `X described A as B`, `CLAUSE, according to X`, and what goes
on with a participle (`adding that CLAUSE`). The clause ends where the sentence does, or where it is left.
"""

from __future__ import annotations

import re

from tasks.core.quotes.cues import CONTINUING, DESCRIBED, MONTH, WEEKDAY
from tasks.core.quotes.settings import ADVERBIAL, BODIES, LISTENER, NAMED, PEOPLE
from tasks.core.quotes.speakers import Cue
from tasks.core.quotes.stage import Unit

Range = tuple[int, int]

_TELLS = re.compile(r"(?:told|tells?|assured|reassured|informed|notified|reminded|warned|advised|promised|asked)\Z")
# "Said in a report that was published": no clause, but more about the report.
_FINITE = r"(?:was|were|is|are|has|had|have|will|would|could|can|may|might|should|must|does|did|do|he said|she said)\b"
_ASIDE = r"(?:, [^,.;:“\"]{2,80},)"  # "noted, among other things, that"
_ABOUT_SETTING = re.compile(rf"that {_FINITE}")
_THAT = re.compile(rf"(?:{ADVERBIAL}|{LISTENER})?{ADVERBIAL}{{0,2}}(?:{_ASIDE}|,)? that,? (?=\S)(?!{_FINITE})")
# "Said in a brief note to both towns that the toll": any setting, where what follows can only begin a clause.
_SET_THAT = re.compile(
    r" (?:in|at|during|after|before|on|by|through|via|from|over)"
    rf" (?:(?!(?:that|he|she|it|they|we|told|said)\b|{_FINITE})[^\s,.;:“\"]+ ){{1,9}}?that"
    r" (?=(?:he|she|it|they|there|the|an?|his|her|its|their|these|those|no|some|all|both|any)\b|[A-Z“\"\d])"
)
_SETS = re.compile(
    r"(?:said|says|wrote|writes|added|stated|announced|declared|confirmed|noted|claimed|explained|posted)\Z"
)
# "Denied reports that": what is denied or confirmed was told by others, and is what the verb is about.
_DENIES = re.compile(r"(?:den(?:y|ie[ds])|confirm(?:s|ed)?|reject(?:s|ed)?|dismiss(?:es|ed)?|disputed?)\Z")
_RUMOUR = re.compile(
    r" (?:(?:an?|the|[\w’'-]+) ){0,3}?(?:reports?|claims?|allegations?|accusations?|rumou?rs?|suggestions?|assertions?"
    r"|charges|speculation)(?: (?!that\b)[^\s,.;:“\"]+){0,8}?"
    rf"(?<! at)(?<! of)(?<! in)(?<! on)(?<! by)(?<! to)(?<! for)(?<! with) that (?!{_FINITE})(?=\S)"
)
_SAY_THAT = re.compile(rf"{ADVERBIAL}{{0,3}}(?:{_ASIDE}|,)? that,? (?=\S)(?!{_FINITE})")
_BARE_SAY = re.compile(r"(?:said|says|say|saying|added|adds|believes?|thinks?|thought|hopes?|insists?|insisted)\Z")
_BARE = re.compile(rf"{ADVERBIAL}{{0,3}}:? (?=[A-Z“\"\w])")
_PLAIN = "he|she|it|they|there|the|an?|his|her|its|their|this|that|these|those|no|some|all"
_TOLD = re.compile(
    rf" (?:{PEOPLE}|dpa|{NAMED}|(?:the|an?) (?:[\w’'-]+ ){{0,4}}?(?:{BODIES})){ADVERBIAL}{{0,3}}"
    rf" (?=(?:{_PLAIN}|if|when|[A-Z])\b)"
)
_WHETHER = re.compile(rf"{ADVERBIAL}{{0,2}} (?=(?:whether|why|how|what|who|when|where)\b)")
# After a verb of saying these begin no clause.
_NO_CLAUSE = re.compile(
    r"(?:in|on|at|of|to|for|with|by|from|during|after|before|through|via|over|about|nothing|something|anything|so"
    r"|goodbye|yes|no more|more|little|much|as|and|but|while|when|without"
    r"|citing|referring|adding|according|speaking|later|earlier"
    r"|again|only|was|were|is|are|has|have|had|will|would|could)\b"
)
# "It was late", but not the object of "claimed it by phone".
_PRONOUN_CLAUSE = re.compile(
    r"(?:he|she|it|they|there)\b(?! (?:as|at|and|after|before|by|for|from|in|on|or|to|until|with)\b|[,.;:]|\Z)"
)
# "Officials said Tuesday, but": the day of the speech and no words of it.
_ONLY_WHEN = re.compile(
    rf"(?:(?:on|late|early|earlier|last) )*(?:{WEEKDAY}|{MONTH} \d{{1,2}}|today|yesterday)"
    r"(?: (?:night|morning|evening|afternoon))?(?:[,.;:]|\Z)"
)
# After a clause and a comma a second clause must be plain: "..., he said in a message sent to all" has none.
_CLEAR_CLAUSE = re.compile(rf"(?:{_PLAIN})\b|[A-Z]")
_HAS_VERB = re.compile(
    r"(?:[a-z\d][\w’',-]* ){1,6}(?:was|were|is|are|has|have|had|will|would|could|can|may|might|should|must)\b"
)
# What follows a setting and opens no clear clause: "in court | records that", "with host | Hugh Hewitt that".
_STILL_SETTING = re.compile(rf"(?!(?:{_PLAIN})\b)(?:[^A-Z“\"\d]|{NAMED} that\b)")
# "A rule that critics said did nothing": the clause has lost its subject.
_RELATIVE = re.compile(r"\b(?:which|that|who|whom|what) \Z")
# How a sentence goes on that a cue interrupts.
_VERB_BEHIND = re.compile(
    r", (?:is|are|was|were|has|have|had|will|would|can|could|should|must|may|might|does|did|remains?)\s"
)
# What may follow `CLAUSE, X said`: no object of the verb.
_RESTS = re.compile(
    rf"{ADVERBIAL}|[,.;)—–\"”]|\Z|\s?\n| \(| -|\s(?:on|in|at|to|during|after|before|when|while|as|by|via|through"
    r"|from|and|without|of the|for|with|citing"
    r"|speaking|referring|out|just|once|hours|days|late|early|shortly|publicly|here|then"
    r"|separately)\b"
)
# Where reported words are left again, outside quotation marks.
_LEAVES = re.compile(
    r", (?:which|who|whose|where)\b"
    r"|, (?:after|while|although|though) (?:the|an?) (?:\w+ ){1,4}(?:said|says|reported)\b"
    rf"|,? (?:{CONTINUING})\b|; |, (?:according to|in what|in remarks|in comments)\b|(?<=[\"”]) according to\b"
    r"|, (?:a day|hours) after\b|, (?:the|an?) (?:\w+ ){1,4}(?:said|says|reported)\b"
)
_CONTINUES = re.compile(rf"\b(?P<verb>{CONTINUING})(?::|{ADVERBIAL})?(?: that|,)? (?=\S)(?!(?:\w+ly )?to\b)")
_CONTINUES_TO = re.compile(r"\b(?P<verb>telling|assuring|reminding|warning|informing)(?: [\w’'-]+){1,8}? that (?=\S)")
_DESCRIBED = re.compile(rf"(?:{DESCRIBED})\Z")
_AS = re.compile(r" (?P<what>[^.;:\"“]{1,90}?) as (?:being )?(?=\S)")
_AS_REACH = 200
_URGES = re.compile(
    r"(?:warned|warns|promised|pledged|vowed|vows|urged|urges|threatened|demanded|demands|proposed|insisted|insists|stressed"
    r"|underlined|emphasi[sz]ed|admitted|hinted|complained|spoke)\Z"
)
_URGED = re.compile(r" (?:of|to|on|at|against|about|for|the|an?|his|her|its|their|both|all|[A-Z]\w*)\b[^,.;:“\"]{0,90}")
# "Alluding to the bridge, she asked": what somebody did who then spoke.
_ONLY_DOING = re.compile(rf"[A-Z][a-z]+ing(?: (?!{_FINITE})[^\s,]+)+")
_ASKED = re.compile(r"(?:When |If |Being |Repeatedly )?(?:[Aa]sked|According to)\b")  # no words of the speaker
_LEAD_IN = re.compile(r"(?:But|And|Still|However|Meanwhile|Nevertheless|Nonetheless|Also|Moreover|Instead|Yet|So),? ")
_MIN_WORDS = 3
_GOES_ON = re.compile(r" (?:was|were|is|are|has|have|had|will|would|could|can|may|might|should|must|did|does)\b")
JUDGING = frozenset(
    """calling describing branding labelling labeling dubbing terming dismissing denouncing condemning hailing praising
    decrying slamming rejecting deploring welcoming""".split()
)
# "..., calling it “a fairy tale”": a judgement told of by the way.
_JUDGING = re.compile(rf", (?P<verb>{'|'.join(sorted(JUDGING))}) (?P<what>(?!on )[^.,;:\"“”\n]{{0,80}})[\"“]")
_DANGLING = re.compile(r",? (?:and|but)(?: then| also)?\Z")
# "In the end, they agreed": when and where, and no words of theirs.
_ONLY_SETTING = re.compile(
    r"(?:In|On|At|After|Before|During|For|With|By|From|Since|Until|Under|Earlier|Later|Last|Over)(?: [^\s,]+){1,5}",
    re.IGNORECASE,
)


def find_reported(text: str, unit: Unit, cue: Cue, limit: int) -> Range | None:
    """What the cue reports after itself, but not beyond `limit`, or before itself; None if nothing. It is trimmed."""
    if cue.judges:
        return _find_judged(text, unit, cue, limit)
    after = None if cue.is_inverted else _find_after(text, unit, cue, limit)
    return (
        after
        or _find_interrupted(text, unit, cue)
        or _find_before(text, unit, cue)
        or _find_urged(text, unit, cue, limit)
    )


def find_continued(text: str, unit: Unit, cue: Cue) -> list[tuple[str, Range]]:
    """What the same speaker goes on to say: verb and range of each "adding that ..." after the cue."""
    found: list[tuple[str, Range]] = []
    if unit.quotations and (judged := _JUDGING.search(text, cue.end, unit.end)) and not unit.is_quoted(judged.start()):
        quoted = next((q for q in unit.quotations if q.outer_start == judged.end() - 1), None)
        if quoted is not None:
            found.append((judged["verb"], (judged.start("what"), quoted.outer_end)))
    for match in _CONTINUES.finditer(text, cue.end, unit.end):
        if unit.is_quoted(match.start()) or text[match.start() - 2 : match.start()] not in (", ", "” ", '" ', "d "):
            continue
        start = to.end() if (to := _CONTINUES_TO.match(text, match.start(), unit.end)) else match.end()
        span = _trim(text, start, _find_leave(text, unit, start))
        if span is not None:
            found.append((match["verb"], span))
    return found


def _find_after(text: str, unit: Unit, cue: Cue, limit: int) -> Range | None:
    start = _find_clause(text, unit, cue)
    return _trim(text, start, min(limit, _find_leave(text, unit, start))) if start is not None else None


def _find_clause(text: str, unit: Unit, cue: Cue) -> int | None:
    """Where the clause after a verb begins."""
    that = (_THAT if _TELLS.search(cue.verb) else _SAY_THAT).match(text, cue.verb_end, unit.end)
    if that is None and denies(cue):
        that = _RUMOUR.match(text, cue.verb_end, unit.end)
    if that:
        return that.end()
    if whether := _WHETHER.match(text, cue.verb_end, unit.end):
        return whether.end() if cue.verb.startswith(("ask", "wonder", "told", "explain")) else None
    if cue.verb in ("told", "tells", "tell", "warned", "assured"):
        told = _TOLD.match(text, cue.verb_end, unit.end)
        return told.end() if told else None
    return _find_bare_clause(text, unit, cue)


def _find_bare_clause(text: str, unit: Unit, cue: Cue) -> int | None:
    """Where a clause without "that" begins, or one with it after a longer setting."""
    bare = _BARE.match(text, cue.verb_end, unit.end)
    if bare is None or (bare.end() > cue.verb_end + 1 and _ABOUT_SETTING.match(text, bare.end())):
        return None
    is_set = _SETS.search(cue.verb) and _STILL_SETTING.match(text, bare.end())
    if is_set and (far := _SET_THAT.match(text, cue.verb_end, unit.end)):
        return far.end()
    if _NO_CLAUSE.match(text, bare.end()) or _ONLY_WHEN.match(text, bare.end(), unit.end):
        return None
    is_free = _BARE_SAY.search(cue.verb) or _PRONOUN_CLAUSE.match(text, bare.end())
    is_relative = _RELATIVE.search(text[max(unit.start, cue.start - 8) : cue.start])
    is_doubtful = (is_relative or _closes_clause(text, unit, cue)) and not _CLEAR_CLAUSE.match(text, bare.end())
    if is_doubtful and (is_relative or not _HAS_VERB.match(text, bare.end(), unit.end)):
        return None
    return bare.end() if is_free and not _is_only_quote(text, unit, bare.end()) else None


def _is_only_quote(text: str, unit: Unit, start: int) -> bool:
    """Whether a quotation begins here with which the sentence does not go on: not "the key points" had been told."""
    return any(
        quotation.outer_start == start and not _GOES_ON.match(text, quotation.outer_end, unit.end)
        for quotation in unit.quotations
    )


def _find_before(text: str, unit: Unit, cue: Cue) -> Range | None:
    """The clause before `, X said`."""
    rests = cue.is_inverted or cue.verb.startswith("t") or _RESTS.match(text, cue.verb_end)
    if not _closes_clause(text, unit, cue) or not rests or _ASKED.match(text, unit.start):
        return None
    end = unit.start + len(text[unit.start : cue.start].rstrip())
    start = unit.start
    lead_in = _LEAD_IN.match(text, start, end)
    span = _trim(text, lead_in.end() if lead_in else start, end)
    if span and (_ONLY_SETTING.fullmatch(text, *span) or _ONLY_DOING.fullmatch(text, *span)):
        return None
    return span


def _find_interrupted(text: str, unit: Unit, cue: Cue) -> Range | None:
    """The sentence that a cue interrupts before its verb: "The bridge, Krogh said, will be closed"."""
    goes_on = _VERB_BEHIND.match(text, cue.end, unit.end)
    if not goes_on or not text[unit.start : cue.start].rstrip().endswith(",") or unit.quotations:
        return None
    return _trim(text, unit.start, unit.end)


def _closes_clause(text: str, unit: Unit, cue: Cue) -> bool:
    """Whether a comma stands before the cue, or before the closing mark right before it."""
    return text[max(unit.start, cue.start - 8) : cue.start].rstrip(" \"”»'’").endswith(",")


def _find_judged(text: str, unit: Unit, cue: Cue, limit: int) -> Range | None:
    """What a verb of judgement says: `described A as B`, or the words after it where some of them are quoted."""
    leave = min(limit, _find_leave(text, unit, cue.verb_end))
    as_match = _AS.match(text, cue.verb_end, min(leave, cue.verb_end + _AS_REACH))
    if as_match and _DESCRIBED.search(cue.verb):
        quoted = [q for q in unit.quotations if as_match.end() <= q.start < leave]
        return _trim(text, as_match.start("what"), quoted[-1].outer_end if quoted else leave, 2)
    quoted = [q for q in unit.quotations if cue.verb_end <= q.start < leave]
    # "Dismissed reports that the bridge was shut as “nonsense”": all of it is the judgement.
    is_called = quoted and text.endswith(" as ", cue.verb_end, quoted[0].outer_start)
    if not is_called and denies(cue) and (rumour := _RUMOUR.match(text, cue.verb_end, leave)):
        return _trim(text, rumour.end(), leave)
    # An account called "Army of Jesus": a name, nobody's words.
    is_name = cue.verb.startswith(("call", "dub", "term")) and text[cue.verb_end + 1 : cue.verb_end + 2] in '"“«'
    if not quoted or is_name or cue.is_inverted:
        return None
    return _trim(text, cue.verb_end, quoted[-1].outer_end, 1)


def denies(cue: Cue) -> bool:
    """Whether the cue denies or confirms what others have told."""
    return _DENIES.search(cue.verb) is not None


def urges(text: str, cue: Cue, start: int) -> bool:
    """Whether the words that begin here are no clause of the cue's verb, but what it asks for or warns of."""
    return _URGES.search(cue.verb) is not None and not text[cue.verb_end : start].strip(" ,:")


def _find_urged(text: str, unit: Unit, cue: Cue, limit: int) -> Range | None:
    """What a verb without a clause asks or promises, where words of it are quoted: `vowed to close it "for good"`."""
    if cue.is_inverted or not _URGES.search(cue.verb):
        return None
    leave = min(limit, _find_leave(text, unit, cue.verb_end))
    quoted = [q for q in unit.quotations if cue.verb_end <= q.start < leave]
    if quoted and quoted[0].outer_start == cue.verb_end + 1 and text[quoted[0].start].islower():
        return _trim(text, cue.verb_end, quoted[-1].outer_end)  # promised “boots by nightfall”
    if not quoted or not _URGED.fullmatch(text, cue.verb_end, quoted[0].outer_start):
        return None
    return _trim(text, cue.verb_end, quoted[-1].outer_end)


def _find_leave(text: str, unit: Unit, start: int) -> int:
    """Where the reported words end."""
    for match in _LEAVES.finditer(text, start, unit.end):
        if not unit.is_quoted(match.start()):
            return match.start()
    return unit.end


def _trim(text: str, start: int, end: int, least: int = _MIN_WORDS) -> Range | None:
    """The range without space and final punctuation, or None where too little is left."""
    while start < end and text[start] in " ,:;—–-":
        start += 1
    while end > start and text[end - 1] in " .,:;!?—–-":
        end -= 1
    if dangling := _DANGLING.search(text, start, end):
        end = dangling.start()
    return (start, end) if len(text[start:end].split()) >= least else None
