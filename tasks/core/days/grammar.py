"""The expressions of time that wires use, as one regular expression.

Every alternative of `EXPRESSION` is an outer named group; `match.lastgroup` says which one matched, its inner groups
(prefixed with the alternative's letter) hold the parts. Months and weekdays are matched with a capital only: "may" and
"march" are verbs. "May" without a day or year needs a preposition, like every bare month.
"""

from __future__ import annotations

import re

_MONTHS = (
    ("January", "Jan"),
    ("February", "Feb"),
    ("March", "Mar"),
    ("April", "Apr"),
    ("May", "May"),
    ("June", "Jun"),
    ("July", "Jul"),
    ("August", "Aug"),
    ("September", "Sept", "Sep"),
    ("October", "Oct"),
    ("November", "Nov"),
    ("December", "Dec"),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NUMBER_LIST = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBER_WORDS = {word: number for number, word in enumerate(_NUMBER_LIST, start=1)} | {"a": 1, "an": 1}

_MONTH_NUMBERS = {name.lower(): number for number, names in enumerate(_MONTHS, start=1) for name in names}
_WEEKDAY_NUMBERS = {name[:3].lower(): number for number, name in enumerate(_WEEKDAYS)}

MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%]|[.,:]\d)"
_YEAR = r"(?:19|20)\d\d(?![\d%]|,\d)"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_UNTIL = r"(?:\s?[-–—]\s?|\s+(?:to|through|until|till|and|or)\s+)"
_NUMBER = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_SEASON = r"(?:spring|summer|autumn|fall|winter)"
# Nothing that a season could be told of follows: "in the spring offensive", "in the fall of the city" are none.
_STANDS_ALONE = (
    r"(?=\Z|[^\w\s’'-]|[’']?\s*[\"”“—–]|\s+(?:for|with|when|after|before|and|but|or|to|at|in|on|as|by|from|that|the|because|if|unless"
    r"|while|where|amid|during|under|he|she|it|they)\b)"
)


def _days_and_months() -> list[str]:
    comma_year = rf"(?:,?\s+(?P<{{}}>{_YEAR}))?"
    return [
        rf"(?P<month_days>(?P<a_month>{MONTH})\s+(?P<a_day>{_DAY})(?:,?\s+{_YEAR})?(?:,\s+{_DAY}){{0,4}},?{_UNTIL}(?:(?P<a_month2>{MONTH})\s+)?(?P<a_day2>{_DAY})"
        + comma_year.format("a_year")
        + ")",
        rf"(?P<days_month>(?P<b_day>{_DAY})(?:\s+(?P<b_month>{MONTH})(?:,?\s+{_YEAR})?)?{_UNTIL}(?P<b_day2>{_DAY})\s+(?:of\s+)?(?P<b_month2>{MONTH})"
        + comma_year.format("b_year")
        + ")",
        rf"(?P<month_day>(?:{_WEEKDAY}[,\s]\s?\(?)?(?P<c_month>{MONTH})\s+(?P<c_day>{_DAY})"
        + comma_year.format("c_year")
        + ")",
        rf"(?P<day_month>(?:{_WEEKDAY},?\s\(?)?(?P<d_day>{_DAY})\s+(?:of\s+)?(?P<d_month>{MONTH})"
        + comma_year.format("d_year")
        + ")",
        rf"(?P<week_with>\b(?:the\s+)?week\s+(?:of|starting|beginning)\s+(?:on\s+)?(?:{_WEEKDAY},?\s+)?"
        rf"(?:(?P<week_month>{MONTH})\s+(?P<week_day>{_DAY})|(?P<week_day2>{_DAY})\s+(?P<week_month2>{MONTH}))(?!{_UNTIL}\d))",
        rf"(?P<bare_day>\b[Oo]n\s+the\s+(?P<bare_number>(?:3[01]|[12]?\d)(?:st|nd|rd|th))"
        rf"(?:\s+of\s+(?P<bare_word>this|next|last)\s+month\b|{_STANDS_ALONE}))",
        r"(?P<iso>(?P<e_year>20\d\d)-(?P<e_month>[01]\d)-(?P<e_day>[0-3]\d))",
    ]


