"""Names of countries, leaders, roles and organisations: which words are names, and what they stand for."""

from datetime import date
from functools import cache

import pytest

from tasks.core.model import Catalog, Country, Leader, Organisation, Outlet, Role
from tasks.core.names import NameIndex, fold_accents, list_cases, plain_text

CATALOG = Catalog(
    wires=(), topics=(), suppressors=(), places=(), cues={}, languages=frozenset({"en"}), rules_version="test",
    countries=(
        Country("CHN", "China", ("China",), ("Chinese",), "Beijing", masks=("South China Sea",)),
        Country("COD", "Democratic Republic of the Congo", ("Democratic Republic of the Congo", "Congo"), ("Congolese",),
                "Kinshasa"),
        Country("COG", "Republic of the Congo", ("Republic of the Congo",), (), "Brazzaville"),
        Country("GEO", "Georgia", ("Georgia",), ("Georgian",), "Tbilisi"),
        Country("JOR", "Jordan", ("Jordan",), ("Jordanian",), "Amman"),
        Country("USA", "United States", ("United States", "US", "U.S."), ("American",), "Washington"),
    ),
    leaders=(
        Leader("Tomás Arzola", ("Tomás Arzola",), ("Arzola",), "ARG", "President", "leader", date(2020, 1, 1), None),
    ),
    roles=(Role("Foreign Minister", ("foreign minister", "foreign ministers"), "minister"), Role("Pope", ("Pope",), "leader")),
    organisations=(Organisation("European Union", ("EU",), "EUU", (), None),),
    outlets=(Outlet("China Daily", (), "outlet"), Outlet("Kyodo", (), "agency")),
)  # fmt: skip


@cache
def open_index():
    return NameIndex(CATALOG)


def find(text):
    hits = open_index().find(text)
    assert all(text[hit.start : hit.end] == hit.text for hit in hits)
    return [(hit.kind, hit.code, hit.text) for hit in hits]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("China and the United States met.", [("country", "CHN", "China"), ("country", "USA", "United States")]),
        ("CHINA met.", [("country", "CHN", "CHINA")]),
        ("Chinese firms", [("demonym", "CHN", "Chinese")]),
        ("Beijing agreed.", [("capital", "CHN", "Beijing")]),
        ("the US’s plan", [("country", "USA", "US")]),
        ("the EU and U.S. goods", [("organisation", "EUU", "EU"), ("country", "USA", "U.S.")]),
        ("The Foreign Minister, the foreign ministers, FOREIGN MINISTER",
         [("role", None, "Foreign Minister"), ("role", None, "foreign ministers"), ("role", None, "FOREIGN MINISTER")]),
        ("Tomas Arzola and Arzola’s aide", [("leader", "ARG", "Tomas Arzola"), ("leader", "ARG", "Arzola")]),
        ("US$40 million and anti-American words", []),
        ("Chinatown and Machina", []),
        ("the South China Sea, China Daily", []),
        ("give us a pope", []),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else None,
)  # fmt: skip
def test_names_are_found_as_written_and_what_is_no_name_is_not(text, expected):
    assert find(text) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Georgia and Armenia signed.", "GEO"),
        ("A judge in Atlanta, Georgia, ruled.", None),
        ("Georgia, U.S., votes.", None),
        ("Jordan opened the border.", "JOR"),
        ("Michael Jordan opened the bar.", None),
        ("Jordan Belmont opened the bar.", None),
        ("Congo said so in Kinshasa.", "COD"),
        ("Congo said so in Brazzaville.", "COG"),
    ],
)
def test_a_name_of_several_things_is_told_by_its_surroundings(text, code):
    countries = [found for kind, found, _ in find(text) if kind == "country" and found != "USA" and found != "ARM"]

    assert countries == ([code] if code else [])


def test_a_surname_inside_another_name_is_not_the_leaders():
    assert find("Lucía Arzola left.") == []
    assert find("The Arzola Foundation gave money.") == []
    assert find("He said Arzola left.") == [("leader", "ARG", "Arzola")]


def test_the_offices_of_a_person_are_known_by_the_name():
    (office,) = open_index().leaders_named("Tomás Arzola")

    assert (office.role, office.country) == ("President", "ARG")
    assert open_index().leaders_named("Nobody") == ()
    assert open_index().country_name("GEO") == "Georgia"
    assert open_index().country_name("XXX") is None


def test_plain_text_keeps_every_offset():
    text = "the US’s\u00a0vice‑president"

    assert plain_text(text) == "the US's vice-president"
    assert len(plain_text(text)) == len(text)


def test_accents_are_folded():
    assert fold_accents("Erdoğan, Šibenik, Åland") == "Erdogan, Sibenik, Aland"


def test_the_cases_of_a_phrase():
    assert list_cases("head of state") == ("head of state", "Head of state", "Head of State", "HEAD OF STATE")
    assert list_cases("vice-president") == ("vice-president", "Vice-president", "Vice-President", "VICE-PRESIDENT")
    assert list_cases("Pope") == ("Pope",)
