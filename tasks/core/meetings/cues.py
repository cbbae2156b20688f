"""The cues of cues.toml, compiled: does a stretch of text hold a phrase of this cue?

Phrases match without regard to case at word boundaries. `*` at the end of a word stands for any ending, ` ... ` for up
to five words between.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from tasks.core.branches import join_any_case

_NEVER = re.compile(r"(?!)")
# Not [\w’'-]: re takes 0.3 ms to compile a set that mixes ’ with a class, and the cues hold hundreds of endings.
_ENDING = r"(?:[\w'-]|’)*"
_APOSTROPHE = "(?:'|’)"


class CueBook:
    """The cues of one catalog, each compiled when it is first asked for; an unknown cue matches nothing."""

    def __init__(self, cues: Mapping[str, Iterable[str]]) -> None:
        self._cues = cues
        self._patterns: dict[str, re.Pattern[str]] = {}

    def find(self, cue: str, text: str) -> re.Match[str] | None:
        """The first phrase of this cue in the text."""
        if cue not in self._patterns:
            self._patterns[cue] = compile_cue(self._cues.get(cue, ()))
        return self._patterns[cue].search(text)


def compile_cue(phrases: Iterable[str]) -> re.Pattern[str]:
    """One pattern for the phrases of a cue, the longest first."""
    parts = [_write_phrase(phrase) for phrase in sorted(phrases, key=len, reverse=True)]
    return re.compile(rf"(?<![\w-]){join_any_case(parts)}(?!\w)") if parts else _NEVER


def _write_phrase(phrase: str) -> str:
    words = re.sub(r"\s+\.\.\.\s+", " \0 ", phrase.replace("'", "’")).split()
    pattern = ""
    for word in words:
        if word == "\0":
            pattern += r"(?:\s+\S+){0,5}?"
            continue
        written = re.escape(word).replace("’", _APOSTROPHE).replace(r"\*", _ENDING)
        pattern += (r"\s+" if pattern else "") + written
    return pattern
