"""The dates in the sample wire's stories: written as placeholders, filled in when a page is served.

A placeholder is `{base}`, `{base+N}`, `{base-N}`, each with `:format` if wanted.

    base     what N counts   what it is                                                        without a format
    today    days            the day on which the story was filed, in its agency's zone        %B %-d
    day      days            the demo's own day (UTC), for what several wires must agree on    %B %-d
    month    months          the first day of the demo's month                                 %B
    year     years           the demo's year                                                   %Y

    %A Thursday   %B December   %b Dec   %-d 4   %d 04   %m 12   %Y 2025
    %h the month as Reuters shortens it (Sept, Dec, but March)   %k the same as AP does (Sept., Dec., March)

The words are our own tables, not the machine's locale; French and Russian stories get French and Russian words.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from types import MappingProxyType

from tasks.core.errors import BadInput

_PLACEHOLDER = re.compile(r"(today|day|month|year)([+-]\d{1,4})?(?::(.+))?")
_DIRECTIVE = re.compile(r"%(-?[A-Za-z])")
_PLAIN = MappingProxyType({"today": "%B %-d", "day": "%B %-d", "month": "%B", "year": "%Y"})

_MONTHS = MappingProxyType(
    {
        "en": [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        "fr": [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ],
        "ru": [
            "января",
            "февраля",
            "марта",
            "апреля",
            "мая",
            "июня",
            "июля",
            "августа",
            "сентября",
            "октября",
            "ноября",
            "декабря",
        ],
    }
)
_WEEKDAYS = MappingProxyType(
    {
        "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        "fr": ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
        "ru": ["понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"],
    }
)
_HOUSE_MONTHS = ["Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"]


def fill_dates(text: str, day: date, filed: date, lang: str = "en") -> str:
    """Return `text` with every placeholder filled in: `day` is the demo's day, `filed` the story's.

    Raises BadInput for a placeholder, a format or a language that is not in the tables above.
    """
    if lang not in _MONTHS:
        raise BadInput(f'The sample wire has no month names for "{lang}": add them to tasks/edge/sample_dates.py.')
    return re.sub(r"\{([^{}]*)\}", lambda match: _fill(match[1], day, filed, lang), text)


def _fill(inner: str, day: date, filed: date, lang: str) -> str:
    parts = _PLACEHOLDER.fullmatch(inner)
    if parts is None:
        raise BadInput(f"The sample wire cannot read {{{inner}}}: write it like {{today:%A}} or {{day+9:%B %-d}}.")
    base, offset, form = parts[1], int(parts[2] or 0), parts[3] or _PLAIN[parts[1]]
    moved = _move(base, offset, day, filed)
    return _DIRECTIVE.sub(lambda match: _word(match[1], moved, lang, inner), form)


def _move(base: str, offset: int, day: date, filed: date) -> date:
    """Return the day that a base and its offset mean; months and years are told by their first day."""
    if base in ("today", "day"):
        return (filed if base == "today" else day) + timedelta(days=offset)
    months = day.year * 12 + day.month - 1 + offset * (12 if base == "year" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, 1)


def _word(directive: str, day: date, lang: str, inner: str) -> str:
    """Return one directive's words for a day."""
    house = _HOUSE_MONTHS[day.month - 1]
    words = {
        "A": _WEEKDAYS[lang][day.weekday()],
        "B": _MONTHS[lang][day.month - 1],
        "b": _MONTHS["en"][day.month - 1][:3],
        "h": house,
        "k": house if house in _MONTHS["en"] else f"{house}.",
        "-d": "1er" if lang == "fr" and day.day == 1 else str(day.day),
        "d": f"{day.day:02}",
        "m": f"{day.month:02}",
        "Y": str(day.year),
    }
    if directive not in words:
        raise BadInput(f"The sample wire does not know %{directive} in {{{inner}}}: see tasks/edge/sample_dates.py.")
    return words[directive]
