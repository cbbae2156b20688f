"""What identifies a meeting, in a form that can be compared: body, parties, edition, place, names.

Both a claim and a row of the ledger become a `MeetingKey`; all comparing of meetings is done on keys. Nothing is looked
up: what the text or the catalog's spelling does not give stays empty.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from tasks.core.model import LedgerMeeting, Meeting, MeetingFormat, MeetingKind, Place

# One body, two names in copy: the summit of the EU is the European Council.
_SAME_BODY = {"european council": "european union", "eu": "european union", "euu": "european union"}
_EU = "european union"
_EU_CODE = "EUU"

_ORDINALS = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
    fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"""
_ORDINAL_WORDS = _ORDINALS.split()
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_ROMAN = re.compile(r"\b(?=[IVXL])(XL|L?X{0,3})(IX|IV|V?I{0,3})\b")
_NUMBER = re.compile(r"\b(\d{1,4})(?:st|nd|rd|th)?\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+|\d+")
# Words that say that it is a meeting, not which one.
_SHARED = """a an and annual at bilateral conference emergency extraordinary for formal high historic in informal
    international leader leaders level meeting meetings negotiations next of official on online ordinary presidential
    regular round second session special st nd rd th state states summit summits talks the third trilateral upcoming
    video virtual with"""
_GENERIC = frozenset(_SHARED.split())


@dataclass(frozen=True, slots=True)
class MeetingKey:
    """The comparable parts of a meeting; texts are folded (lower case, no accents), `names` are sets of words."""

    kind: MeetingKind
    format: MeetingFormat
    body: str | None
    parties: frozenset[str]
    ordinal: int | None
    year: int | None
    place: Place | None
    names: frozenset[frozenset[str]]

    @property
    def is_of_body(self) -> bool:
        """Is it the meeting of an organisation itself, rather than with a state or among a few states?"""
        return self.body is not None and (self.format == "organisation" or not self.parties)


def key_of_meeting(meeting: Meeting | LedgerMeeting) -> MeetingKey:
    """The key of a claim's meeting or of a row of the ledger."""
    names = [name for name in (meeting.name, *(meeting.aliases if isinstance(meeting, LedgerMeeting) else ())) if name]
    body = fold_body(meeting.organisation)
    ordinal, year = read_edition(meeting.edition)
    for name in names:
        year = year or read_edition(name)[1]
    return MeetingKey(
        kind=meeting.kind,
        format=meeting.format,
        body=body,
        parties=settle_parties(body, meeting.parties),
        ordinal=ordinal,
        year=year,
        place=meeting.place,
        names=frozenset(words for words in map(name_words, names) if words),
    )


def is_identifiable(meeting: Meeting | LedgerMeeting) -> bool:
    """Does it say which meeting it is: two parties, an organisation, a proper name, or a place with a window?"""
    has_window = meeting.from_day is not None or meeting.to_day is not None
    has_name = meeting.name is not None and bool(name_words(meeting.name))
    is_located = meeting.place is not None and has_window
    return len(set(meeting.parties)) > 1 or meeting.organisation is not None or has_name or is_located


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Lower case without accents, hyphens and apostrophes, as one types it: `sharm el sheikh`."""
    plain = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return " ".join(re.sub(r"[-‐-―.]", " ", re.sub(r"['’ʼ`]", "", plain.casefold())).split())


def fold_body(organisation: str | None) -> str | None:
    """An organisation as it is compared."""
    if not organisation:
        return None
    folded = fold(organisation).removeprefix("the ")
    return _SAME_BODY.get(folded, folded)


@lru_cache(maxsize=4096)
def name_words(name: str) -> frozenset[str]:
    """The telling words of a proper name; empty for a bare "the summit". Editions do not count as words."""
    words = _WORD.findall(fold(name).replace("'", ""))
    return frozenset(
        word for word in words if word not in _GENERIC and not word.isdigit() and word not in _ORDINAL_WORDS
    )


@lru_cache(maxsize=4096)
def read_edition(edition: str | None) -> tuple[int | None, int | None]:
    """An edition as (ordinal, year): "15th", "XVI" and "fifteenth" are ordinals, 1945 to 2100 are years."""
    if not edition:
        return None, None
    numbers = [int(found) for found in _NUMBER.findall(edition)]
    year = next((number for number in numbers if 1945 <= number <= 2100), None)
    ordinal = next((number for number in numbers if 0 < number < 1000 and f"G{number}" not in edition.upper()), None)
    return ordinal or _read_ordinal_words(edition), year


def _read_ordinal_words(edition: str) -> int | None:
    words = fold(edition).split()
    for before, word in zip(["", *words], words, strict=False):
        if word in _ORDINAL_WORDS:
            return _TENS.get(before, 0) + _ORDINAL_WORDS.index(word) + 1
    roman = _ROMAN.search(edition)
    return _read_roman(roman[0]) if roman and roman[0] else None


def _read_roman(numeral: str) -> int:
    values = {"I": 1, "V": 5, "X": 10, "L": 50}
    digits = [values[letter] for letter in numeral]
    return sum(-one if one < following else one for one, following in zip(digits, [*digits[1:], 0], strict=True))


def settle_parties(body: str | None, parties: tuple[str, ...]) -> frozenset[str]:
    """The parties as they are compared: with the EU as the body and one state beside it, the EU is one too."""
    named = frozenset(parties)
    return named | {_EU_CODE} if body == _EU and len(named - {_EU_CODE}) == 1 else named
