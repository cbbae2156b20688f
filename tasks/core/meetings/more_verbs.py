"""Leaders who meet without the word: they link up by video, come face to face, or talk over dinner."""

from __future__ import annotations

_MEAL = r"(?:dinner|lunch|breakfast|tea|coffee)"
MORE_MEETING = (
    r"\blink(?:s|ed|ing)?\sup\b(?=\s(?:by|via|over|on|online|in|with)\b)"
    r"|\b(?:c[ao]mes?|coming|sat|sits?|stood|stands?|sitting|standing|talk(?:s|ed|ing)?|are|were)\sface[\s-]to[\s-]face\b"
    r"|(?<=\bto\s)face\seach\sother\b"
    r"|\bspen(?:d|ds|t|ding)\s(?:[\w-]+\s){0,5}?(?:hours?|minutes|day|evening|afternoon|morning|night)\s(?:together|with)\b"
    rf"|\btalk(?:s|ed|ing)?\sover\s(?:an?\s)?(?:working\s)?{_MEAL}\b"
    r"|\b(?:lunch(?:ed|es|ing)|din(?:ed|es|ing)|breakfasted)\b(?=\s(?:with|together)\b)"
    rf"|\b(?:had|has|have|having)\s(?:an?\s)?(?:private\s|working\s)?{_MEAL}\b(?=\s(?:with|together)\b)"
    r"|\b(?:sit|sits|sat|sitting)\s(?:down\s)?(?:a?round|at)\s(?:the\s(?:same\s)?|one\s|a\s)(?:negotiating\s)?table\b"
    r"|\btalk(?:ed|s)\sfor\s(?:[\w-]+\s){1,5}(?:hours?|minutes)\b(?=\s(?:in|at)\s\ue023)"
    r"|\b(?:saw|seeing)\b(?=\s\ue000)"
    r"|\bc[ao]me\stogether\b(?=\s(?:in|on|at|for)\b)|\bbroke\sbread\b(?=\swith\b)"
)
