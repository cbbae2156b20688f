"""The dateline of a story: where, when and by which agency it was filed.

    MOSCOW, December 11. /TASS/.      PARIS/BERLIN, Dec 11 (Reuters) -      Vienna, Dec 11, 2025 (AFP) -
    GOMA, Congo (AP) —                (ANSA) - ROME, JUL 11 -               Madrid, 11 Dec (EFE).-

One generic grammar reads them all: a head (places, then a date), an agency's mark, a dash. The wire's own pattern is
tried first. A head has a mark or a date; a headline or a name before a bracket is none, and a city alone counts only in
capitals, at the very start, where the gazetteer knows it. The dateline stands at the start of one of the first
paragraphs: a byline or a standfirst may precede it.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from itertools import islice

from tasks.core.dateline.date import HeadDate, read_head_date, settle_year
from tasks.core.dateline.place import HeadPlace, read_head_place
from tasks.core.model import Dateline, Wire
from tasks.core.places import PlaceIndex

# A dateline stands at the start of one of the first lines, and its mark within the first characters of that line.
_LINES = 12
_HEAD_CHARS = 130
_FIRST_CHARS = 2500

_LINE_START = re.compile(r"^[^\S\n]*(?=[^\s])", re.M)

_UPDATE_MARK = re.compile(
    r"(?:\s*\(\(?(?:(?:[\w.]+ )?(?:LEAD|LD|lead|UPDATE|URGENT|CORRECTED|ATTN)\b[^)]{0,80}"
    r"|(?:This|The|In|Adds|adds|Corrects|Recasts|Updates|Update|Repeats|Refiles|Clarifies|Removes)\b(?:[^()]"
    r"|\([^()]*\)){0,600})\)\)?\s*)+"
)
_BYLINE = re.compile(r"By\s[^\n]{3,80}?\s(?=[A-Z]{3,}[A-Z/ '’.-]*(?:,|\s\())")
_PAREN_MARK = re.compile(r"\(([^()\n]{2,40})\)")
_SLASH_MARK = re.compile(r"/\s?([A-Za-z][\w &.'’-]{1,30}?)\s?/(?=[.:\s]|$)")
_SEPARATOR = re.compile(r"\s?(?:[.:,]?\s?[-–—_]{1,3}(?=\s|[A-Z\"“‘'«]|$)|[.:](?=\s|$))")
_BARE_CITY = re.compile(
    r"(?P<head>[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ .'’/-]{1,40}?)(?:(?::|\s[-–—]{1,2})(?=\s[\"“‘'«]?[A-ZÀ-ÖØ-Þ0-9])|(?=\s*\n\s*\S))"
)
_PROSE = re.compile(r"\s*[\"“‘'«(\[$€£]?\s*[A-ZÀ-ÖØ-ÞА-Я0-9]")

# Marks that are known; an unknown one needs a head in capitals and a dash.
_AGENCIES = (
    "AP|AFP|Reuters|Thomson Reuters Foundation|TASS|Xinhua|AA|Anadolu|Anadolu Agency|Yonhap|Kyodo|Kyodo News|Jiji"
    "|dpa|DPA|EFE|PTI"
    "|ANI|IANS|UNI|Interfax|Interfax-Ukraine|Ukrinform|UNN|KCNA|BelTA|BELTA|IRNA|MNA|Mehr|ISNA|Tasnim|FNA|SPA|WAM"
    "|KUNA|QNA|BNA"
    "|ONA|Petra|SANA|Saba|NNA|MENA|APS|TAP|MAP|LANA|SUNA|ENA|GNA|NAN|PANA|ANSA|AGI|APA|ATS|ats|Belga|ANP|Lusa|PAP"
    "|CTK|TASR|MTI"
    "|Agerpres|BTA|Tanjug|HINA|Hina|FENA|MIA|ATA|AMNA|ANA-MPA|CNA|Bernama|Antara|ANTARA|VNA|TNA|PNA|AAP|NZPA|CP"
    "|The Canadian Press"
    "|UPI|RIA Novosti|Sputnik|AKIpress|Kazinform|UzA|Trend|AZERTAC|APA|ARMENPRESS|Armenpress|APP|BSS|UNB|RSS"
    "|AGERPRES|STT|NTB|TT"
    "|Ritzau|ritzau|LETA|BNS|ELTA|PRNewswire|PR Newswire|Business Wire|GLOBE NEWSWIRE|dpa-AFX|Notimex|Telam|Andina"
    "|Prensa Latina|PL"
    "|Agencia Brasil|MercoPress|DPA|EuropaPress|EPA|TNS|Bloomberg|NHK|News Agency|PA|PA Media|Axar.az|Report|Turan"
    "|Montsame|Khabar|SNA"
)
_KNOWN = frozenset(name.casefold() for name in _AGENCIES.split("|"))
# Agencies whose mark may stand without brackets: "SAITAMA, Japan, Dec. 9 Kyodo -", "TEHRAN, Dec. 11 IRNA –".
_BARE_AGENCIES = (
    "Kyodo(?: News)?|AFP|AP|dpa|IRNA|MNA|SPA|WAM|KUNA|QNA|ARMENPRESS|Armenpress|AZERTAC|Trend|Ukrinform|Interfax"
    "|BelTA|TASS|ANI|IANS|PTI"
)
_BARE_MARK = re.compile(rf"(?:,\s*|\s[-–—]+\s*|\.\s+|(?<=\d)\s|(?<=[A-Z])\s)({_BARE_AGENCIES})(?=\s*[-–—:.]{{1,3}}\s)")
# Most first lines are prose: what has no mark of an agency and no day is no dateline.
_MARK_OR_DAY = re.compile(r"[(/\d]")
_BARE_AGENCY = re.compile(_BARE_AGENCIES)
_NOT_AGENCY = re.compile(r"\d|\b(?:LEAD|UPDATE|photo|video|left|right|center|centre|pictured|D|R|I)\b", re.I)


def read_dateline(text: str, wire: Wire | None, published_at: datetime | None, places: PlaceIndex) -> Dateline | None:
    """The dateline of a text, or None. Offsets count in `text`; what the words do not say is listed in `inferred`."""
    starts = [_skip_marks(text, line.end()) for line in islice(_LINE_START.finditer(text, 0, _FIRST_CHARS), _LINES)]
    for start in starts:
        found = _read_by_wire(text, start, wire) or _read_generic(text, start, wire, places)
        if found is not None:
            return _build(text, found, wire, published_at, places)
    bare = _read_bare_city(text, starts[0], places) if starts else None
    return _build(text, bare, wire, published_at, places) if bare else None


class _Found:
    """The parts of a dateline before they are given meaning."""

    __slots__ = ("agency", "end", "head_date", "head_place", "start")

    def __init__(
        self, start: int, end: int, place: HeadPlace | None, head_date: HeadDate | None, agency: str | None
    ) -> None:
        self.start = start
        self.end = end
        self.head_place = place
        self.head_date = head_date
        self.agency = agency


def _skip_marks(text: str, start: int) -> int:
    """Past an update mark ("(2nd LD)") and a byline that runs on into the dateline."""
    mark = _UPDATE_MARK.match(text, start)
    start = mark.end() if mark else start
    byline = _BYLINE.match(text, start)
    return byline.end() if byline else start


def _read_by_wire(text: str, start: int, wire: Wire | None) -> _Found | None:
    """The wire's own pattern, with groups place, date, agency where it has them."""
    if wire is None or not wire.dateline:
        return None
    match = _compile(wire.dateline).match(text, start)
    if match is None or match.end() == start:
        return None
    parts = match.groupdict()
    return _Found(
        start,
        start + len(match.group().rstrip()),
        read_head_place(parts["place"].strip(" ,.")) if parts.get("place") else None,
        read_head_date(parts["date"].strip(" ,.")) if parts.get("date") else None,
        parts.get("agency") or None,
    )


