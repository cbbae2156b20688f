"""Invented wire copy that says something: seeded, about states and cities of the catalog and persons who do not exist.

    Newsroom(seed).write(day) -> a headline and a story of some 2 kB: a lead with its dateline, four to seven sentences that a
                                 reader takes things from, and prose without meaning by Zipf's law (tests/republished.py)

One story in three tells of a meeting, one in four of fighting, the rest of trade, weather and sport, as a wire's day does.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from tests.catalog import builtin_catalog
from tests.republished import Press

WIRES = ("Norvik", "Meridian", "Lumen", "Bosphor", "Hanriver", "Continental", "Easternstar", "Tarnholm")
_ROLES = ("Foreign Minister", "Defence Minister", "Prime Minister", "Finance Minister", "Deputy Foreign Minister")
_GIVEN = (
    "Ansel Brona Calder Dovra Edrik Falke Gisla Hadren Ilves Jorun Kessa Lorn Mirel Noor Osric Petra Quill Runa".split()
)
_FAMILY = (
    "Abrand Bekker Corvane Dastur Elmgren Farrow Grieve Holloran Ingvar Jastrow Keld Lindqvar Marwick Norling Otterby Pryce "
    "Ravndal Sorley Tamsin Ulver Varga Westrin Yardley Zelnik"
).split()
_PAPERS = ("the Daily Harbour", "the Evening Ledger", "the Norvik Courier", "Radio Meridian")
_KINDS = {"meeting": 34, "fighting": 26, "trade": 16, "weather": 12, "sport": 12}

# {a} and {b} are states, {ra} and {rb} their officials with role, {na} a surname, {city} a capital, {when} days to come.
_LEADS = {
    "meeting": (
        "The leaders of {a} and {b} will hold a summit in {city} on {when}, the presidency of {a} said.",
        "{ra} will travel to {city} on {when} for talks with his counterpart from {b}, officials said.",
        "{ra} and {rb} spoke by phone and agreed to meet in {city} next month.",
        "A summit of {a} and {b} that was planned for {when} has been postponed, {ra} said.",
        "Envoys of {a} and {b} opened peace talks in {city} after weeks of preparation.",
    ),
    "fighting": (
        "Shelling killed {n} soldiers near {city}, the defence ministry of {a} said.",
        "Air strikes hit a depot outside {city} overnight, wounding {n} people, according to {ra}.",
        "A drone attack on a convoy near {city} left {n} people dead, the army of {a} said.",
        "Troops of {a} advanced towards {city} after {n} hours of fighting, {ra} said.",
    ),
    "trade": (
        "Exports of {a} to {b} rose by {n} percent in the last quarter, the statistics office said.",
        "{a} signed a contract with {b} for the delivery of {n} locomotives.",
    ),
    "weather": (
        "Heavy rain closed {n} roads around {city}, the meteorological office of {a} said.",
        "A cold spell in {a} is expected to last {n} days, forecasters said.",
    ),
    "sport": (
        "{city} won the final of the national league by {n} points before a full stadium.",
        "The football team of {a} beat that of {b} in a friendly match in {city}.",
    ),
}
_MORE = {
    "meeting": (
        '"We expect a frank exchange, and we will not be hurried," {ra} told reporters.',
        "{rb} said that both sides were close to an agreement on the border.",
        "{paper} reported earlier that the two delegations had discussed a ceasefire.",
        "The ministers of {a} and {b} last met in {city} in 2023.",
        "Neither side has confirmed the agenda of the meeting, a diplomat said on condition of anonymity.",
        "Sanctions against {b} are expected to be on the table, {na} added.",
    ),
    "fighting": (
        '"Our units will hold their positions," {ra} said in a statement.',
        "{rb} accused {a} of breaking the ceasefire.",
        "{n} people were taken to hospital, a spokesman for the ministry said.",
        "{paper} reported that a second depot was burning.",
        "The United Nations called for an immediate halt to the fighting.",
        "There was no immediate comment from {b}.",
    ),
}
_PLAIN = (
    "Officials said that the figures would be revised in spring.",
    "{paper} first reported the news.",
    '"It was a good year for us," said {na}, who runs a company in {city}.',
    "The next figures are due in {n} weeks.",
    "A spokesman declined to say more.",
)


@dataclass(frozen=True, slots=True)
class Copy:
    """One story as a wire files it."""

    title: str
    text: str
    wire: str


@dataclass(slots=True)
class Newsroom:
    """Writes stories, no two alike."""

    seed: int
    dice: random.Random = field(init=False)
    press: Press = field(init=False)

    def __post_init__(self) -> None:
        self.dice, self.press = random.Random(self.seed), Press(self.seed)

    def write(self, day: date, length: int = 900) -> Copy:
        """A story filed on this day; `length` characters of prose without meaning come after what it says."""
        kind = self.dice.choices(list(_KINDS), list(_KINDS.values()))[0]
        words = self._words(day)
        lead = self.dice.choice(_LEADS[kind]).format(**words)
        told = _MORE.get(kind, _PLAIN)
        more = [each.format(**words) for each in self.dice.sample(told, self.dice.randint(3, len(told)))]
        wire = self.dice.choice(WIRES)
        opening = f"{words['city'].upper()}, {day:%B} {day.day} ({wire}) - {lead}"
        prose = " ".join(self.press.write_sentences(length)) if length else ""
        paragraphs = [opening, *more, *([prose] if prose else [])]
        return Copy(lead.removesuffix("."), "\n\n".join(paragraphs), wire)

    def write_prose(self, length: int = 300) -> str:
        """A paragraph without meaning."""
        return " ".join(self.press.write_sentences(length))

    def _words(self, day: date) -> dict[str, str]:
        states = _list_states()
        (a, city), (b, other) = self.dice.sample(states, 2)
        meets = day + timedelta(days=self.dice.randint(2, 40))
        names = [f"{self.dice.choice(_GIVEN)} {self.dice.choice(_FAMILY)}" for _ in range(2)]
        return {
            "a": a,
            "b": b,
            "city": self.dice.choice((city, other)),
            "when": f"{meets:%B} {meets.day}",
            "ra": f"{a} {self.dice.choice(_ROLES)} {names[0]}",
            "rb": f"{b} {self.dice.choice(_ROLES)} {names[1]}",
            "na": names[0].rpartition(" ")[2],
            "n": str(self.dice.randint(2, 60)),
            "paper": self.dice.choice(_PAPERS),
        }


@cache
def _list_states() -> list[tuple[str, str]]:
    return [(country.name, country.capital) for country in builtin_catalog().countries if country.capital]
