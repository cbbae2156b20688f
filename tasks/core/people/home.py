"""Whose official somebody is where the title names no country: "Foreign Minister Ane Krogh" in a story from Copenhagen.

Told by the setting of the person's first title, in this order:

    "In Freetown, ... the army's spokesman"           the place that the paragraph names before the person
    "Haiti was represented by Foreign Minister ..."   the country that acts by the person
    the country of the dateline, where the story speaks of it, or of no other, or comes from the agency of the country
    the only country that the story speaks of

Nothing is told where these leave a choice, of a visitor, and of who holds no office of a state.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tasks.core.model import Catalog, Dateline, Wire
from tasks.core.names import NameHit
from tasks.core.people.title import Title

_STATE_LEVELS = frozenset(("leader", "minister", "legislator", "military", "royal"))
# Of these levels, but anybody's: of a party, of a firm, of a ship.
_ANYBODYS = frozenset(("leader", "General Secretary", "Interim leader", "commander", "committee chairman", "Secretary"))
_STATE_WORDS = re.compile(
    r"\b(?:ministers?|ministry|premier|prime|president|presidential|presidency|government|cabinet|state|national"
    r"|governor|mayor|police|army|navy|naval|military|armed|air force|coast guard|border|civil defen[cs]e|fire"
    r"|parliament|parliamentary|parliament's|senate|congress|lawmaker|assembly|speaker|prosecutor|attorney general"
    r"|solicitor general|judge|justice|opposition leader|leader of (?:the )?opposition|general staff|defen[cs]e staff"
    r"|chief of staff|security council|security adviser|security advisor|central bank|foreign office|home office"
    r"|department|junta|municipal|regional|provincial|federal|intelligence chief|spy chief|superintendent|sheriff"
    r"|ombudsman|defen[cs]e|public security|chief of defen[cs]e|customs|coast|immigration|undersecretary"
    r"|under secretary|state secretary|chief secretary|chief negotiator|chief minister|tribunal|court)\b",
    re.I,
)
_NO_STATE = re.compile(
    r"\b(?:rebels?|militants?|separatists?|guerrilla|party|union|company|club|team|group|exiled"
    r"|European (?:Council|Commission|Parliament|Union|Central)"
    r"|self-styled|ousted|paramilitary)\b",
    re.I,
)
# An institution of a state beside the title is no organisation that stands above states.
STATE_BODY = re.compile(
    r"\b(?:Ministry|Minister|Office|Department|Army|Navy|Forces?|Police|Parliament|Senate|Congress|House|Assembly|Cabinet"
    r"|Duma|Federation|Council|Court|Guard|Staff|Bank|Treasury|Palace|Presidency|Government|Administration|Prosecutor"
    r"|Security|Intelligence|JCS|MEA|Defen[cs]e|Bundestag|Rada|Knesset|Secretariat|Affairs|Committee|Commission"
    r"|Bureau|Service)\b"
)
# From these cities the world is reported: a dateline there tells nobody's country, unless the story speaks of it.
_HUBS = frozenset(
    """Dubai Geneva Brussels Istanbul Vienna Beirut Cairo Nairobi Singapore Doha Riyadh London Amman Paris Johannesburg
    Dakar Davos Munich Rome Strasbourg Luxembourg Miami Bangkok Jerusalem Muscat Islamabad""".split()
    + ["New York", "United Nations", "Hong Kong", "The Hague", "Abu Dhabi", "New Delhi", "Mexico City", "Panama City"]
)
# National agencies that are no wires of the catalog, by the mark in their datelines.
_NATIONAL = {
    "dpa": "DEU", "SPA": "SAU", "WAM": "ARE", "QNA": "QAT", "KUNA": "KWT", "BNA": "BHR", "Petra": "JOR", "MENA": "EGY",
    "SANA": "SYR", "INA": "IRQ", "KCNA": "PRK", "CNA": "TWN", "CTK": "CZE", "PAP": "POL", "MTI": "HUN", "Lusa": "PRT",
    "LUSA": "PRT", "EFE": "ESP", "APA": "AUT", "Tanjug": "SRB", "HINA": "HRV", "STA": "SVN", "ANA-MPA": "GRC",
    "AMNA": "GRC", "Agerpres": "ROU", "AGERPRES": "ROU", "Montsame": "MNG", "Kabar": "KGZ", "UNI": "IND", "ANI": "IND",
    "BSS": "BGD", "PNA": "PHL", "TNA": "THA", "NAN": "NGA", "SAnews": "ZAF", "Interfax": "RUS", "RIA": "RUS",
}  # fmt: skip
_SPEECH = re.compile(r"\b(?:said|says|told|saying|added|announced|denied|confirmed|stressed|noted|that)\b")
_VISITS = re.compile(r"\b(?:visiting|visited by|by visiting|guest|European) (?:[A-Z]\S* )?\Z")
_IN_PLACE = re.compile(r"\b[Ii]n (?:the )?(?:[a-z-]+ )?(?:[A-Z][a-z]+ )?\Z")
_ACTS_BY = re.compile(r"\b(?:represented|led|headed|signed|hosted) by (?:its )?\Z")
_NATIONS = frozenset(("country", "demonym", "capital"))
_OF_STATE = frozenset(("state", "semi-official"))


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a story was filed and for whom: the country of its dateline, and that of a national agency that wrote it.

    `is_hub`: it was filed where stories of other countries are; `is_abroad`: by a state's agency, elsewhere.
    """

    country: str | None = None
    house: str | None = None
    is_hub: bool = False
    is_abroad: bool = False


