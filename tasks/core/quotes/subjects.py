"""Subjects: who speaks in a sentence, by the words before a verb of speech or behind it.

"Lavrov, who was in Moscow, said"; "the ministry said"; "said Kenya's Omolo of the rail authority". The words are taken
as they stand; a person of the story is told by number, anybody else is nobody known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.core.quotes.cues import BETWEEN, BETWEEN_ENDS
from tasks.core.quotes.stage import Named, Stage

_TAIL = re.compile(rf"(?:\A|(?<=[\s,)]))(?:{BETWEEN}),?\s*\Z")
_WHO = re.compile(r",? who\Z")
# No speech: "did not say", "declined to say", "was told", "would say".
_NO_SPEECH = re.compile(
    r"(?:\b(?:not|never|nor|cannot|to|would|could|should|may|might|can|will|must|is|are|was|were|be|been|being"
    r"|get|got|let"
    r"|hardly)|n't|n’t)\Z"
)
_NO_SUBJECT = re.compile(
    r"(?:\A|\s)(?:the|an?|of|and|or|his|her|its|their|our|this|that|these|those|to|in|on|at|for|with|from|by|as"
    r"|than|which"
    r"|what|some|any|no|such|other|when|if|while|after|before|because|who|where|but|so|like|about|all|more|most"
    r"|new|also)\Z",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?:\A|[\s,;:—–\"”(])(?P<pronoun>[Hh]e|[Ss]he|[Tt]hey|[Ii]t|[Oo]ne)\Z")
_SHORT_NAME = re.compile(r"(?<=[A-Za-z]) \([A-Z][A-Za-z-]{1,9}\)\Z")
_SELF = re.compile(r"(?:\A|\s)(?:I|we|We|you|You)\Z")
_APPOSED = re.compile(r"(?:,|\s?\()\s?[^\n]{1,170}[,)]\Z")
_ATTACHED = re.compile(r" (?:of|from|at|with|in|for) [^,;:]{1,90}\Z")
_OF = re.compile(r" (?:of|from|at|with|for) [^,;:()]{1,90}(?=,| \()")
_PREPOSED = re.compile(r"\b(?:for|of|to|with|from|by|at|in|on|against|about|under|close to|like|than|near) \Z")
_CONJUNCTION = "while|although|though|because|that|when|as|if|after|before|whether|where"
_CLAUSE = re.compile(rf"(?:[,;:—–]|--| -)\s|\b(?:{_CONJUNCTION}) ")
_COORDINATE = re.compile(r"\b(?:and|but) ")
_OPENS_CLAUSE = re.compile(r"\b(?:and|but|that|as|while) \Z")
_LEADING = re.compile(
    r"(?:(?:and|but|while|as|when|after|also|meanwhile|however|still|later|earlier|separately|on \w+day"
    r"|on \w+ \d+|in \w+"
    r"|last \w+|this \w+)\s)+",
    re.IGNORECASE,
)
_LEADING_WORD = re.compile(
    r"\s*(?:However|Meanwhile|Still|Separately|Instead|Moreover|Nevertheless|Also|Earlier|Later), "
)
_NP_START = re.compile(
    r"[A-Z“\"]|(?:the|an?|one|two|three|four|five|some|many|most|several|both|his|her|its|their|other|another)\b"
    r"|[a-z’'-]+s\b"
    r"|[a-z]+ (?:officials|sources|media|police|people|doctors|witnesses|authorities)\b|(?:police|media|people)\b"
)
_NO_NP = re.compile(
    r"(?:in|on|at|for|with|by|from|to|of|after|before|during|under|despite|as|according|[a-z]+ing)\b", re.IGNORECASE
)
_AFTER_NP = re.compile(
    r"[,.;:\"“”(—–]|\Z|\s(?:on \w+day|\w+day|in (?:an?|his|her|its|the|\w+day)|told|at (?:an?|the)|during|after"
    r"|before|when"
    r"|while|as|who|by|earlier|later|last|this|referring|adding|speaking|citing|and|on condition)\b"
)
# "No group claimed it": what nobody said is no speech.
_NOBODY = re.compile(r"(?:no(?!\.)|none|nobody|neither|few)\b", re.IGNORECASE)
# Characters before a verb that hold any of the words looked for right there, and what stands before it.
_LAST_WORD = 2 + max(
    len(word)
    for pattern in (_NO_SPEECH, _NO_SUBJECT, _PRONOUN, _SELF)
    for word in re.findall(r"[\w’' ]+", pattern.pattern)
)
_REACH = 400  # characters before a verb in which its subject stands
_NP_WORDS = 12
_JOINED_WORDS = 8  # of "police and hospital officials"; a longer stretch with "and" is two clauses
# Words of a title before a name: no prepositions, verbs or conjunctions ("coast guard", "Nepalese guide").
_NO_TITLE = (
    r"(?!(?i:or|that|on|in|at|of|for|with|to|by|from|is|are|was|were|has|had|have|as|also|still|yet|so|while|when"
    r"|if|recently"
    r"|earlier|later|\w+day)\b)"
)
_TITLE = re.compile(rf"(?:{_NO_TITLE}(?!(?i:and|but)\b)[\w'’-]+\s){{1,5}}")
_NAMING = re.compile(rf"(?:{_NO_TITLE}[\w&’'-]+\s){{1,7}}")
_TITLE_REACH = 100  # characters of words between the verb and the name that they introduce
_IS_ADJECTIVE = re.compile(
    r"['’]s? | (?:campaign|administration|family|government|team|advis[eo]r|aide|spokes\w+"
    r"|lawyer|attorney|ally|supporter"
    r"|critic|official|appointee|nominee|associate|loyalist|voter|backer)s?\b"
)
_ANOTHER_HEAD = re.compile(r"\b(?:for|of|to|with|at|from|by)\b|['’]s?\b")
_SOMEBODY = re.compile(
    r"(?:an?|one|another)\s|(?:the|his|her|its|their|[A-Z]\w*)\s(?:[\w’'.-]+\s){0,4}?"
    r"(?:spokes(?:man|woman|person)|official|aide|diplomat|source|president|resident|witness|head|chief|nurse"
    r"|[a-z]{3,}(?:man|woman|er|or|ist|ian))\b",
    re.IGNORECASE,
)
# Things that speak in the singular as well, but of which nobody says "he".
_SOMETHING = re.compile(
    r"\b(?:agency|bank|board|body|commission|committee|company|council|court|firm|government|group|letter|memo|ministry"
    r"|newspaper|note|office|panel|paper|party|poll|post|report|statement|study|survey|tweet|website)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """Who speaks: the exact words, and the actor's number where they name one."""

    start: int
    end: int
    actor: int | None
    pronoun: str | None = None

    def is_anonymous(self, text: str) -> bool:
        """Whether the words are somebody who is not named: "a department spokesman"."""
        words = text[self.start : self.end]
        return self.actor is None and _SOMEBODY.match(words) is not None and _SOMETHING.search(words) is None


