"""Datelines in the manner of each wire, in invented copy; what is none; and the figures on real stories."""

import csv
import gzip
import re
from datetime import UTC, date, datetime

import pytest

from tasks.catalog.folders import BUILT_IN
from tasks.catalog.knowledge import load_countries
from tasks.catalog.layers import Layers
from tasks.catalog.places import load_places
from tasks.core.dateline.read import read_dateline
from tasks.core.model import Wire
from tasks.core.places import PlaceIndex
from tests.data import DATA, needs_data

LAYERS = Layers((BUILT_IN,))
PLACES = PlaceIndex(load_places(LAYERS), load_countries(LAYERS))
NOW = datetime(2025, 12, 11, 14, 30, tzinfo=UTC)
BODY = "The port was closed on Thursday, the harbour master said."

# For each style the dateline, then cities, region, country, day and agency.
STYLES = {
    "tass": ("MOSCOW, December 11. /TASS/. ", ["Moscow"], None, "RUS", "2025-12-11", "TASS"),
    "tass_region": (
        "SOCHI /Krasnodar Region/, December 9. /TASS/. ",
        ["Sochi"],
        "Krasnodar Region",
        "RUS",
        "2025-12-09",
        "TASS",
    ),
    "reuters": ("PARIS, Dec 11 (Reuters) - ", ["Paris"], None, "FRA", "2025-12-11", "Reuters"),
    "reuters_two_cities": (
        "PARIS/BERLIN, Dec 11 (Reuters) - ",
        ["Paris", "Berlin"],
        None,
        None,
        "2025-12-11",
        "Reuters",
    ),
    "reuters_no_city": ("Dec 11 (Reuters) - ", [], None, None, "2025-12-11", "Reuters"),
    "reuters_web": ("KATHMANDU (Reuters) - ", ["Kathmandu"], None, "NPL", None, "Reuters"),
    "ap": ("GOMA, Congo (AP) — ", ["Goma"], None, "COD", None, "AP"),
    "ap_big_city": ("MEXICO CITY (AP) — ", ["Mexico City"], None, "MEX", None, "AP"),
    "ap_state": ("MADISON, Wis. (AP) — ", ["Madison"], "Wisconsin", "USA", None, "AP"),
    "ap_two_dashes": ("CAIRO (AP) -- ", ["Cairo"], None, "EGY", None, "AP"),
    "afp": ("Vienna, Dec 11, 2025 (AFP) - ", ["Vienna"], None, "AUT", "2025-12-11", "AFP"),
    "afp_country": (
        "Gaza City, Palestinian Territories, Dec 3, 2025 (AFP) - ",
        ["Gaza City"],
        None,
        "PSE",
        "2025-12-03",
        "AFP",
    ),
    "afp_web": ("Nairobi (AFP) – ", ["Nairobi"], None, "KEN", None, "AFP"),
    "xinhua": ("BEIJING, Dec. 11 (Xinhua) -- ", ["Beijing"], None, "CHN", "2025-12-11", "Xinhua"),
    "anadolu": ("ANKARA (AA) - ", ["Ankara"], None, "TUR", None, "AA"),
    "yonhap": ("SEOUL, Dec. 11 (Yonhap) -- ", ["Seoul"], None, "KOR", "2025-12-11", "Yonhap"),
    "yonhap_lead": ("(2nd LD) SEOUL, Dec. 11 (Yonhap) -- ", ["Seoul"], None, "KOR", "2025-12-11", "Yonhap"),
    "kyodo": ("TOKYO, Dec. 11, Kyodo - ", ["Tokyo"], None, "JPN", "2025-12-11", "Kyodo"),
    "kyodo_bare": ("NAHA, Japan, Dec. 9 Kyodo - ", ["Naha"], None, "JPN", "2025-12-09", "Kyodo"),
    "dpa": ("Berlin (dpa) - ", ["Berlin"], None, "DEU", None, "dpa"),
    "dpa_slash_in_a_name": ("Frankfurt/Main (dpa) - ", ["Frankfurt/Main"], None, "DEU", None, "dpa"),
    "efe": ("Madrid, 11 Dec (EFE).- ", ["Madrid"], None, "ESP", "2025-12-11", "EFE"),
    "pti": ("New Delhi, Dec 11 (PTI) ", ["New Delhi"], None, "IND", "2025-12-11", "PTI"),
    "pti_colon": ("Mumbai, Dec 10 (PTI): ", ["Mumbai"], None, "IND", "2025-12-10", "PTI"),
    "interfax": ("MOSCOW. Dec 11 (Interfax) - ", ["Moscow"], None, "RUS", "2025-12-11", "Interfax"),
    "interfax_regional": (
        "KYIV. Dec 10 (Interfax-Ukraine) – ",
        ["Kyiv"],
        None,
        "UKR",
        "2025-12-10",
        "Interfax-Ukraine",
    ),
    "kcna": ("Pyongyang, December 11 (KCNA) -- ", ["Pyongyang"], None, "PRK", "2025-12-11", "KCNA"),
    "belta": ("MINSK, 11 December (BelTA) – ", ["Minsk"], None, "BLR", "2025-12-11", "BelTA"),
    "irna": ("Tehran, Dec 11, IRNA – ", ["Tehran"], None, "IRN", "2025-12-11", "IRNA"),
    "ansa": ("(ANSA) - ROME, DEC 11 - ", ["Rome"], None, "ITA", "2025-12-11", "ANSA"),
    "bernama": ("KUALA LUMPUR, Dec 11 (Bernama) -- ", ["Kuala Lumpur"], None, "MYS", "2025-12-11", "Bernama"),
    "date_without_mark": ("PUTRAJAYA, Nov 22 — ", ["Putrajaya"], None, "MYS", "2025-11-22", None),
    "city_and_colon": ("BHOPAL: ", ["Bhopal"], None, "IND", None, None),
    "city_and_dash": ("OTTAWA - ", ["Ottawa"], None, "CAN", None, None),
    "city_on_a_line_of_its_own": ("ANKARA\n\n", ["Ankara"], None, "TUR", None, None),
    "two_cities_on_a_line": ("ANKARA / BAGHDAD\n\n", ["Ankara", "Baghdad"], None, None, None, None),
    "un": ("UNITED NATIONS, Dec 11 (Reuters) - ", ["United Nations"], None, None, "2025-12-11", "Reuters"),
    "articles_in_a_name": ("DEIR AL-BALAH, Gaza Strip (AP) — ", ["Deir al-Balah"], "Gaza Strip", "PSE", None, "AP"),
    "the_hague": ("THE HAGUE, Netherlands (AP) — ", ["The Hague"], None, "NLD", None, "AP"),
}