NO_SETTING = Setting()


class Houses:
    """The countries of the agencies of one catalog, by the marks in their datelines."""

    def __init__(self, catalog: Catalog) -> None:
        wires = [wire for wire in catalog.wires if wire.country and wire.agency]
        self._by_mark = {wire.agency: wire for wire in wires}

    def find_setting(self, dateline: Dateline | None, wire: Wire | None) -> Setting:
        """The setting of a story; an agency of the world has no country here, since it writes for all."""
        mark = (dateline.agency if dateline else None) or ""
        own = wire or self._by_mark.get(mark)
        house = own.country if own else _NATIONAL.get(mark)
        country = dateline.country if dateline else None
        cities = dateline.cities if dateline else ()
        is_state = own is not None and own.ownership in _OF_STATE
        is_hub = house != country and any(city.title() in _HUBS for city in cities)
        return Setting(country, house, is_hub, is_state and house != country and country is not None)


def serves_state(titles: Iterable[Title]) -> bool:
    """Whether somebody sits in a parliament, whatever party stands beside the name."""
    return any(title.level == "legislator" for title in titles)


def holds_state_office(titles: Iterable[Title]) -> bool:
    """Whether a title is one of a state: not of a party, a firm or a militia."""
    return any(_is_of_state(title) for title in titles)


def _is_of_state(title: Title) -> bool:
    words = f"{title.organisation or ''} {title.words or title.role}"
    if title.level == "legislator":
        return not _NO_STATE.search(title.words)
    if title.is_counterpart or title.level in ("envoy", "business", "expert", "private") or _NO_STATE.search(words):
        return False
    if title.organisation and STATE_BODY.search(title.organisation):
        return True
    return (title.level in _STATE_LEVELS and title.role not in _ANYBODYS) or _STATE_WORDS.search(words) is not None


class Home:
    """The nations of one story, of which it is asked whose official somebody is."""

    def __init__(self, plain: str, start: int, hits: Iterable[NameHit], setting: Setting) -> None:
        self._plain = plain
        self._hits = [hit for hit in hits if hit.start >= start and hit.kind in _NATIONS and hit.code]
        self._told = {hit.code for hit in self._hits}
        self._setting = setting

    def find(self, low: int, officials: frozenset[str]) -> str | None:
        """The country of the official who is first titled at `low`; `officials`: whose officials the story names."""
        before = self._plain[max(0, low - 60) : low]
        if _VISITS.search(before) or self._plain[low : low + 9].lower() == "visiting ":
            return None
        paragraph = self._plain.rfind("\n", 0, low) + 1
        near = [hit for hit in self._hits if paragraph <= hit.start <= low]
        if near and (near[-1].end == low - 1 or near[-1].start == low):
            return None  # "In France President Omar Quispe": where he is, not whose
        if (place := self._find_place(near, low, before)) is not None:
            return place
        return self._find_dateline(near, low, officials)

    def _find_place(self, near: list[NameHit], low: int, before: str) -> str | None:
        """The place where the paragraph is, or the country that acts by the official."""
        codes = {hit.code for hit in near} - {self._setting.country}
        spoke = near[-1] if near else None
        if spoke and spoke.kind == "demonym" and spoke.code != self._setting.country:
            # "The Rwandan adviser said President Aimable Rugamba was ready": his own president.
            said = self._plain[spoke.end : low]
            if ". " not in said and _SPEECH.search(said):
                return spoke.code
        if len(codes) != 1 or not near or near[-1].code == self._setting.country:
            return None
        last = near[-1]
        is_place = last.kind != "demonym" and _IN_PLACE.search(self._plain[max(0, last.start - 40) : last.start])
        is_own = _ACTS_BY.search(before) and last.kind == "country"
        return last.code if is_own or (is_place and not self._starts_with_home(last)) else None

    def _starts_with_home(self, hit: NameHit) -> bool:
        """Whether a place stands late in a sentence, as where something happened rather than where the paragraph is."""
        opens = self._plain[max(0, hit.start - 4) : hit.start].lower()
        return self._setting.country is not None and not opens.endswith("in ") and not opens.endswith("the ")

    def _find_dateline(self, near: list[NameHit], low: int, officials: frozenset[str]) -> str | None:
        country, house = self._setting.country, self._setting.house
        if country is None:
            known = {hit.code for hit in self._hits if hit.start < low}
            only = _take_only({hit.code for hit in near}) or (_take_only(known) if known == self._told else None)
            return only or (house if house in self._told or not self._told else None)
        if self._setting.is_abroad and house in officials:
            return None  # an agency abroad names its own country's officials without saying whose they are
        if country in self._told or not self._told or not self._setting.is_hub:
            return country
        return _take_only(self._told) if len(self._hits) > 1 else None


def _take_only(codes: set[str | None]) -> str | None:
    return next(iter(codes)) if len(codes) == 1 else None
