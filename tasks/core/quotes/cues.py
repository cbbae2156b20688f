"""The words by which copy reports speech, and the patterns made of them.

A verb is listed in the forms in which it introduces speech: finite ones, and the participle that continues it
("adding that"). Forms that are also plain nouns ("reports", "claims") count only beside a subject; see quote_speakers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tasks.core.branches import join_branches


def join_words(words: Iterable[str]) -> str:
    """A pattern that matches any of these words, in the order of the alphabet."""
    return join_branches(sorted(words))


# Verbs that take a clause: "X said that ...", "..., X said".
_SAYING = """\
    accepted acknowledged added admitted advised affirmed agreed alleged announced answered argued asked asserted
    assured boasted claimed clarified cautioned commented complained conceded concluded confessed confirmed continued
    contended countered cried declared decreed demanded denied detailed determined disclosed divulged echoed elaborated
    emphasised emphasized estimated exclaimed explained feared forecast guaranteed hinted hoped implied indicated
    informed insisted joked lamented maintained mentioned mused noted notified objected observed opined ordered pledged
    posted predicted proclaimed promised proposed protested quipped reaffirmed reasoned reassured recalled recommended
    recounted reiterated remarked reminded repeated replied reported responded retorted revealed said shouted signalled
    signaled specified speculated stated stipulated stressed suggested summarised surmised testified thought threatened
    told tweeted underlined underscored urged voiced vowed warned wondered wrote
"""
_SAYING_NOW = """\
    acknowledges adds admits affirms alleges announces answers argues asks asserts claims concedes concludes confirms
    contends declares demands denies emphasises emphasizes explains fears hopes insists maintains notes observes
    predicts recalls reiterates remarks replies reports responds reveals says states stresses suggests tells testifies
    thinks underlines underscores urges vows warns wonders writes
"""
_SAYING_PHRASES = (
    "points? out",
    "pointed out",
    "made (?:it )?clear",
    "makes clear",
    "went on to say",
    "goes on to say",
    "summed up",
    "drew attention to",
    "expressed (?:hope|confidence|concern|regret|doubt|(?:the|his|her) (?:hope|view|opinion|belief))",
    *(f'{be} (?:quoted|cited) (?:by [^,.;:"“”\n]{{1,60}}? )?as saying' for be in ("is", "are", "was", "were")),
    *(f"{do} not (?:rule out|exclude|deny)" for do in ("did", "does", "do")),
    *(f"{have} not ruled out" for have in ("has", "have", "had")),
    "has this to say",
    "chimed in",
    "took to \\w+ to say",
    "read",
    "reads",
    "put it",
    "puts it",
)
_SAYING_PLURAL = (
    "say|add|argue|claim|insist|warn|believe|think|note|report|fear|agree|suggest|acknowledge|admit|hope|tell"
)
_CONTINUING = """\
    adding announcing arguing asking asserting assuring claiming clarifying commenting complaining conceding concluding
    confirming declaring emphasising emphasizing explaining indicating insisting joking noting observing predicting
    promising recalling reiterating remarking replying reminding saying specifying stating stressing suggesting telling
    underlining underscoring urging vowing warning writing
"""
# Verbs that quote words of a judgement or a demand, without a clause of their own.
_JUDGING = """\
    accused accuses acknowledged apologised apologized appealed backed bemoaned blamed blasted branded called calls
    castigated characterised characterized cited cites compared condemned condemns congratulated criticised criticized
    decried defended denounced deplored deemed depicted describe described describes dismissed disputed dubbed endorsed
    expressed greeted hailed hails invited invoked labelled labeled likened mocked lambasted lauded pictured portrayed
    praised praises promised pronounced quoted quotes referred regretted rejected rejects ridiculed saluted sees saw
    slammed spoke styled termed thanked touted urged urges viewed views voiced welcomed welcomes
"""
_SAID = (*_SAYING_PHRASES, *sorted((*_SAYING.split(), *_SAYING_NOW.split())))
SAID = join_branches(_SAID)
CONTINUING = join_words(("pointing out", "making clear", *_CONTINUING.split()))
JUDGED = frozenset(_JUDGING.split()) - {*_SAID, *_SAYING_PLURAL.split("|")}
SPEECH = join_branches((*_SAID, *_SAYING_PLURAL.split("|"), *sorted(JUDGED)))
# "describes X as Y", in which Y is what was said.
DESCRIBED = (
    "describe[ds]?|characteri[sz]e[ds]|brande?d?s?|labell?ed|denounced|dismissed|hailed|portrayed|depicted|praised"
    "|condemned|rejected|viewed|views|saw|sees|regarded|regards|referred to|refers to|criticised|criticized|slammed"
    "|decried|assessed|welcomed|derided|termed|touted|rated"
)

# Verbs that may stand before their subject: ", said the minister".
_INVERTED = """\
    said says added adds asked explained noted stressed warned wrote writes argued insisted recalled declared observed
    remarked replied concluded claimed commented continued stated underlined emphasised emphasized tweeted read reads
    reported joked predicted quipped exclaimed announced
"""
INVERTED = join_words(_INVERTED.split())

WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan\\.|Feb\\.|Aug\\.|Sept?\\.|Oct\\.|Nov\\.|Dec\\.)"
)
# Adverbs and auxiliaries between a subject and its verb; the last word of each is plain.
_BETWEEN = (
    "also|later|earlier|then|further|again|once again|still|too|himself|herself|itself|already|recently|previously"
    "|repeatedly|separately|meanwhile|in turn|for (?:his|her|its) part|however|therefore|publicly|clearly|nevertheless"
    "|has|have|had|has also|had also|did|would"
)
BETWEEN = (
    f"(?:{_BETWEEN}|[a-z]{{3,}}ly"
    f"|(?:late |early |earlier )?on {WEEKDAY}|{WEEKDAY}|(?:on )?{MONTH} \\d{{1,2}}|today|yesterday)"
)
# How each of them ends, but for the day of a month.
BETWEEN_ENDS = (*sorted(set(re.findall(r"(\w+)(?=\||\Z)", _BETWEEN))), "ly", "day")