@pytest.mark.parametrize("style", STYLES)
def test_a_dateline_is_read_in_the_style_of_its_wire(style):
    head, cities, region, country, day, agency = STYLES[style]
    text = head + BODY
    line = read_dateline(text, None, NOW, PLACES)

    assert line is not None
    assert (list(line.cities), line.region, line.country, line.agency) == (cities, region, country, agency)
    assert line.date == (date.fromisoformat(day) if day else None)
    assert text[line.body_start :] == BODY
    assert text[line.start : line.end] == head.removeprefix("(2nd LD) ").rstrip()


@pytest.mark.parametrize(
    "text",
    [
        "The minister (56) said on Thursday that the port was closed.",
        "NATO (North Atlantic Treaty Organization) - a short history of the alliance.",
        "PORT CLOSED AFTER STORM\nShips waited outside the harbour on Thursday.",
        "SHOCK: the shops of the town were closed on Thursday.",
        "BREAKING NEWS\n\nShips waited outside the harbour on Thursday.",
        "Berlin: a city of lakes and bridges, as its visitors know.",
        "Foreign Minister Anna Berg (left) - seen here in Oslo - said so.",
        "On Dec. 11 - the day of the vote - the shops were closed.",
        "",
    ],
)
def test_what_only_looks_like_a_dateline_is_none(text):
    assert read_dateline(text, None, NOW, PLACES) is None