def find_subject_before(stage: Stage, low: int, verb: int) -> Subject | None:
    """The subject that ends before the verb, adverbs and clauses about it skipped."""
    text = stage.text
    low = max(low, verb - _REACH)
    end = skip_adverbs(text, low, verb)
    if end is None:
        return None
    region = text[low:end]
    if region.endswith(" who") and (who := _WHO.search(region)):
        end = low + who.start()
        region = text[low:end]
    last = region[-_LAST_WORD:]
    if _SELF.search(last) or _NO_SUBJECT.search(last) or not region.strip():
        return None
    if pronoun := _PRONOUN.search(last):
        return Subject(end - len(pronoun["pronoun"]), end, None, pronoun["pronoun"])
    if region[-1] == ")" and (short := _SHORT_NAME.search(region)):
        # A short form in brackets is a name told twice: the Joint Chiefs of Staff (JCS).
        end -= len(short[0])
        return _find_named(stage, low, end) or _find_phrase(text, low, end)
    if region[-1] in ",)":
        return _find_apposed(stage, low, end)
    return _find_named(stage, low, end) or _find_phrase(text, low, end)


def skip_adverbs(text: str, low: int, verb: int) -> int | None:
    """Where the subject ends; None where the verb reports no speech."""
    end = verb
    low = max(low, verb - _REACH)
    while True:
        region = text[low:end].rstrip()
        if _NO_SPEECH.search(region[-_LAST_WORD:]):
            return None
        tail = _TAIL.search(region) if _may_have_tail(region) else None
        if tail is None or tail.start() == tail.end():
            return low + len(region)
        end = low + tail.start()


def _may_have_tail(region: str) -> bool:
    """Whether the last word may be one that stands between a subject and its verb: cheaper than to try them all."""
    words = region.removesuffix(",")
    return words.endswith(BETWEEN_ENDS) or words[-1:].isdecimal()


def _find_named(stage: Stage, low: int, end: int) -> Subject | None:
    """A person named right before, or with words attached to the name ("Clémence Mbuyi of the association X")."""
    text = stage.text
    named = stage.ending_at(end, low)
    if named is not None:
        before = text[low : named.start]
        if _PREPOSED.search(before) and not _PREPOSED.match(before.lstrip()):
            return _find_phrase(text, low, end)
        return _join(stage, low, named)
    for named in reversed(stage.between(low, end)):
        before = text[low : named.start]
        if _ATTACHED.match(text[named.end : end]) and not _PREPOSED.search(before) and begins_clause(before):
            return _find_group(stage, low, named) or Subject(named.start, end, named.actor)
    return None


def begins_clause(before: str) -> bool:
    """Whether a clause begins after these words."""
    stripped = before.rstrip()
    return not stripped or stripped[-1] in ',;:—–-"”.' or _OPENS_CLAUSE.search(before) is not None


