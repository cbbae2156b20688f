"""The clause around an anchor: where it begins and ends, and the words that rule it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.core.meetings.anchors import Anchor
from tasks.core.meetings.entities import ANY, DAY, PLACE
from tasks.core.meetings.scene import Scene

# Words with which a new clause begins: after any space, only after a comma, or after "and".
_CONJUNCTIONS = (
    r"(?:but|while|whereas|although|though|because|adding|who|which|where|when|whose|despite|amid|as|until|unless"
    r"|that)\b"
)
_AFTER_COMMA = (
    r"(?:and\s(?:in|on|said|added|has|had|will|was|is|that|it|he|she|they|the)|after|before|with|saying|according"
    r"|since"
    r"|following|ahead|seeking|aiming|in\sa\s)\b"
)
_AFTER_AND = r"and\s(?:agreed|signed|discussed|pledged|vowed|called|urged|exchanged|adopted|said|has|will|was|would)\b"
_BOUNDARY = re.compile(
    rf"[;“”\"—]|\s–\s|:\s|,?\s(?={_CONJUNCTIONS})|,\s(?={_AFTER_COMMA})|\s(?={_AFTER_AND})"
    rf"|\s(?=(?:after|before|ahead\sof|following|since)\s(?!{DAY}))"
)
_RELATIVE = re.compile(r",?\s?(?:who|which)\b")
# What a meeting is for: the verbs in it say nothing of whether it will be.
_PURPOSE = re.compile(
    r"\s(?:to\s(?:discuss|try|seek|settle|resolve|end|address|find|talk|push|press|help|review|mark|agree|work"
    r"|secure|persuade|build|boost|explore)|aimed\sat|in\san?\s(?:effort|bid|attempt)"
    rf"|on\s(?!{DAY})|about\s|over\s(?!the\s(?:phone|weekend))|for\s(?!{DAY}))"
)
_VERB_AFTER = re.compile(
    r"\b(?:has|have|had|is|are|was|were|will|would|could|may|might|must|can|should|takes?|took|ends?|ended|opens?"
    r"|opened|begins?"
    r"|began|meets?|met|gathers?|convenes?|convened|lasts?|lasted|concludes?|concluded|collapsed?|broke|starts?"
    r"|started|set|scheduled|expected|due|planned"
    r"|slated|to\s(?:be|take)|kicked|kicks|got|gets|resumed?|continued?|failed|called|postponed|cancel+ed|possible"
    r"|next)\b"
)
_SUBJECT_VERB = re.compile(
    rf"(?:\s(?:in|at)\s{PLACE})?"
    r"(?:,?\s(?:which|that|scheduled|planned))?\s(?:has|have|had|is|are|was|were|will|would|could|may|might|takes?"
    r"|took|ends?|ended|opens?|opened|begins?|began|starts?|started|concludes?|concluded|due|set)\b"
)
# "The agenda of the summit has been agreed": the verb is not the summit's.
_OF_ANOTHER = re.compile(r"\w\s(?:of|for|about|to|from)\s(?:the|this|a|an|their)\s(?:[\w\ue000-\ue0ff’'-]+\s){0,3}$")
# "Rumours of a summit are false", "Plans for a summit have been scrapped": what befalls them befalls the summit.
_OF_ITS_PLAN = re.compile(
    r"\b(?:rumou?rs?|reports?|suggestions?|talk|claims?|plans?|hopes?|preparations?|idea|proposals?|prospects?|chances?"
    r"|notion|stor(?:y|ies)|arrangements|invitations?)\s(?:of|for|about|to)\s(?:the|this|a|an|their)\s[^,;]{0,40}$",
    re.I,
)
_SPEAKERS = re.compile(r"\b(?:said|which|that|who)\b")
# The verb on which a "that" clause hangs: "have proposed that", "denied on Monday that".
# "denied a paper's report that": the verb rules what the report tells.
_GOVERNOR = re.compile(
    rf"(?:(?:[\w’'-]|{ANY})+\s){{1,9}}(?:reports?|stor(?:y|ies)|claims?|rumou?rs?|suggestions?|speculation|talk|notion)$"
    rf"|(?:[\w’'-]+\s){{0,3}}[\w’'-]+(?:\s(?:on\s)?{DAY})?$"
)
# The verb after a relative clause: "the summit, which was due on D, has been postponed".
_LATE_VERB = re.compile(
    r",?\s(?:but\s(?:it|this|they|(?:the|that)\s[a-z]+)\s(?=was|were|has|have|had)|(?:which|where"
    r"|at\swhich)\b[^;]{0,160}?,\s(?=has|have|had|is|are|was|were|will|would|could|may)"
    r"|that\s(?:was|were|is|are|had)\b[^;,]{0,120}?\s(?=(?:has|have)\s(?:been|now|not)\b))(?P<verb>\w+\s[^,;]{0,60})"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a scene's code around an anchor; `near` is the text that tells its status.

    `is_subject` says that the anchor's own verb follows it ("the talks will take place in ...").
    """

    low: int
    high: int
    near: str
    is_subject: bool


def find_clause(scene: Scene, anchor: Anchor) -> Clause:
    """The clause that holds the anchor, and the words that rule it."""
    low, high = 0, len(scene.code)
    for match in _BOUNDARY.finditer(scene.code):
        if match.end() <= anchor.start:
            low = match.end() if match.group().strip() else match.start()
        elif match.start() >= anchor.end:
            high = match.start()
            break
    if _RELATIVE.match(scene.code, low) and (comma := scene.code.find(", ", anchor.end, high)) >= 0:
        high = comma
    is_subject = _SUBJECT_VERB.match(scene.code, anchor.end) is not None
    return Clause(low, high, _read_near(scene, anchor, low, high), is_subject)


def _read_near(scene: Scene, anchor: Anchor, low: int, high: int) -> str:
    """From the clause's start to the anchor, then the anchor's own verb phrase after it."""
    governor = _GOVERNOR.search(scene.code[:low]) if scene.code.startswith((" that", "that"), low) else None
    before = scene.words(governor.start() if governor else low, anchor.end)
    head = scene.code[low : anchor.start]
    if anchor.is_verb or (_OF_ANOTHER.search(head) and not _OF_ITS_PLAN.search(head)):
        return before
    rest = scene.code[anchor.end : high]
    verb = _VERB_AFTER.search(rest)
    if verb is None:
        late = _LATE_VERB.match(scene.code, high)
        return before + " " + scene.words(*late.span("verb")) if late else before
    purpose = _PURPOSE.search(rest, 0, verb.start())
    if purpose is not None and _SPEAKERS.search(rest, purpose.start(), verb.start()):
        return before
    purpose = _PURPOSE.search(rest, verb.end())
    end = purpose.start() if purpose else len(rest)
    return before + " " + scene.words(anchor.end + verb.start(), anchor.end + end)