def test_a_mark_without_a_city_gives_no_city():
    line = read_dateline("(Reuters) - " + BODY, None, NOW, PLACES)

    assert (line.cities, line.country, line.date, line.agency) == ((), None, None, "Reuters")


def test_a_byline_may_stand_above_or_before():
    for byline in ("By Ann Example\n\n", "By Ann Example and Bo Other "):
        text = byline + "OSLO, Dec 11 (Reuters) - " + BODY
        line = read_dateline(text, None, NOW, PLACES)

        assert line.cities == ("Oslo",)
        assert text[line.body_start :] == BODY


def test_a_standfirst_may_stand_above():
    text = "Ships wait as the harbour stays shut.\n\nLISBON, December 11. /TASS/. " + BODY
    line = read_dateline(text, None, NOW, PLACES)

    assert line.cities == ("Lisbon",)
    assert line.start == text.index("LISBON")


def test_the_year_is_the_nearest_to_publication():
    now = datetime(2026, 1, 1, 0, 10, tzinfo=UTC)
    line = read_dateline("OSLO, December 31. /TASS/. " + BODY, None, now, PLACES)

    assert line.date == date(2025, 12, 31)
    assert "year" in line.inferred


def test_without_publication_a_weekday_and_a_year_of_the_text_give_the_year():
    body = "The port was closed, the harbour master said on Thursday. It had opened in early June 2025."
    line = read_dateline("OSLO, December 11. /TASS/. " + body, None, None, PLACES)

    assert line.date == date(2025, 12, 11)


def test_without_publication_and_year_the_day_stays_empty():
    line = read_dateline("OSLO, December 11. /TASS/. The port was closed.", None, None, PLACES)

    assert line.cities == ("Oslo",)
    assert line.date is None


def test_the_wires_mark_is_inferred_where_none_stands():
    wire = Wire("x", "X", None, None, None, "XN", "UTC", None, "full text", None, None, ())
    line = read_dateline("PUTRAJAYA, Nov 22 — " + BODY, wire, NOW, PLACES)

    assert (line.agency, "agency" in line.inferred) == ("XN", True)


def test_a_wires_own_pattern_comes_first():
    pattern = r"\[(?P<agency>\w+)\] (?P<place>[\w ]+) \| (?P<date>\w+ \d+)\s*"
    wire = Wire("x", "X", None, None, None, None, "UTC", pattern, "full text", None, None, ())
    line = read_dateline("[QQ] Oslo | Dec 11 " + BODY, wire, NOW, PLACES)

    assert (line.cities, line.date, line.agency) == (("Oslo",), date(2025, 12, 11), "QQ")


def reuters_texts():
    with gzip.open(DATA / "data" / "wire" / "reuters_2017q4.csv.gz", "rt", encoding="utf-8") as lines:
        return [row["text"] for row in csv.DictReader(lines)]


@needs_data
def test_reuters_stories_with_a_city_have_their_dateline():
    texts = [text for text in reuters_texts() if re.match(r"[A-Z][^()\n]{1,60} \(Reuters\) -", text)]
    read = [read_dateline(text, None, NOW, PLACES) for text in texts]
    right = [line for line in read if line and line.cities and line.agency == "Reuters"]

    assert len(texts) > 800
    assert len(right) >= 0.97 * len(texts)


@needs_data
def test_reuters_stories_without_a_city_have_none():
    texts = [text for text in reuters_texts() if text.startswith("(Reuters) -")]

    assert len(texts) > 100
    for text in texts:
        line = read_dateline(text, None, NOW, PLACES)
        assert line is not None
        assert (line.cities, line.agency) == ((), "Reuters")