def _join(stage: Stage, low: int, named: Named) -> Subject:
    """The subject with the words of a title before it."""
    if group := _find_group(stage, low, named):
        return group
    start = _cut(_CLAUSE, stage.text, low, named.start)
    while stage.text.startswith(" ", start):
        start += 1
    is_title = _TITLE.fullmatch(stage.text, start, named.start)
    return Subject(start if is_title else named.start, named.end, named.actor)


def _find_group(stage: Stage, low: int, named: Named) -> Subject | None:
    """The group of which the person is the last: "A and B", "A of Louisiana and B"."""
    if not stage.text[low : named.start].endswith(" and "):
        return None
    start = _cut(_CLAUSE, stage.text, low, named.start)
    first = next((other for other in stage.between(start, named.start) if other.actor != named.actor), None)
    return Subject(first.start, named.end, None) if first else None


def _find_apposed(stage: Stage, low: int, end: int) -> Subject | None:
    """The person before an apposition or a clause between commas: "Ivanov, an aide to Putin,"."""
    text = stage.text
    for named in reversed(stage.between(low, end)):
        before = text[low : named.start]
        is_head = not _PREPOSED.search(before) and not before.rstrip().endswith(("’s", "'s"))
        if is_head and _is_apposed(stage, low, named, end):
            return Subject(named.start, named.end, named.actor)
    closing = stage.ending_at(end - 1, low)
    if closing is not None and ("," in text[closing.start : closing.end] or begins_clause(text[low : closing.start])):
        return Subject(closing.start, closing.end, closing.actor)
    if leading := _LEADING_WORD.match(text, low, end):
        low = leading.end()
    first = text.find(",", low, end)
    last = end if text[end - 1] == ")" else end - 1
    return _find_phrase(text, low, first if low < first < end - 1 else last)


def _is_apposed(stage: Stage, low: int, named: Named, end: int) -> bool:
    """Whether what stands between a name and the verb says more of the person, and is no further name of a list."""
    start = named.end
    attached = _OF.match(stage.text, start, end)
    if attached and begins_clause(stage.text[low : named.start]):
        start = attached.end()
    words = stage.text[start:end]
    if len(words) < 3 or not _APPOSED.fullmatch(words):
        return False
    return not words.startswith(",") or stage.starting_at(start + 2) is None


def _find_phrase(text: str, low: int, end: int) -> Subject | None:
    """A noun phrase that names no known person: "the ministry", "a surgeon at the hospital", "officials"."""
    start = _cut(_CLAUSE, text, low, end)
    if len(text[start:end].split()) > _JOINED_WORDS:
        start = _cut(_COORDINATE, text, start, end)
    while start < end and text[start] in " ,.;:\"”'’)—–-":
        start += 1
    if leading := _LEADING.match(text[start:end]):
        start += leading.end()
    phrase = text[start:end]
    words = phrase.split()
    if not 1 <= len(words) <= _NP_WORDS or _NO_NP.match(phrase) or not _NP_START.match(phrase):
        return None
    if _NOBODY.match(phrase):
        return None
    return None if _NO_SUBJECT.search(phrase[-_LAST_WORD:]) else Subject(start, end, None)


def _cut(pattern: re.Pattern[str], text: str, low: int, end: int) -> int:
    """Where the last stretch begins that the pattern parts off before `end`."""
    return max((part.end() for part in pattern.finditer(text, low, end) if part.end() < end), default=low)


def find_subject_after(stage: Stage, verb_end: int, high: int) -> Subject | None:
    """The subject that follows the verb: "said Omolo", "said a spokesman for the court"."""
    text = stage.text
    start = verb_end
    while start < high and text[start] == " ":
        start += 1
    stop = _AFTER_NP.search(text, start, high)
    end = stop.start() if stop else high
    named = next(iter(stage.between(start, min(high, start + _TITLE_REACH))), None)
    is_introduced = named and (named.start == start or _NAMING.fullmatch(text, start, named.start))
    # "Said the former Trump campaign adviser": the name is not the head.
    if named is not None and is_introduced and not _IS_ADJECTIVE.match(text, named.end, high):
        joined = text.startswith(" and ", named.end) and stage.starting_at(named.end + 5)
        return Subject(start, joined.end, None) if joined else Subject(start, named.end, named.actor)
    return _find_phrase_after(stage, start, end)


def _find_phrase_after(stage: Stage, start: int, end: int) -> Subject | None:
    phrase = stage.text[start:end].rstrip()
    end = start + len(phrase)
    if phrase in ("he", "she", "they", "it"):
        return Subject(start, end, None, phrase)
    if not phrase or len(phrase.split()) > _NP_WORDS or not _NP_START.match(phrase):
        return None
    named = stage.ending_at(end, start)
    is_head = named is not None and not _ANOTHER_HEAD.search(stage.text[start : named.start])
    return Subject(start, end, named.actor if named and is_head else None)