def _parts_and_months() -> list[str]:
    year = rf"(?:,?\s+(?:of\s+)?(?P<{{}}>{_YEAR}))?"
    return [
        rf"(?P<part>(?P<f_part>[Mm]id|[Ee]arly|[Ll]ate)(?:[- ]to[- ](?P<f_part2>mid|late))?[- ](?:in\s+)?(?P<f_month>{MONTH})"
        + year.format("f_year")
        + ")",
        rf"(?P<part_of>(?:the\s+)?(?P<g_part>beginning|start|middle|end|first half|second half|first week"
        rf"|last week|first days|last days)\s+of\s+(?P<g_month>{MONTH})" + year.format("g_year") + ")",
        rf"(?P<months>\b(?:(?:[Ii]n|[Ff]rom|[Dd]uring|[Ff]or|[Ss]ince)\s+|[Bb]etween\s+)(?P<months_first>{MONTH})"
        rf"(?:\s?[-–—]\s?|\s+(?:to|through|until|(?P<months_and>and|or))\s+)(?P<months_last>{MONTH})"
        + year.format("months_year")
        + r"(?!\.?\s+\d))",
        rf"(?P<month>\b(?P<h_word>(?:[Ll]ast|[Nn]ext|[Tt]his|[Cc]oming|[Ii]n|[Dd]uring|[Ss]ince|[Bb]y|[Uu]ntil"
        rf"|[Ff]or|[Bb]efore|[Aa]fter|[Ff]rom|of|to|later in|at least|through))\s+(?P<h_month>{MONTH})"
        + year.format("h_year")
        + r"(?:,?\s+(?:of\s+)?(?P<h_step>last|next|this)\s+year)?(?!\.?\s+\d))",
        rf"(?P<month_year>(?P<i_month>{MONTH}),?\s+(?P<i_year>{_YEAR}))",
        rf"(?P<of_month>(?:\b(?:[Aa]|[Tt]he|[Ii]ts|[Tt]heir)\s+|(?<=[’']s\s))(?P<v_month>{MONTH})(?=\s+(?!of\b)[a-z]))",
        rf"(?P<end_of>\b(?:[Bb]y|[Bb]efore|[Uu]ntil)\s+the\s+end\s+of\s+(?:(?P<w_month>{MONTH})"
        + year.format("w_year")
        + rf"|(?P<w_only>{_YEAR})))",
    ]


def _weeks_and_words() -> list[str]:
    return [
        rf"(?P<weekday>(?<!very )(?<!each )(?:(?P<j_word>[Ll]ast|[Nn]ext|[Tt]his(?:\s+coming)?|[Cc]oming"
        rf"|this past)\s+)?(?P<j_day>{_WEEKDAY})"
        rf"(?:{_UNTIL}(?P<j_day2>{_WEEKDAY}))?(?:\s+(?:of\s+)?(?P<j_week>last|next|this)\s+week)?\b)",
        r"(?P<word>\b(?P<k_word>the day after tomorrow|the day before yesterday|[Tt]oday|[Tt]onight|[Tt]omorrow"
        r"|[Yy]esterday)\b)",
        r"(?P<unit>\b(?:(?:(?P<l_part>[Ll]ater|[Ee]arlier|[Ee]arly|[Ll]ate|[Ss]ometime|mid)[- ]+"
        r"|(?:the\s+)?(?P<l_of>beginning|start|middle|end|first half|second half)\s+of\s+))?"
        r"(?P<l_word>[Ll]ast|[Nn]ext|[Tt]his|[Tt]his coming|[Tt]he coming|[Cc]oming|[Tt]he same|[Tt]his past)\s+"
        r"(?P<l_unit>week(?:end)?|month|year)\b)",
        r"(?P<weekend>\b(?P<x_word>[Oo]ver|[Aa]t|[Dd]uring|[Bb]efore|[Bb]y)\s+the\s+weekend\b)",
        r"(?P<year_end>\b(?:[Bb]y|[Bb]efore|[Tt]owards?|[Uu]ntil|at)\s+(?:the\s+)?(?:end\s+of\s+(?:the"
        r"|this)\s+(?P<m_unit>week|month|year)|(?P<m_year>year[- ’']?s?[- ]end)))",
        rf"(?P<within>\b(?:[Ww]ithin|(?:[Ii]n|[Oo]ver|[Dd]uring|[Ff]or|[Ww]ithin)\s+the\s+(?:next|coming))"
        rf"\s+(?P<n_count>{_NUMBER})\s+(?P<n_unit>hour|day|week|month)s?\b)",
        rf"(?P<in_units>\b[Ii]n\s+(?:about\s+|around\s+)?(?P<o_count>{_NUMBER})\s+(?P<o_unit>day|week"
        rf"|month)s?(?:[’']\s+time)?(?=[\s.,;]))",
        rf"(?P<ago>\b(?<!half )(?P<p_count>{_NUMBER})\s+(?P<p_unit>day|week|month|year)s?\s+(?:ago|earlier)\b)",
        r"(?P<coming>\b(?:[Ii]n|[Oo]ver|[Ww]ithin|[Dd]uring)\s+(?:the\s+)?(?:coming"
        r"|next(?:\s+few)?)\s+(?P<q_unit>day|week|month)s\b)",
    ]


def _parts_of_days() -> list[str]:
    """Hours of a day, days counted from one just told, and stretches that end today."""
    return [
        r"(?P<hours>\b(?P<y_word>[Tt]his\s+(?:morning|afternoon|evening)|[Ll]ast\s+(?:night|evening)"
        r"|[Ll]ater\s+in\s+the\s+day|[Ii]n\s+the\s+(?:afternoon|evening)"
        r"|(?<!day )[Oo]vernight(?!-|\s+(?:on|from|to|into|between|stays?|trains?|bus|flights?|guests?|[A-Z]\w+day)\b))\b)",
        rf"(?P<then>\b(?:[Tt]he\s+(?P<z_word>next|following|previous|same)\s+day"
        rf"|(?P<z_count>{_NUMBER})\s+(?P<z_unit>day|week)s?\s+(?P<z_way>later|earlier)(?!\s+than\b))\b)",
        rf"(?P<past>\b(?:(?:[Oo]ver|[Ii]n|[Dd]uring|[Ff]or|[Ww]ithin)\s+)?[Tt]he\s+(?:past|last|previous)"
        rf"\s+(?P<past_count>\d{{1,2}}|{_NUMBER})\s+(?P<past_unit>hour|day|week|month)s?\b(?!\s+of\b))",
    ]