@lru_cache(maxsize=256)
def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _read_generic(text: str, start: int, wire: Wire | None, places: PlaceIndex) -> _Found | None:
    line_end = text.find("\n", start)
    stop = min(len(text) if line_end < 0 else line_end, start + _HEAD_CHARS)
    if not (_MARK_OR_DAY.search(text, start, stop) or _BARE_AGENCY.search(text, start, stop)):
        return None
    return (
        _read_leading_mark(text, start, stop, wire, places)
        or _read_marked(text, start, stop, wire, places)
        or _read_dated(text, start, stop, places)
    )


def _read_leading_mark(text: str, start: int, stop: int, wire: Wire | None, places: PlaceIndex) -> _Found | None:
    """`(Reuters) - `, `(ANSA) - ROME, JUL 11 - `: the mark first."""
    mark = _PAREN_MARK.match(text, start, stop) or _SLASH_MARK.match(text, start, stop)
    if mark is None or not _is_agency(mark[1], wire, places):
        return None
    separator = _SEPARATOR.match(text, mark.end())
    if separator is None or not _PROSE.match(text, separator.end()):
        return None
    rest = _read_dated(text, _skip_space(text, separator.end()), stop, places)
    if rest is not None:
        return _Found(start, rest.end, rest.head_place, rest.head_date, mark[1])
    return _Found(start, separator.end(), None, None, mark[1])


def _read_marked(text: str, start: int, stop: int, wire: Wire | None, places: PlaceIndex) -> _Found | None:
    """A head, then an agency's mark."""
    for pattern in (_PAREN_MARK, _SLASH_MARK, _BARE_MARK):
        for mark in pattern.finditer(text, start, stop):
            if not _is_agency(mark[1], wire, places):
                continue
            found = _read_head(text, start, mark, wire, places)
            if found is not None:
                return found
            break
    return None