def _long_stretches() -> list[str]:
    return [
        rf"(?P<season>\b(?:(?P<r_word>[Tt]his|[Nn]ext|[Ll]ast|[Tt]he|[Ii]n|[Bb]y|during)\s+(?:the\s+)?)?(?:(?:early"
        rf"|late|mid)[- ])?(?P<r_season>{_SEASON})\s+(?:of\s+)?(?P<r_year>{_YEAR})"
        rf"|\b(?P<s_word>[Tt]his|[Nn]ext|[Ll]ast)\s+(?P<s_season>{_SEASON})\b)",
        rf"(?P<bare_season>\b(?P<season_word>[Ii]n|[Ss]ince|[Ff]or|[Bb]y|[Bb]efore|[Uu]ntil|[Dd]uring)"
        rf"\s+(?:the\s+|(?=early|late|mid)|(?<=nce\s|.by\s|ore\s|til\s))(?:(?:early|late|mid)[- ])?(?P<season_name>{_SEASON})\b{_STANDS_ALONE})",
        r"(?P<feast>\b(?P<feast_word>[Bb]y|[Bb]efore|[Uu]ntil|[Aa]fter|[Ss]ince|[Oo]n|[Aa]t)\s+(?P<feast_name>Christmas"
        r"(?:\s+(?:Day|Eve))?|New\s+Year[’']?s?(?:\s+(?:Day|Eve))?)\b(?!\s+[A-Z0-9]))",
        rf"(?P<quarter>\b(?P<t_number>first|second|third|fourth)\s+quarter\s+of\s+(?:(?P<t_year>{_YEAR})"
        rf"|(?P<t_word>this|next|last)\s+year))",
        rf"(?P<years>\b(?:[Ff]rom|[Bb]etween)\s+(?P<years_first>{_YEAR})\s+(?:to|and|until|through)\s+(?P<years_last>{_YEAR})"
        rf"|\b(?:(?:[Ii]n|[Dd]uring|[Oo]f)\s+)?(?P<span_first>{_YEAR})[-–](?P<span_last>{_YEAR})\b(?!-))",
        rf"(?P<half>\b(?:the\s+)?(?P<half_number>first|second)\s+half\s+of\s+(?P<half_year>{_YEAR}))",
        rf"(?P<year>\b(?:[Ii]n|[Ss]ince|[Dd]uring|[Oo]f|[Bb]y|[Ff]rom|[Uu]ntil|[Bb]efore|[Aa]fter|early|late|mid-?"
        rf"|early in|late in|sometime in)\s*(?P<u_year>{_YEAR})(?!-\d|\s+(?:people|troops|soldiers|km|kilomet|miles|dead"
        rf"|summit|meeting))\b)",
        rf"(?P<of_year>(?:\b(?:[Aa]n?|[Tt]he|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er)\s+|(?<=[’']s\s))(?P<of_year_number>{_YEAR})"
        rf"(?=\s+(?!people|troops|soldiers|km|kilomet|miles|dead|summit|meeting)[a-z]))",
    ]


# Where an expression can begin: with the first letter or digit of a word.
OPENING = r"(?<![\w.-])(?=\w)"
EXPRESSION = re.compile(
    rf"{OPENING}(?:"
    + "|".join((*_days_and_months(), *_parts_and_months(), *_parts_of_days(), *_weeks_and_words(), *_long_stretches()))
    + ")"
)
# A cheap test that most sentences fail: without one of these no expression can match.
FIRST_GLANCE = re.compile(
    r"(?:19|20)\d\d|\d(?:st|nd|rd|th)\b|days?\b|week|month|year|to(?:day|night|morrow)|morning|afternoon|evening|night|hours"
    r"|Jan|Feb|March|Mar\b|Apr|May\b|Jun|Jul|Aug|Sep|Oct|Nov|Dec|spring|summer|autumn|fall|winter|quarter|Christmas|New Year"
)


def read_number(words: str) -> int:
    """The number of a count as copy writes it: `two`, `a`, `48`."""
    return _NUMBER_WORDS.get(words.lower()) or int(words)


def month_number(name: str) -> int:
    """1 to 12 for a month's name or abbreviation."""
    return _MONTH_NUMBERS[name.rstrip(".").lower()]


def weekday_number(name: str) -> int:
    """0 (Monday) to 6 for a weekday's name."""
    return _WEEKDAY_NUMBERS[name[:3].lower()]