def _read_head(text: str, start: int, mark: re.Match[str], wire: Wire | None, places: PlaceIndex) -> _Found | None:
    head = text[start : mark.start()].strip(" ,.-–—\t:")
    if not head:
        return None
    head_date = read_head_date(head)
    place_text = head[: head_date.start].strip(" ,.-–—:\t") if head_date else head
    place = read_head_place(place_text) if place_text else None
    if place_text and place is None:
        return None
    separator = _SEPARATOR.match(text, mark.end())
    is_known = _is_known_agency(mark[1], wire)
    if place is not None and not (place.is_upper or is_known or places.look_up(place.cities[0])):
        return None
    if not is_known and _spells_out(mark[1], place_text):
        return None
    if separator is None and not (is_known and (head_date or (place and _stands_alone(text, mark, place, places)))):
        return None
    return _Found(start, separator.end() if separator else mark.end(), place, head_date, mark[1])


def _stands_alone(text: str, mark: re.Match[str], place: HeadPlace, places: PlaceIndex) -> bool:
    """`PARIS (AFP) A ...`, `Paris (ats afp) Les ...`: prose follows the mark without a dash, and the city is sure."""
    return place.is_upper or (places.look_up(place.cities[0]) is not None and bool(_PROSE.match(text, mark.end())))


def _read_bare_city(text: str, start: int, places: PlaceIndex) -> _Found | None:
    """`BHOPAL: `, `OTTAWA - `, or cities on a first line of their own: only known cities, in capitals, at the start."""
    match = _BARE_CITY.match(text, start)
    place = read_head_place(match["head"].strip()) if match else None
    if match is None or place is None or not place.is_upper:
        return None
    known = [places.look_up(city) for city in place.cities]
    if not all(each is not None and each.precision == "city" for each in known):
        return None
    return _Found(start, match.end(), place, None, None)


def _spells_out(mark: str, head: str) -> bool:
    """`NATO (North Atlantic Treaty Organization) -`: the brackets spell an acronym out and name no agency."""
    initials = "".join(word[0] for word in mark.split() if word[0].isupper())
    return len(initials) > 1 and initials == head


def _read_dated(text: str, start: int, stop: int, places: PlaceIndex) -> _Found | None:
    """A head with a date and a dash, without any mark."""
    for separator in re.finditer(r"(?<=[\w.)])(?:\s?[-–—]{1,3}\s|[.:]\s)", text[start:stop]):
        head = text[start : start + separator.start()].strip(" ,.")
        head_date = read_head_date(head)
        if head_date is None:
            continue
        place = read_head_place(head[: head_date.start].strip(" ,.-–—:\t"))
        if place is None or not (place.is_upper or places.look_up(place.cities[0])):
            return None
        end = start + separator.start() + len(separator.group().rstrip())
        return _Found(start, end, place, head_date, None) if _PROSE.match(text, end) else None
    return None


def _is_known_agency(mark: str, wire: Wire | None) -> bool:
    own = wire.agency.casefold() if wire and wire.agency else None
    folded = mark.casefold()
    if folded in _KNOWN or folded == own:
        return True
    parts = re.split(r"[/ -]", folded)
    # Two that share a story: "ats afp", "tca/dpa"; of two with a slash one may be unknown.
    is_shared = "/" in mark and any(part in _KNOWN for part in parts) and all(part.isalpha() for part in parts)
    return is_shared or all(part in _KNOWN for part in parts)


def _is_agency(mark: str, wire: Wire | None, places: PlaceIndex) -> bool:
    """Whether what stands in brackets can name an agency: known, or up to four capitalised words that are no place."""
    if _is_known_agency(mark, wire):
        return True
    words = mark.split()
    if (
        _NOT_AGENCY.search(mark)
        or len(words) > 4
        or not all(word[:1].isupper() or word in "and of &" for word in words)
    ):
        return False
    return places.look_up(mark) is None


def _build(
    text: str, found: _Found, wire: Wire | None, published_at: datetime | None, places: PlaceIndex
) -> Dateline | None:
    inferred: list[str] = []
    place, day = found.head_place, None
    if found.head_date is not None:
        day = _settle_day(text, found, published_at, inferred)
    agency = found.agency or (wire.agency if wire else None)
    if agency and not found.agency:
        inferred.append("agency")
    located = place.locate(places) if place else None
    if located and located.is_country_inferred:
        inferred.insert(0, "country")
    body_start = _skip_space(text, found.end)
    return Dateline(
        cities=located.cities if located else (),
        region=located.region if located else None,
        country=located.country if located else None,
        date=day,
        agency=_clean_agency(agency),
        start=found.start,
        end=found.end,
        body_start=body_start,
        inferred=tuple(inferred),
    )


def _settle_day(text: str, found: _Found, published_at: datetime | None, inferred: list[str]) -> date | None:
    head_date = found.head_date
    if head_date is None:
        return None
    if head_date.year is not None:
        return head_date.on(head_date.year)
    year = settle_year(head_date, published_at.date() if published_at else None, text[found.end :])
    if year is None:
        return None
    inferred.append("year")
    return head_date.on(year)


def _clean_agency(agency: str | None) -> str | None:
    return " ".join(agency.split()) if agency else None


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
